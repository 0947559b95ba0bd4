import gzip
import time
from datetime import UTC, datetime

import pytest

from monitor.errors import NotUnderstood, TooLarge
from monitor.feeds.listing import listing_of
from monitor.feeds.sitemap import sitemap_of
from monitor.model.feed import Listing

HOME = "https://news.example/sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def read(text: str | bytes, content_type: str = "application/xml") -> Listing:
    return listing_of(text.encode() if isinstance(text, str) else text, content_type, HOME)


def urls(listing: Listing) -> list[str | None]:
    return [entry.url for entry in listing.entries]


def test_a_sitemap_gives_addresses_with_their_lastmod_and_not_those_of_pictures():
    found = read(
        f"""<?xml version="1.0"?><?xml-stylesheet href="/s.xsl"?><!-- made by hand --><urlset {NS}
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
        <url><loc> /a/1 </loc><lastmod>2026-11-24T10:00:00+01:00</lastmod><image:image><image:loc>https://x.example/p.jpg</image:loc>
        <image:title>No</image:title></image:image></url><url><loc>https://news.example/a/2</loc></url><url/>
        <url><loc>javascript:alert(1)</loc></url></urlset>"""
    )
    assert (found.kind, urls(found)) == ("sitemap", ["https://news.example/a/1", "https://news.example/a/2"])
    first, second = found.entries
    assert (first.updated_at, first.change) == (datetime(2026, 11, 24, 9, tzinfo=UTC), "2026-11-24T09:00:00.000Z")
    assert (second.updated_at, second.change, second.title) == (None, "", "")
    assert found.warnings == ("2 entries have no address that can be read",)
    assert found.is_whole


@pytest.mark.parametrize("prefix", ["news", "n"])
def test_the_publication_date_of_a_news_sitemap_is_the_date(prefix: str):
    news = f"<{prefix}:news><{prefix}:publication><{prefix}:name>Paper</{prefix}:name></{prefix}:publication>"
    news += f"<{prefix}:publication_date>2026-11-24</{prefix}:publication_date><{prefix}:title>Quay &amp; coast</{prefix}:title></{prefix}:news>"
    # The prefix is declared nowhere, as happens.
    (entry,) = read(f"<urlset {NS}><url><loc>/a</loc>{news}</url></urlset>").entries
    assert (entry.published_at, entry.title) == (datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC), "Quay & coast")
    assert entry.change == "2026-11-24T23:59:59.000Z"


def test_an_index_gives_its_sitemaps_whatever_their_prefix():
    found = read(
        '<sm:sitemapindex xmlns:sm="x"><sm:sitemap><sm:loc>/s/1.xml</sm:loc><sm:lastmod>2026-11-24</sm:lastmod></sm:sitemap>'
        "<sm:sitemap><sm:loc>/s/2.xml.gz</sm:loc></sm:sitemap></sm:sitemapindex>"
    )
    assert (found.kind, found.entries) == ("index", ())
    assert [(part.url, part.change) for part in found.parts] == [
        ("https://news.example/s/1.xml", "2026-11-24T23:59:59.000Z"),
        ("https://news.example/s/2.xml.gz", ""),
    ]


def test_packed_plain_and_oddly_encoded_sitemaps_are_read():
    text = f"<?xml version='1.0' encoding='ISO-8859-1'?><urlset {NS}><url><loc>/caf\xe9</loc></url></urlset>"
    assert urls(read(gzip.compress(text.encode("latin-1")), "application/gzip")) == ["https://news.example/café"]
    assert urls(read(b"\xef\xbb\xbf  https://a.example/1\r\n\r\nhttps://a.example/2\r\n", "text/plain")) == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    assert urls(read(f"\n\n <urlset {NS}><url><loc>/a?b=1&c=2&nbsp;</loc></url></urlset>")) == [
        "https://news.example/a?b=1&c=2&nbsp;"
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<urlset><url><loc>/a</loc></url><url><loc>/b", "no element found"),
        (gzip.compress(b"<urlset>" + b"<url><loc>/a</loc></url>" * 9000, mtime=0)[:-200], "breaks off"),
        (
            gzip.compress(b"<urlset><url><loc>/a</loc></url>" + b"<url><loc>/b</loc></url>" * 9000, mtime=0)[:-8]
            + b"garbage!",
            "damaged",
        ),
    ],
    ids=["XML", "gzip", "gzip's sum"],
)
def test_a_list_that_breaks_off_gives_what_came_and_is_not_whole(content: bytes, words: str):
    found = read(content)
    assert urls(found)[0] == "https://news.example/a"
    assert not found.is_whole
    assert words in " ".join(found.warnings)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<!doctype html><html><body>Not found</body></html>", "an HTML page"),
        (b"", "an empty answer"),
        (b"<urlset>", "cannot be read"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><urlset><url><loc>&b;</loc></url></urlset>", "declares entities"),
        (b"<urlset>" + b"<a>" * 200, "nested"),
        (b"https://a.example/1\nno address\n", "something else"),
        (b'{"a": 1}', "JSON"),
        (b'[{"a": 1}]', "JSON"),
    ],
)
def test_what_is_no_list_is_told_by_what_it_is(content: bytes, words: str):
    with pytest.raises(NotUnderstood, match=words):
        read(content)


def test_entities_of_other_files_are_never_read(tmp_path):
    (tmp_path / "secret").write_text("https://news.example/secret")
    head = f'<!DOCTYPE urlset SYSTEM "{(tmp_path / "secret").as_uri()}">'
    assert urls(read(f"{head}<urlset><url><loc>/a</loc></url></urlset>")) == ["https://news.example/a"]


def test_a_bomb_ends_at_the_limit_and_hostile_markup_takes_no_time():
    with pytest.raises(TooLarge):
        read(gzip.compress(b"<urlset>" + b" " * 60_000_000, compresslevel=1))
    began = time.monotonic()
    attributes = b" ".join(b'a%d="1"' % n for n in range(100_000))
    assert len(read(b"<urlset><url " + attributes + b"><loc>/a</loc></url></urlset>").entries) == 1
    assert time.monotonic() - began < 5


def test_more_entries_than_the_limit_are_told():
    content = b"<urlset>" + b"<url><loc>/a</loc></url>" * 1_001 + b"</urlset>"
    found = sitemap_of(content, HOME, 1_000)
    assert len(found.entries) == 1_000
    assert found.warnings == ("only its first 1,000 entries were read",)
    assert sitemap_of(content, HOME, 1_001).warnings == ()
