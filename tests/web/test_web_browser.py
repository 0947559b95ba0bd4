"""The desk in a real browser: by keyboard, without script, in both themes, with hostile texts in every field."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from browser import axe_source, chromium
from desk_room import Room, a_post, entered, room_in, written_home

from monitor.settings import load
from monitor.store import posts
from monitor.store.open import open_store

HOSTILE = (
    "<script>document.title='struck'</script><img src=x onerror=\"document.title='struck'\">"
    "'\"><svg onload=document.title='struck'> javascript:document.title='struck' {{7*7}} </textarea><bdi dir=rtl>\u202egnorw"
)
PAGES = (
    "/nothing",
    "/",
    "/wall",
    "/check",
    "/suggestions",
    "/alerts",
    "/posts",
    "/posts/x/100",
    "/articles",
    "/articles/1",
    "/accounts/x/7",
    "/watches",
    "/search?q=script",
    "/rules",
    "/spend",
    "/system",
    "/people",
    "/me",
)
SHOTS = Path(__file__).parents[2] / "build" / "desk"
"""Where the pages' pictures are kept, for people to look at."""
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Window:
    """A browser with somebody logged in, and what went wrong in it."""

    browser: Any
    room: Room
    cookies: list[dict[str, Any]]
    wrong: list[str] = field(default_factory=list)

    def page(self, **how: Any) -> Any:
        """A tab of its own; what a script does against the policy or throws is noted."""
        context = self.browser.new_context(base_url=self.room.url, **how)
        context.add_cookies(self.cookies)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("dialog", lambda dialog: (self.wrong.append("a dialog"), dialog.dismiss()))
        page.on(
            "console", lambda line: self.wrong.append(line.text) if "Content Security Policy" in line.text else None
        )
        return page


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A desk whose every text is hostile, and a browser that has come in."""
    home = written_home(tmp_path_factory.mktemp("browser"))
    with chromium() as browser, room_in(home, text=HOSTILE) as room:
        client = entered(room)
        room.post(client, "/people", name="demo-<b>bold", shown_name=HOSTILE[:60], role="viewer")
        room.post(client, "/search", name=HOSTILE[:80], words="script", wall="1")
        cookie = {"name": "postwatch", "value": client.cookies["postwatch"], "url": room.url}
        yield Window(browser, room, [cookie])


def test_no_page_bars_anybody_in_either_theme(window: Window) -> None:
    """Every rule in the light, and in the dark the one that it can change."""
    axe, barred = axe_source(), {}
    page = window.page(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    for path in PAGES:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        page.evaluate(axe)
        found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", _TAGS)
        page.screenshot(path=_shot(path, "light", 1440), full_page=True)
        page.emulate_media(color_scheme="dark")
        dark = page.evaluate(
            "axe.run({runOnly: {type: 'rule', values: ['color-contrast']}, resultTypes: ['violations']})"
        )
        page.screenshot(path=_shot(path, "dark", 1440), full_page=True)
        barred[path] = [
            f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found["violations"] + dark["violations"]
        ]
    page.context.close()
    assert {path: told for path, told in barred.items() if told} == {}


def test_a_narrow_screen_shows_every_page_whole_and_no_text_becomes_script(window: Window) -> None:
    page = window.page(viewport={"width": 390, "height": 844})
    for path in PAGES:
        page.goto(path)
        assert page.title() != "struck", path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} pixels too wide"
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=_shot(path, theme, 390), full_page=True)
    page.context.close()
    assert window.wrong == []


def _shot(path: str, theme: str, width: int) -> Path:
    SHOTS.mkdir(parents=True, exist_ok=True)
    name = path.partition("?")[0].strip("/").replace("/", "_") or "today"
    return SHOTS / f"{name}-{theme}-{width}.png"


def test_the_keyboard_is_enough(window: Window) -> None:
    page = window.page()
    page.goto("/wall")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("k")
    page.keyboard.press("x")
    page.get_by_text("Put aside.").wait_for()
    with page.expect_navigation():
        page.keyboard.press("u")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/posts/x/*")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/articles")
    page.keyboard.press("/")
    page.wait_for_url("**/search")
    page.context.close()
    assert window.wrong == []


def test_keys_can_be_switched_off(window: Window) -> None:
    page = window.page()
    page.goto("/me")
    page.get_by_label("single keys do things").uncheck()
    with page.expect_navigation():
        page.get_by_role("button", name="Keep").click()
    page.keyboard.press("?")
    assert page.locator("#keys[open]").count() == 0
    page.get_by_label("single keys do things").check()
    page.get_by_role("button", name="Keep").click()
    page.context.close()


def test_pictures_are_covered_until_asked_for_and_nothing_plays(window: Window) -> None:
    page = window.page(java_script_enabled=False)
    page.goto("/posts/x/100")
    label = page.locator(".veil > label").first
    assert label.is_visible()
    label.click()
    assert label.is_hidden()
    assert page.locator("video[autoplay]").count() == 0
    page.context.close()


def test_everything_works_without_script(window: Window) -> None:
    page = window.page(java_script_enabled=False)
    page.goto("/check")
    draft = '<p>As shown here:</p><blockquote class="twitter-tweet"><a href="https://x.com/demo_ada/status/101">x</a></blockquote>'
    page.get_by_label("or a draft's HTML").fill(draft)
    page.get_by_role("button", name="Check").click()
    assert page.get_by_text("not found").first.is_visible()
    assert page.get_by_role("button", name="Look up").is_visible()
    page.goto("/wall")
    page.get_by_role("button", name="Put aside").first.click()
    page.get_by_role("button", name="Undo").click()
    page.goto("/alerts")
    page.get_by_role("button", name="I take care of it").click()
    assert page.get_by_text("taken care of by").is_visible()
    page.context.close()


def test_a_change_is_told_and_shown_only_when_asked_for(window: Window) -> None:
    page = window.page()
    page.goto("/posts")
    page.goto("/wall")
    notice = page.locator("#changes")
    assert notice.is_hidden()
    page.wait_for_timeout(300)
    with open_store(load(window.room.home, {}, demand_secrets=False).database) as store:
        posts.add_new(store, [a_post("555", "A new one")], seen_at=datetime.now(UTC), method="x-api", found_by="watch")
    notice.wait_for(state="visible")
    assert "A new one" not in page.content()
    page.keyboard.press(".")
    page.get_by_text("A new one").wait_for()
    page.context.close()


def test_the_way_in_bars_nobody(window: Window) -> None:
    page = window.browser.new_context(base_url=window.room.url, bypass_csp=True).new_page()
    page.goto("/login")
    page.evaluate(axe_source())
    assert page.evaluate("axe.run()")["violations"] == []
    page.context.close()
