"""Coming in: the link that works once, passwords, sessions, and what strangers try."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from desk_room import PASSWORD, Room, entered, room_in, written_home

from monitor.store import people
from monitor.store.open import open_store
from monitor.web.people import coming_in
from monitor.web.people.secrets import digest


def _cookie(browser: httpx.Client) -> str:
    return browser.cookies["postwatch"]


def test_the_first_link_makes_an_administrator_once(tmp_path: Path) -> None:
    with room_in(written_home(tmp_path), fill=False) as room:
        assert "Nobody has a place" in room.browser().get("/login").text
        with open_store(room.desk.settings.database) as store:
            secret = coming_in.first_link(store)
        first, second = room.browser(), room.browser()
        fields = {"name": "demo-admin", "password": PASSWORD, "again": PASSWORD}
        assert first.get(f"/enter/{secret}").status_code == 200
        assert first.post(f"/enter/{secret}", data=fields | {"password": "short"}).status_code == 422
        assert "People" in first.post(f"/enter/{secret}", data=fields).text
        assert second.post(f"/enter/{secret}", data=fields | {"name": "demo-other"}).status_code == 410
        assert second.get(f"/enter/{secret}").status_code == 410
        with open_store(room.desk.settings.database) as store:
            assert coming_in.first_link(store) is None


def test_a_link_ends_after_its_time(room: Room, admin: httpx.Client) -> None:
    with open_store(room.desk.settings.database) as store:
        late = datetime.now(UTC) - timedelta(minutes=16)
        people.add_link(store, digest("a" * 43), None, "console", late, coming_in.LINK_LASTS)
    assert room.browser().get(f"/enter/{'a' * 43}").status_code == 410


def test_a_login_begins_a_session_under_a_new_secret(room: Room, admin: httpx.Client) -> None:
    room.person("demo-fixed", "viewer")
    fixed = room.browser()
    fixed.cookies.set("postwatch", "chosen-by-somebody-else", domain="127.0.0.1")
    came = fixed.post("/login", data={"name": "demo-fixed", "password": PASSWORD}, follow_redirects=False)
    given = re.search("postwatch=([^;]+); (.*)", came.headers["set-cookie"])
    assert given
    assert given[1] != "chosen-by-somebody-else"
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(given[2].split("; "))


def test_a_cookie_is_worth_nothing_after_logout(room: Room, admin: httpx.Client) -> None:
    browser = room.person("demo-leaver", "viewer")
    stolen = _cookie(browser)
    room.post(browser, "/logout")
    thief = room.browser()
    thief.cookies.set("postwatch", stolen, domain="127.0.0.1")
    assert thief.get("/posts", follow_redirects=False).status_code == 303


def test_sessions_are_listed_and_ended_one_by_one(room: Room, admin: httpx.Client) -> None:
    here = room.person("demo-two", "viewer")
    there = room.browser()
    there.post("/login", data={"name": "demo-two", "password": PASSWORD}, headers={"User-Agent": "Demo Browser"})
    page = here.get("/me").text
    assert "Demo Browser" in page
    number = re.search(r"Demo Browser.*?/me/sessions/(\d+)/end", page, re.DOTALL)
    assert number
    room.post(here, f"/me/sessions/{number[1]}/end")
    assert there.get("/me", follow_redirects=False).status_code == 303
    assert here.get("/me").status_code == 200


def test_nobody_ends_the_session_of_another(room: Room, admin: httpx.Client) -> None:
    other = room.person("demo-other", "admin")
    found = re.search(r"/me/sessions/(\d+)/end", other.get("/me").text)
    assert found
    room.post(admin, f"/me/sessions/{found[1]}/end")
    assert other.get("/me").status_code == 200


def test_a_new_password_ends_all_other_sessions(room: Room, admin: httpx.Client) -> None:
    here = room.person("demo-changer", "viewer")
    there = room.browser()
    there.post("/login", data={"name": "demo-changer", "password": PASSWORD})
    new = "copper lantern drifting north"
    assert room.post(here, "/me/password", old="wrong", new=new, again=new).status_code == 422
    assert "other sessions have ended" in room.post(here, "/me/password", old=PASSWORD, new=new, again=new).text
    assert there.get("/me", follow_redirects=False).status_code == 303


def test_wrong_passwords_are_limited_for_a_name_from_an_address(tmp_path: Path) -> None:
    with room_in(written_home(tmp_path), fill=False) as room:
        entered(room)
        browser = room.browser()
        seen = [browser.post("/login", data={"name": "demo-admin", "password": "x"}).status_code for _ in range(7)]
        assert seen == [403] * 5 + [429] * 2
        assert browser.post("/login", data={"name": "demo-admin", "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": ""}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_form_of_another_site_changes_nothing(room: Room, admin: httpx.Client, headers: dict[str, str]) -> None:
    page = admin.get("/me").text
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert token
    cookies = {"postwatch": _cookie(admin)}
    for path in ("/people", "/logout", "/me/preferences"):
        answer = httpx.post(f"{room.url}{path}", data={"csrf": token[1]}, headers=headers, cookies=cookies)
        assert answer.status_code == 403, path
    assert httpx.post(f"{room.url}/login", data={"name": "a", "password": "b"}, headers=headers).status_code == 403


def test_a_form_without_its_token_changes_nothing(room: Room, admin: httpx.Client) -> None:
    assert admin.post("/people", data={"name": "demo-nobody", "role": "viewer"}).status_code == 403
    assert admin.post("/people", data={"csrf": "0" * 32, "name": "demo-nobody", "role": "viewer"}).status_code == 403


@pytest.mark.parametrize("there", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_a_login_leads_nowhere_but_home(room: Room, admin: httpx.Client, there: str) -> None:
    browser = room.browser()
    answer = browser.post(
        "/login", data={"name": "demo-admin", "password": PASSWORD, "next": there}, follow_redirects=False
    )
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8737", "127.0.0.1.evil.example", ""])
def test_other_hosts_are_not_answered_on_loopback_either(room: Room, host: str) -> None:
    assert httpx.get(room.url, headers={"Host": host}).status_code in (400, 421)


def test_the_desk_can_be_closed_and_opened_again(room: Room, admin: httpx.Client) -> None:
    viewer = room.person("demo-shut", "viewer")
    reader = room.token("viewer")
    room.post(admin, "/people/lock/set", lock="no_access")
    try:
        assert viewer.get("/posts").status_code == 403
        assert httpx.get(f"{room.url}/api/v1/posts", headers=reader).status_code == 403
        assert admin.get("/posts").status_code == 200
    finally:
        room.post(admin, "/people/lock/set", lock="open")
    assert viewer.get("/posts").status_code == 200


def test_the_last_administrator_cannot_be_sent_away(tmp_path: Path) -> None:
    with room_in(written_home(tmp_path), fill=False) as room:
        admin = entered(room)
        assert room.post(admin, "/people/1", role="viewer", active="on").status_code == 422
        assert admin.get("/people").status_code == 200
