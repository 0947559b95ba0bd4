"""Cases in a real browser: the whole way without script, two people racing, frames by key, hostile words in every field, axe."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from browser import axe_source, chromium
from desk_room import PASSWORD, Room, entered, room_in, written_home
from test_web_cases import VERDICT, clip_of, opened, send

from monitor.jobs.work_cases import note_upstream
from monitor.settings import example
from monitor.store import posts
from monitor.store.open import open_store

HOSTILE = "<script>document.title='struck'</script><img src=x onerror=\"document.title='struck'\">'\"></textarea><svg onload=document.title='struck'>"
SHOTS = Path(__file__).parents[2] / "build" / "desk"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A filled desk with a clip."""
    home = written_home(tmp_path_factory.mktemp("cases"))
    (home / "config" / "tools.toml").write_text(example.tools_toml(), encoding="utf-8")
    with room_in(home) as made:
        with open_store(made.desk.settings.database) as store:
            clip_of(store, made.desk.settings.vault, "104")
        entered(made)
        yield made


@pytest.fixture(scope="module")
def people(room: Room) -> dict[str, httpx.Client]:
    return {name: room.person(name, role) for name, role in (("demo-vera", "verifier"), ("demo-edda", "editor"))}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as made:
        yield made


def tab(browser: Any, room: Room, client: httpx.Client | None = None, **how: Any) -> Any:
    """A page of somebody's; what goes wrong in it fails the test that looks at `wrong`."""
    context = browser.new_context(base_url=room.url, **how)
    if client is not None:
        context.add_cookies([{"name": c.name, "value": c.value, "url": room.url} for c in client.cookies.jar])
    page = context.new_page()
    page.set_default_timeout(10_000)
    return page


def come_in(page: Any, name: str) -> None:
    page.goto("/login")
    page.locator("input[name=name]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button").first.click()


@pytest.fixture(scope="module")
def hostile(room: Room, people: dict[str, httpx.Client]) -> str:
    """A case with hostile words in each of its fields, a frame, and a post that is gone after the sign-off."""
    vera, edda = people["demo-vera"], people["demo-edda"]
    path = opened(room, vera, "104")
    send(room, vera, path, "plan", title=HOSTILE, outside="on", due_at="2026-11-24T10:00")
    for question in ("original", "altered", "who", "contact", "when", "where", "why"):
        send(room, vera, path, "answers", question=question, answer=HOSTILE, confidence="some")
    with open_store(room.desk.settings.database) as store:
        sha256 = store.value("SELECT sha256 FROM object WHERE kind = 'video'")
    send(room, vera, path, "frames", sha256=sha256, at="0.3", note=HOSTILE)
    send(room, vera, path, "findings", kind="other", note=HOSTILE, url="https://archive.example/" + "a" * 60, copy="on")
    send(room, vera, path, "places", place="1.5, 2.5", precision_m="100", note=HOSTILE)
    send(room, vera, path, "comments", body=HOSTILE)
    send(room, vera, path, "rights", holder=HOSTILE, state="granted", licence=HOSTILE, credit=HOSTILE, note=HOSTILE)
    words = {**VERDICT, "claim_text": HOSTILE, "context": HOSTILE, "rationale": HOSTILE}
    send(room, vera, path, "verdicts", **words)
    assert "decided" in send(room, edda, path, "signoffs", n="1", outcome="agree", note=HOSTILE).text
    return path


def test_hostile_words_are_words_and_every_page_passes_axe(
    browser: Any, room: Room, people: dict[str, httpx.Client], hostile: str
) -> None:
    with open_store(room.desk.settings.database) as store:
        frame = store.value("SELECT sha256 FROM case_finding WHERE kind = 'frame'")
        clip = store.value("SELECT from_sha256 FROM case_finding WHERE kind = 'frame'")
    pages = {
        "cases": "/cases?view=done",
        "case": hostile,
        "frames": f"{hostile}/frames/{clip}",
        "loupe": f"{hostile}/frames/{frame}?zoom=4",
    }
    strict, wrong = tab(browser, room, people["demo-edda"], viewport={"width": 390, "height": 844}), []
    strict.on("pageerror", lambda error: wrong.append(str(error)))
    strict.on("console", lambda told: wrong.append(told.text) if "Content Security Policy" in told.text else None)
    for path in pages.values():
        strict.goto(path)
        assert strict.title() != "struck"
        assert strict.evaluate("document.documentElement.scrollWidth") <= 390, path
    assert wrong == []
    axed, barred = tab(browser, room, people["demo-edda"], bypass_csp=True, viewport={"width": 1440, "height": 900}), []
    SHOTS.mkdir(parents=True, exist_ok=True)
    for name, path in pages.items():
        axed.emulate_media(color_scheme="light")
        axed.goto(path)
        axed.screenshot(path=SHOTS / f"case-{name}-light-1440.png", full_page=True)
        axed.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        axed.evaluate(axe_source())
        found = axed.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", _TAGS)["violations"]
        axed.emulate_media(color_scheme="dark")
        dark = axed.evaluate(
            "axe.run({runOnly: {type: 'rule', values: ['color-contrast']}, resultTypes: ['violations']})"
        )
        axed.screenshot(path=SHOTS / f"case-{name}-dark-1440.png", full_page=True)
        barred += [f"{name} {v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found + dark["violations"]]
    assert barred == []


def test_from_a_post_to_a_signed_off_verdict_without_script(
    browser: Any, room: Room, people: dict[str, httpx.Client]
) -> None:
    vera = tab(browser, room, java_script_enabled=False)
    come_in(vera, "demo-vera")
    vera.goto("/posts/x/101")
    vera.get_by_role("button", name="Open a case").click()
    vera.get_by_role("button", name="Take it").click()
    vera.locator("#q-when > summary").click()
    vera.locator("#q-when textarea").fill("At noon")
    vera.locator("#q-when input[value=high]").check()
    vera.locator("#q-when button").click()
    assert vera.locator("#q-when + p").text_content() == "At noon"
    vera.get_by_text("Give a verdict").click()
    vera.locator("textarea[name=rationale]").fill("Two copies compared")
    vera.locator("input[value=OriginalMediaContent]").check()
    vera.get_by_role("button", name="Give the verdict").click()
    assert vera.get_by_text("nobody signs off their own verdict").is_visible()
    edda = tab(browser, room, java_script_enabled=False)
    come_in(edda, "demo-edda")
    edda.goto("/cases?view=second")
    edda.locator("[data-open]").first.click()
    edda.get_by_role("button", name="Sign off").click()
    assert edda.locator(".chip.decided").is_visible()
    with open_store(room.desk.settings.database) as store:
        note_upstream(store, posts.find(store, "x", "101"), "edited", "version 901", agent="svc:test")
    edda.reload()
    assert edda.get_by_text("The evidence has changed since").is_visible()


def test_two_browsers_race_and_both_texts_are_shown(browser: Any, room: Room, people: dict[str, httpx.Client]) -> None:
    path = opened(room, people["demo-vera"], "102")
    tabs = [tab(browser, room, people[name]) for name in ("demo-vera", "demo-edda")]
    for page, words in zip(tabs, ("the first word", "the second word"), strict=True):
        page.goto(path)
        page.locator("#q-who > summary").click()
        page.locator("#q-who textarea").fill(words)
        page.locator("#q-who input[value=low]").check()
    tabs[0].locator("#q-who button").click()
    tabs[0].wait_for_url("**#q-who")
    with tabs[1].expect_navigation() as gone:
        tabs[1].locator("#q-who button").click()
    assert gone.value.status == 409
    assert tabs[1].get_by_text("the first word").is_visible()
    assert tabs[1].locator("textarea[name=answer]").input_value() == "the second word"
    tabs[1].get_by_role("button", name="Send mine after it").click()
    tabs[1].locator("#q-who > summary").click()
    assert tabs[1].locator("#q-who").get_by_text("the first word").is_visible()


def test_the_moment_that_the_clip_shows_is_saved_by_a_key(
    browser: Any, room: Room, people: dict[str, httpx.Client]
) -> None:
    path = opened(room, people["demo-vera"], "104")
    page = tab(browser, room, people["demo-vera"])
    page.goto(path)
    page.locator("#f1").check(force=True)
    page.evaluate("document.querySelector('video').dispatchEvent(new Event('timeupdate'))")
    assert page.locator("[data-frame-at]").first.input_value() == "0.000"
    before = page.locator("#findings li").count()
    with page.expect_navigation():
        page.keyboard.press("s")
    assert page.locator("#findings li").count() == before + 1
