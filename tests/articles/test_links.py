import time

import pytest

from monitor.articles.bounded import BoundedReader
from monitor.articles.links import links_in, swept

URL = "https://news.example/section/"
LINKS = "<a href='/menu'>m</a>"


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (f"<main><a href='1'>A  <b>title</b></a></main>{LINKS}", {"https://news.example/section/1": "A title"}),
        (
            f"<nav>{LINKS}</nav><div><a href='/1'>One</a></div><footer>{LINKS}</footer>",
            {"https://news.example/1": "One"},
        ),
        (
            f"<header>{LINKS}</header><article><header><a href='/1'>One</a></header></article>",
            {"https://news.example/1": "One"},
        ),
        (
            "<div role='main'><ul class='latest'><li><a href='/1#c'></a><a href='/1'>One</a></ul></div>",
            {"https://news.example/1": "One"},
        ),
        (
            f"<div class='site-footer'>{LINKS}</div><div id='sidebar'>{LINKS}</div><a href='/1'>1</a>",
            {"https://news.example/1": "1"},
        ),
        (
            "<base href='https://cdn.example/x/'><a href='y'>Y</a><a href='mailto:a@b.example'>m</a>",
            {"https://cdn.example/x/y": "Y"},
        ),
        (f"<main><nav>{LINKS}</nav></main><p><a href='/1'>1</a></p>", {}),
    ],
    ids=["main", "edges", "header of an article", "role, fragment", "by class", "base", "menu within main"],
)
def test_the_links_of_the_main_part(markup: str, found: dict[str, str]):
    assert dict(links_in(f"<!doctype html><html><body>{markup}</body></html>".encode(), URL)) == found


def test_links_are_read_in_the_bounded_child_and_a_hostile_page_is_swept():
    page = b"<html><body><main><a class=x href='/1?a=1&amp;b=2'>1</a></main></body></html>"
    with BoundedReader(parse_timeout=10) as reader:
        assert reader.links(page, URL) == [("https://news.example/1?a=1&b=2", "1")]
        began = time.monotonic()
        assert reader.links(b"<div>" * 100_000 + page, URL) == [("https://news.example/1?a=1&b=2", "")]
        assert time.monotonic() - began < 3
    assert swept(b"<a " * 100_000, URL) == []
