"""Whatever a server sends in place of a list is a list, or an error of ours."""

import gzip

import written_feeds as feeds
from hypothesis import given
from hypothesis import strategies as st

from monitor.errors import NotUnderstood, TooLarge
from monitor.feeds.listing import listing_of

SITEMAP = (
    b"<?xml version='1.0'?><urlset xmlns='x'><url><loc>/a?b=1&amp;c</loc><lastmod>2026-11-24</lastmod></url></urlset>"
)
INDEX = b"<sitemapindex><sitemap><loc>https://a.example/1</loc><lastmod>x</lastmod></sitemap></sitemapindex>"
POSTS = b'[{"id": 1, "link": "https://a.example/1", "date_gmt": "2026-11-24T10:00:00", "title": {"rendered": "x"}}]'


def _read(content: bytes) -> None:
    try:
        found = listing_of(content, "", "https://news.example/list", 1_000_000)
    except (NotUnderstood, TooLarge):
        return
    assert all(entry.id for entry in found.entries)
    for entry in found.entries:
        assert entry.url is None or entry.url.startswith(("http://", "https://"))
        entry.id.encode()
        entry.change.encode()


@given(st.sampled_from([SITEMAP, INDEX, POSTS, feeds.ATOM]), st.integers(0, 400), st.binary(max_size=8), st.booleans())
def test_lists_with_bytes_put_into_them(content: bytes, at: int, put: bytes, packed: bool):
    spoilt = content[:at] + put + content[at + len(put) :]
    _read(gzip.compress(spoilt, 1) if packed else spoilt)


@given(st.sampled_from([SITEMAP, INDEX, POSTS]), st.integers(0, 200), st.integers(1, 60))
def test_lists_with_bytes_missing(content: bytes, at: int, size: int):
    _read(content[:at] + content[at + size :])
    packed = gzip.compress(content, 1, mtime=0)
    _read(packed[:at] + packed[at + size :])
