"""What the pass over the source leaves out names no post: the quick way and the long way give the same citations."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.articles.belonging import About
from monitor.articles.citations import Numbers, citations_in
from monitor.articles.looking import Worth, everything, worth_a_look
from monitor.articles.page import Page
from monitor.articles.source import looks_in
from monitor.platforms import PLATFORMS, might_name_a_post

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*/*.html"))
ADDRESS = "https://twitter.com/harbour_demo/status/1812345678901234567"
PIECES = [
    "<p>", "</p>", "<div class='x' ", "<a href=", '"', "'", ">", "<", "</div>", "<!--", "-->", "<script>", "</script>",
    "<template>", "</template>", "<noscript>", "<iframe src=", "</iframe>", "data-tweet-id=1812345678901234567", "=", " ",
    ADDRESS, ADDRESS.replace("/", "\\/"), ADDRESS.replace("/", "%2F"), "<textarea>", "&quot;", "text",
    "<lite-youtube videoid=Demo_Clip-1", "data-provider=twitter", "data-id=1812345678901234567", "@x=", "ü", "\x00", "<style>",
]  # fmt: skip


def citations(raw: bytes, look: Callable[[Page], Worth] = worth_a_look) -> list[tuple[str, str, float, str]]:
    page = Page(raw)
    found = citations_in(
        page, Numbers(page), lambda: About("Bridge vote ends after midnight", "https://news.example/bridge"), look
    )
    return [(c.key, c.kind, c.confidence, c.places[0].form) for c in found]


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_case_gives_the_same_when_everything_is_looked_at(path: Path) -> None:
    raw = path.read_bytes()
    assert citations(raw) == citations(raw, everything)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(lambda pieces: "".join(pieces).replace("7https", "7 https")))
def test_broken_markup_gives_the_same_posts_when_everything_is_looked_at(markup: str) -> None:
    raw = markup.encode()
    assert {key for key, *_ in citations(raw)} == {key for key, *_ in citations(raw, everything)}


def test_a_page_without_posts_gives_nothing_to_look_at() -> None:
    page = b"<p>Text</p><a href='https://twitter.com/intent/tweet?text=a'>Share</a><script>var a = 'facebook.com/sharer';</script>"
    assert not looks_in(page)


def test_a_post_in_a_comment_is_no_post() -> None:
    assert citations(f"<!-- <a href='{ADDRESS}'> --><p>Text</p>".encode()) == []


def test_an_attribute_that_only_looks_like_the_start_of_a_comment_hides_nothing() -> None:
    assert len(citations(f"<div title='<!--'><a href='{ADDRESS}'>July</a></div>".encode())) == 1


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_platform_declares_by_what_its_addresses_are_seen(name: str) -> None:
    platform = PLATFORMS[name]
    assert platform.hosts or platform.shapes
    for host in platform.hosts:
        assert host == host.lower()
    if platform.of_id is None:
        return
    for post_id in (
        "1812345678901234567",
        "Demo_Clip-1",
        "x8demo1",
        "1demo23",
        "harbour_demo/413",
        "123456789",
        "0" * 32,
    ):
        address = platform.of_id(post_id)
        if address is not None:
            assert might_name_a_post(address.url)
