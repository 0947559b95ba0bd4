"""`post.html`: what is kept, readable and harmless, and never passed off as a screenshot."""

import re
from dataclasses import replace
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from monitor.evidence.card import Card, Picture, Wording, page_of

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\u202egnp.exe {{ 7 * 7 }}'
PLAIN = Card(
    number=1,
    platform="X",
    url="https://x.com/i/status/1",
    text="Two lines,\nof a post (demo).",
    name="Mira Demo",
    handle="mira_demo",
    account_id="17",
    posted_at="2026-11-24T09:30:00.000Z",
    id_time="2026-11-24T09:30:00.123Z",
    captured_at="2026-11-24T09:31:00.000Z",
    method="x-api",
    raw_sha256="ab" * 32,
    counts=[("likes", 1200), ("reposts", 1)],
    counted_at="2026-11-24T09:31:00.000Z",
    pictures=[Picture("media/cc.png", "Frames", "Frames from the video of 5.0 s.")],
    not_kept=["A video of this post is not in the package (too_large)."],
    earlier=[Wording("1", "2026-11-24T09:30:30.000Z", "An earlier wording.")],
)


def _page(*cards: Card) -> LexborHTMLParser:
    return LexborHTMLParser(page_of(cards))


def _text(page: LexborHTMLParser, selector: str) -> str:
    node = page.css_first(selector)
    return node.text() if node else ""


def test_the_card_shows_what_was_captured_and_says_what_it_is() -> None:
    page = _page(PLAIN)
    said = " ".join(_text(page, "main").split())
    for words in (
        "A rendering, not a screenshot.",
        "Mira Demo",
        "@mira_demo on X",
        "likes 1,200, reposts 1, as told at 2026-11-24T09:31:00.000Z",
        f"answers/{'ab' * 32}.json",
        "Frames from the video of 5.0 s. Blurred until clicked.",
        "not in the package (too_large)",
        "1 earlier wording",
        "An earlier wording.",
    ):
        assert words in said
    assert "not a screenshot" in _text(page, "title")
    assert _text(page, ".text") == PLAIN.text


def test_nothing_from_outside_becomes_markup_or_an_address_to_fetch() -> None:
    names = ("text", "name", "handle", "account_id", "url", "platform", "method")
    page = _page(replace(PLAIN, **dict.fromkeys(names, HOSTILE)))
    assert not page.css("script, [onerror], a, link, iframe, object, form")
    assert [image.attributes["src"] for image in page.css("img")] == ["media/cc.png"]
    assert _text(page, ".text") == HOSTILE
    policy = page.css("meta[http-equiv]")[0].attributes["content"] or ""
    assert "default-src 'none'" in policy and "http" not in policy


def test_pictures_are_blurred_until_somebody_asks_for_them() -> None:
    page = _page(PLAIN, replace(PLAIN, number=2))
    assert re.search(r"\.frames img \{ filter: blur", _text(page, "style"))
    toggles = {box.attributes["id"] for box in page.css("input[type=checkbox]")}
    assert len(toggles) == 2 and toggles == {label.attributes["for"] for label in page.css("label.frames")}
    assert not page.css("input[checked]")


def test_a_post_that_tells_little_is_a_card_all_the_same() -> None:
    bare = Card(
        1, "feed", "https://demo.invalid/1", "", None, None, None, None, None, "2026-11-24T09:31:00.000Z", "feed", "00"
    )
    said = unescape(page_of([bare]).decode())
    assert "Unnamed account" in said and "not told by the platform" in said and "None" not in said
