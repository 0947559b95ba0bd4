"""What browsers are given beside pages: our own files, those of others with their licence, and files of the vault."""

import hashlib
import json
from pathlib import Path

import httpx
import pytest
from desk_room import Room

from monitor.web import static

VENDOR = Path(static.__file__).parent / "static" / "vendor"


def test_what_others_made_is_what_they_published_with_its_licence() -> None:
    told = json.loads((VENDOR / "VENDOR.json").read_text(encoding="utf-8"))
    named = {one["file"] for one in told} | {one["licence_file"] for one in told}
    assert {path.name for path in VENDOR.iterdir()} == named | {"VENDOR.json"}
    for one in told:
        assert hashlib.sha256((VENDOR / one["file"]).read_bytes()).hexdigest() == one["sha256"]


def test_our_files_may_be_kept_for_good_under_their_hash(room: Room) -> None:
    answer = httpx.get(room.url + static.address("desk.css"))
    assert "immutable" in answer.headers["cache-control"]
    assert httpx.get(f"{room.url}/static/desk.css").status_code == 404


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/media/../../etc/passwd"]
)
def test_no_path_leads_out(room: Room, path: str) -> None:
    assert httpx.get(room.url + path).status_code in (403, 404)


def _file(room: Room, admin: httpx.Client) -> str:
    page = admin.get("/posts/x/100").text
    return page.partition('src="/media/')[2].partition('"')[0].replace("&amp;", "&").join(("/media/", ""))


def test_a_file_is_given_by_its_signed_address_alone_whatever_the_cookies(room: Room, admin: httpx.Client) -> None:
    address = _file(room, admin)
    whole = httpx.get(room.url + address)
    assert whole.headers["content-type"] in ("image/png", "image/jpeg")
    assert "sandbox" in whole.headers["content-security-policy"]
    part = httpx.get(room.url + address, headers={"Range": "bytes=0-3"})
    assert (part.status_code, len(part.content)) == (206, 4)
    assert admin.get(address.replace("s=", "s=0")).status_code == 403
    assert admin.get(address.partition("?")[0]).status_code == 403


def test_every_answer_forbids_what_no_page_needs(room: Room, admin: httpx.Client) -> None:
    for path in ("/", "/api/v1/posts", "/login", "/nothing", static.address("desk.js")):
        headers = admin.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
