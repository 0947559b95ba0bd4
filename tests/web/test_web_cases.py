"""A case on the desk, by plain forms: from opening to a signed-off verdict, two people at once, and what must be refused."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from desk_room import Room, entered, room_in, written_home

from monitor.demo.world.clip import SMALL, mp4
from monitor.jobs.work_cases import note_upstream
from monitor.media.sheet import contact_sheet
from monitor.media.vault import Vault
from monitor.model.media import Probe
from monitor.settings import example
from monitor.store import media, posts
from monitor.store.open import Store, open_store

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
VERDICT = {
    "material": "authentic",
    "claim": "missing context",
    "claim_text": "A demo claim",
    "codes": ["OriginalMediaContent", "DecontextualizedContent"],
    "rationale": "Two copies compared <b>by hand</b>",
    "context": "of another year",
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A filled desk with a clip."""
    home = written_home(tmp_path_factory.mktemp("cases"))
    (home / "config" / "tools.toml").write_text(example.tools_toml(), encoding="utf-8")
    with room_in(home) as made:
        with open_store(made.desk.settings.database) as store:
            clip_of(store, made.desk.settings.vault, "104")
        yield made


def clip_of(store: Store, root: Path, post_id: str) -> str:
    """A clip in the vault as the file of a post, with its contact sheet."""
    vault = Vault(root)
    folder = vault.new_temp()
    (folder / "a.mp4").write_bytes(mp4(SMALL))
    sheet = contact_sheet(folder / "a.mp4", folder)
    assert sheet is not None
    drawn, kept = vault.adopt(sheet), vault.adopt(folder / "a.mp4")
    media.add_object(store, kept, Probe("video", "video/mp4", "mp4", duration_s=1.0, width=160, height=90), NOW)
    media.add_object(store, drawn, Probe("photo", "image/png", "png"), NOW)
    media.add_derivative(store, "contact_sheet", kept.sha256, drawn.sha256, "test", "", NOW)
    with store.change() as db:
        row = posts.find(store, "x", post_id)
        db.execute("UPDATE media SET state = 'kept', kind = 'video', sha256 = ? WHERE post = ?", (kept.sha256, row))
    return kept.sha256


@pytest.fixture(scope="module")
def people(room: Room) -> dict[str, httpx.Client]:
    entered(room)
    return {
        name: room.person(name, role)
        for name, role in (("demo-vera", "verifier"), ("demo-edda", "editor"), ("demo-egon", "editor"))
    }


def opened(room: Room, browser: httpx.Client, post_id: str) -> str:
    """The path of the case on a post."""
    answer = room.post(browser, "/cases", kind="post", platform="x", post_id=post_id)
    assert answer.status_code == 200, answer.text
    return str(answer.url.path)


def version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def send(room: Room, browser: httpx.Client, path: str, part: str, **fields: object) -> httpx.Response:
    """Sends a form of the case as it is shown now."""
    return room.post(browser, f"{path}/{part}", version=version(browser.get(path).text), **fields)


def test_from_opening_to_a_signed_off_verdict(room: Room, people: dict[str, httpx.Client]) -> None:
    vera, edda = people["demo-vera"], people["demo-edda"]
    path = opened(room, vera, "100")
    assert opened(room, edda, "900") == path, "the id of any version leads to the one case"
    page = send(room, vera, path, "answers", question="when", answer="At noon", confidence="some").text
    assert "At noon" in page
    assert 'light-some">rather sure' in page
    page = send(room, vera, path, "places", place="50.4501, 30.5234", precision_m="100", note="the <i>quay</i>").text
    assert "50.450100, 30.523400" in page
    assert "the &lt;i&gt;quay" in page
    page = send(room, vera, path, "verdicts", **VERDICT).text
    assert "needs a second person" in page
    assert "nobody signs off their own verdict" in page
    assert [r for r in ("demo-edda", "demo-vera") if path in people[r].get("/cases?view=second").text] == ["demo-edda"]
    page = send(room, edda, path, "signoffs", n="1", outcome="agree", note="the shadows fit").text
    assert 'chip decided">decided' in page
    assert "https://schema.org/DecontextualizedContent" in page
    assert "Two copies compared &lt;b&gt;" in page
    with open_store(room.desk.settings.database) as store:
        number = int(path.rpartition("/")[2])
        actions = [r[0] for r in store.all("SELECT action FROM audit WHERE object = ? ORDER BY seq", f"case:{number}")]
        kinds = [
            r[0]
            for r in store.all(
                "SELECT json_extract(body, '$.type') FROM custody_event WHERE subject = ? ORDER BY ssn",
                f"case:{number}",
            )
        ]
    assert actions == ["open case", "answer", "place", "verdict", "sign off"]
    assert kinds == ["case-opened", "verdict", "signoff"]
    with open_store(room.desk.settings.database) as store:
        assert note_upstream(store, posts.find(store, "x", "100"), "gone", "deleted", agent="svc:test") == 1
    page = vera.get(path).text
    assert "the post was taken away after the verdict" in page
    assert "no longer hold" in page


def test_nobody_signs_their_own_verdict_by_any_door(room: Room, people: dict[str, httpx.Client]) -> None:
    edda = people["demo-edda"]
    path = opened(room, edda, "101")
    send(room, edda, path, "verdicts", **VERDICT)
    assert 'value="agree"' not in edda.get(path).text
    answer = send(room, edda, path, "signoffs", n="1", outcome="agree")
    assert (answer.status_code, "another person" in answer.text) == (409, True)
    assert send(room, people["demo-vera"], path, "signoffs", n="1", outcome="agree").status_code == 403
    answer = send(room, people["demo-egon"], path, "signoffs", n="1", outcome="disagree", note="")
    assert (answer.status_code, "say what you disagree with" in answer.text) == (422, True)
    page = send(room, people["demo-egon"], path, "signoffs", n="1", outcome="disagree", note="the clock").text
    assert "the second person disagrees" in page


def test_two_people_at_once_see_both_and_lose_nothing(room: Room, people: dict[str, httpx.Client]) -> None:
    vera, edda = people["demo-vera"], people["demo-edda"]
    path = opened(room, vera, "102")
    seen = version(vera.get(path).text)
    assert (
        room.post(
            edda, f"{path}/answers", version=seen, question="who", answer="the first word", confidence="high"
        ).status_code
        == 200
    )
    answer = room.post(
        vera, f"{path}/answers", version=seen, question="who", answer="the second word", confidence="low"
    )
    assert answer.status_code == 409
    assert "the first word" in answer.text
    assert "the second word" in answer.text
    assert (
        room.post(
            vera, f"{path}/answers", version=seen, question="why", answer="another question", confidence="low"
        ).status_code
        == 200
    )
    assert room.post(vera, f"{path}/comments", version=seen, body="words do not race").status_code == 200
    assert room.post(vera, f"{path}/verdicts", version=seen, **VERDICT).status_code == 409, "the evidence is newer"
    again = room.post(
        vera,
        f"{path}/answers",
        version=version(answer.text),
        question="who",
        answer="the second word",
        confidence="low",
    )
    assert again.status_code == 200
    assert "the first word" in again.text, "both stay on record"
    assert room.post(vera, f"{path}/plan", version=seen, title="Mine").status_code == 200
    assert room.post(edda, f"{path}/plan", version=seen, title="Hers").status_code == 409


def test_an_exact_frame_becomes_a_finding(room: Room, people: dict[str, httpx.Client]) -> None:
    vera = people["demo-vera"]
    path = opened(room, vera, "104")
    page = vera.get(path).text
    sha256 = re.findall(r"/frames/([0-9a-f]{64})", page)[0]
    page = send(room, vera, path, "frames", sha256=sha256, at="0.35", note="the clock").text
    found = re.search(r'href="(/media/([0-9a-f]{64})\.png[^"]+)" download="(frame-00m00s300-\w{12}\.png)"', page)
    assert found, page
    assert found[2].startswith(found[3][-16:-4])
    picture = vera.get(found[1].replace("&amp;", "&"))
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert "160 × 90" in page
    strip = vera.get(f"{path}/frames/{sha256}")
    still = re.search(r'src="(/media/[^"]+strip-0\.jpg[^"]+)"', strip.text)
    assert still
    assert vera.get(still[1].replace("&amp;", "&")).headers["content-type"] == "image/jpeg"
    assert 'width="640"' in vera.get(f"{path}/frames/{found[2]}?zoom=4").text
    assert vera.get(f"{path}/frames/{'0' * 64}").status_code == 404
    assert send(room, vera, path, "frames", sha256=sha256, at="soon").status_code == 422
    assert send(room, vera, path, "frames", sha256="../../etc/passwd", at="0").status_code == 422


def test_a_given_file_is_kept_and_shown_as_what_it_is(room: Room, people: dict[str, httpx.Client]) -> None:
    vera = people["demo-vera"]
    path = opened(room, vera, "103")
    page = vera.get("/me").text
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert csrf
    files = {"file": ("../../a <b>.svg", b"<svg onload='1'/>", "image/svg+xml")}
    data = {"csrf": csrf[1], "version": "1", "kind": "other", "note": "handed in"}
    page = vera.post(f"{path}/findings", data=data, files=files).text
    link = re.search(r'href="(/media/[^"]+)" download="a &lt;b&gt;.svg"', page)
    assert link, page
    answer = vera.get(link[1].replace("&amp;", "&"))
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_nothing_leaves_the_house_until_somebody_says_so(room: Room, people: dict[str, httpx.Client]) -> None:
    vera = people["demo-vera"]
    path = opened(room, vera, "103")
    wanted = {"kind": "earlier copy", "note": "an older one", "url": "https://archive.example/old", "copy": "on"}
    assert send(room, vera, path, "findings", **wanted).status_code == 422
    send(room, vera, path, "places", place="50.4501, 30.5234", precision_m="100")
    page = vera.get(path).text
    assert "openstreetmap.org/?" not in page
    assert "www.openstreetmap.org" in page, "the host is named"
    page = send(room, vera, path, "plan", outside="on").text
    assert "https://www.openstreetmap.org/?mlat=50.450100&amp;mlon=30.523400" in page
    page = send(room, vera, path, "findings", **wanted).text
    assert "the collector keeps it" in page
    with open_store(room.desk.settings.database) as store:
        assert store.value("SELECT count(*) FROM job WHERE kind = 'keep_finding'") == 1


def test_rights_and_time_are_kept_in_the_newsrooms_zone(room: Room, people: dict[str, httpx.Client]) -> None:
    vera = people["demo-vera"]
    path = opened(room, vera, "103")
    page = send(
        room,
        vera,
        path,
        "rights",
        holder="demo holder",
        state="granted",
        licence="once, online",
        expires_at="2020-01-01",
    ).text
    assert 'class="chip gone">Ends' in page
    page = send(room, vera, path, "plan", due_at="2020-01-01T10:00", priority="3", assignee="demo-vera").text
    assert "urgent" in page
    for view in ("mine", "overdue", "open"):
        assert path in vera.get(f"/cases?view={view}").text
    assert send(room, vera, path, "plan", assignee="nobody-here").status_code == 422
    page = send(room, vera, path, "plan", closed="on").text
    assert 'chip closed">closed' in page
    assert path in vera.get("/cases?view=done").text


def test_cases_on_an_article_and_on_a_citation(room: Room, people: dict[str, httpx.Client]) -> None:
    vera = people["demo-vera"]
    for kind in ("article", "citation"):
        answer = room.post(vera, "/cases", kind=kind, number="1")
        assert "in a story" in answer.text, kind
    assert room.post(vera, "/cases", kind="article", number="99").status_code == 422
    assert room.post(vera, "/cases", address="https://x.com/i/status/100").url.path.startswith("/cases/")
    assert room.post(vera, "/cases", address="https://news.example/none").status_code == 422
