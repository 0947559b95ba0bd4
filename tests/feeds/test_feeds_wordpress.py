from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.feeds.listing import listing_of
from monitor.feeds.wordpress import code_of, is_route, page_url, posts_in, route_of

SITE = "https://news.example"


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        (f"{SITE}/wp-json/wp/v2/posts", True),
        (f"{SITE}/blog/wp-json/wp/v2/posts/?categories=3", True),
        (f"{SITE}/?rest_route=/wp/v2/posts", True),
        (f"{SITE}/wp-json/wp/v2/posts/17", False),
        (f"{SITE}/wp-json/", False),
        (f"{SITE}/feed/", False),
    ],
)
def test_the_api_is_told_by_its_address(url: str, is_one: bool):
    assert is_route(url) is is_one
    assert is_route(route_of(SITE))


def test_a_page_is_asked_for_with_the_operators_own_query_kept():
    since = datetime(2026, 11, 24, 9, 30, 0, 5000, tzinfo=UTC)
    asked = parse_qs(urlsplit(page_url(f"{SITE}/?rest_route=/wp/v2/posts&categories=3&page=9", 2, since)).query)
    assert asked["rest_route"] == ["/wp/v2/posts"]
    assert asked["categories"] == ["3"]
    assert (asked["page"], asked["per_page"], asked["orderby"]) == (["2"], ["100"], ["modified"])
    assert asked["modified_after"] == ["2026-11-24T09:30:00Z"]
    assert "modified_after" not in page_url(SITE, 1, None)
    assert page_url(f"{SITE}/blog/", 1, None).startswith(f"{SITE}/blog/wp-json/wp/v2/posts?")


def test_posts_are_read_and_their_times_are_utc():
    said = [
        {
            "id": 7,
            "link": f"{SITE}/a/7",
            "date_gmt": "2026-11-24T09:00:00",
            "modified_gmt": "2026-11-24T10:00:00",
            "title": {"rendered": "Quay &#8211; <em>open</em>"},
        },
        {"id": True, "link": "/a/8", "date_gmt": None, "modified_gmt": 5, "title": None},
        {"id": 9, "link": "javascript:x"},
        "nonsense",
    ]
    found = posts_in(said, f"{SITE}/wp-json/wp/v2/posts")
    assert found is not None
    seven, eight = found.entries
    assert (seven.id, seven.title, seven.published_at) == (
        "wordpress:7",
        "Quay – open",
        datetime(2026, 11, 24, 9, tzinfo=UTC),
    )
    assert seven.change == "2026-11-24T10:00:00.000Z"
    assert (eight.id, eight.url, eight.change) == (f"{SITE}/a/8", f"{SITE}/a/8", "5")
    assert found.warnings == ("2 posts have an unknown shape",)
    assert posts_in([], SITE) is not None
    assert posts_in([{"a": 1}], SITE) is None
    assert posts_in({"code": "rest_no_route"}, SITE) is None
    assert code_of({"code": "rest_no_route"}) == "rest_no_route"
    assert code_of([]) == code_of({"code": 5}) == ""
    assert listing_of(b'[{"id": 1, "link": "/a", "date_gmt": ""}]', "application/json", SITE).kind == "wordpress"
