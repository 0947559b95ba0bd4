"""Every address of tests/cases/addresses as a link in a page: what is told of it alone holds there too."""

from html import escape
from pathlib import Path

import pytest

from monitor.articles.reading import read_page
from monitor.model.article import Citation

FOLDER = Path(__file__).parent.parent / "cases" / "addresses"
WORDS = "<p>The harbour council met on Tuesday evening to discuss the new bridge, and the meeting lasted until midnight.</p>"
SCRIPTS = ("javascript:", "ftp:")
"""A link that runs a script may still name a post within it; no address of its own."""


def cited(urls: list[str]) -> list[Citation]:
    links = "".join(f'<p>See <a href="{escape(url)}">what they said</a> of it.</p>{WORDS}' for url in urls)
    page = f"<!doctype html><title>Bridge vote</title><body><main><article><h1>Bridge vote</h1>{WORDS}{links}</article>"
    return [c for c in read_page(page.encode(), url="https://news.example/bridge").citations if c.kind != "mention"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_links_of_a_page_are_read_as_addresses_are(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    cases = [line.split(" ", 1) for line in lines]
    posts = [(post_id, url) for post_id, url in cases if post_id not in "-~"]
    found = cited([url for _, url in posts])
    assert {c.post_id for c in found} == {post_id for post_id, _ in posts}
    assert sum(len(c.places) for c in found) == len(posts)
    assert all(c.platform == path.stem and c.confidence >= 0.5 for c in found)
    traps = [url for post_id, url in cases if post_id == "-" and not url.startswith(SCRIPTS)]
    assert not [c for c in cited(traps) if c.post_id]
    short = [url for post_id, url in cases if post_id == "~"]
    assert {(c.platform, c.post_id) for c in cited(short)} == ({(path.stem, None)} if short else set())
