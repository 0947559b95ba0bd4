import gzip
from datetime import UTC, datetime

import pytest
import written_feeds as feeds
from article_world import PAGE, Answer, served

from monitor.articles.discover import entries_of, feeds_in_page, fetch_feed
from monitor.articles.kind import recognise
from monitor.errors import NotThere, NotUnderstood
from monitor.feeds.listing import listing_of


def test_rss_gives_newest_first_and_keeps_what_has_no_date():
    feed = entries_of(feeds.RSS, "application/rss+xml", feeds.RSS_URL)
    assert (feed.title, feed.home_url, feed.warnings) == ("Harbour & Coast", "https://news.example/", ())
    assert [entry.title for entry in feed.entries] == ["New: quay open", "Old: quay closed", "Undated note"]
    old, undated = feed.entries[1:]
    assert (old.id, old.url, old.authors) == ("art-1", "https://news.example/quay", ("Ida Brandt",))
    assert old.published_at == datetime(2026, 11, 20, 7, tzinfo=UTC)
    assert old.summary == "The quay is closed.\n\nUntil May."
    assert undated.id == undated.url == "https://news.example/notes/1"


def test_an_entry_is_kept_byte_for_byte():
    for entry in entries_of(feeds.RSS, "", feeds.RSS_URL).entries:
        assert entry.span is not None
        assert feeds.RSS[slice(*entry.span)] == entry.raw
        assert (entry.raw[:6], entry.raw[-7:]) == (b"<item>", b"</item>")


def test_atom_gives_plain_titles_several_authors_and_resolved_links():
    (entry,) = entries_of(feeds.ATOM, "application/atom+xml", "https://coast.example/feeds/atom").entries
    assert (entry.id, entry.url, entry.title) == ("urn:coast:1", "https://coast.example/a/1", "Tide rises")
    assert entry.authors == ("Ida Brandt", "Per Holm")
    assert (entry.published_at, entry.updated_at) == (None, datetime(2026, 11, 22, 10, tzinfo=UTC))


@pytest.mark.parametrize("version", [b"1", b"1.1"])
def test_json_feed_is_read_in_both_versions(version: bytes):
    content = feeds.JSON_FEED.replace(b"version/1.1", b"version/" + version)
    feed = entries_of(content, "application/feed+json", "https://coast.example/feed.json")
    eight, seven = feed.entries
    assert (seven.id, seven.url, seven.summary) == ("7", "https://coast.example/a/7", "One\n\nTwo")
    assert (seven.authors, eight.authors) == (("The desk",), ("Ida Brandt",))
    assert (eight.title, eight.summary) == ("Eight", "Plain & simple")
    assert [(file.url, file.duration_ms) for file in eight.enclosures] == [("https://coast.example/8.mp4", 12_000)]
    assert feed.warnings


def test_a_broken_feed_gives_what_can_be_read_and_a_warning():
    feed = entries_of(feeds.RSS[:-120], "application/rss+xml", feeds.RSS_URL)
    assert {"Old: quay closed", "Undated note"} <= {entry.title for entry in feed.entries}
    assert "broken" in feed.warnings[0]
    assert all(entry.raw for entry in feed.entries)


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (feeds.RSS.replace(b"Undated note", "Żółw".encode()), "application/rss+xml; charset=iso-8859-2"),
        (feeds.RSS.replace(b"UTF-8", b"ISO-8859-2").replace(b"Undated note", "Żółw".encode("iso-8859-2")), "text/xml"),
        (feeds.RSS.replace(b"Undated note", "Żółw".encode("cp1250")), "text/xml; charset=windows-1250"),
        (feeds.RSS.decode().replace("Undated note", "Żółw").replace("UTF-8", "UTF-16").encode("utf-16"), ""),
        (b"\xef\xbb\xbf" + feeds.RSS.replace(b"Undated note", "Ż\0ół\x0bw".encode()), "text/xml; charset=punycode"),
    ],
    ids=["wrong header", "declared in XML", "told by the header", "UTF-16", "byte order mark, NUL, strange charset"],
)
def test_the_characters_are_found_whatever_the_header_says(content: bytes, content_type: str):
    assert entries_of(content, content_type, feeds.RSS_URL).entries[2].title == "Żółw"


def test_lone_surrogates_are_replaced_with_a_warning():
    feed = entries_of(feeds.RSS.replace(b"Undated", b"\xed\xa0\x80Un\xffdated"), "text/xml", feeds.RSS_URL)
    assert "note" in feed.entries[2].title.encode().decode()
    assert "not valid UTF-8" in feed.warnings[0]


def test_a_page_instead_of_a_feed_is_told_with_the_feeds_it_names():
    links = (
        b'<link rel="alternate" type="application/rss+xml" href="/rss"><link rel="stylesheet" href="/a.css">'
        b'<link rel=alternate type="application/feed+json" href="f.json">'
        b'<link rel="alternate" type="application/rss+xml" href="javascript:x">'
    )
    page = PAGE.replace(b"</head>", links + b"</head>")
    assert feeds_in_page(page, "https://news.example/a/b") == (
        "https://news.example/rss",
        "https://news.example/a/f.json",
    )
    with pytest.raises(NotUnderstood, match=r"an HTML page.*https://news\.example/rss"):
        entries_of(page, "text/html", "https://news.example/a/b")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty answer"),
        (b'{"a": 1}', "JSON"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000, "JSON"),
        (b"<?xml version='1.0'?><urlset></urlset>", "a sitemap"),
        (b"<rss version='2.0'><a " + b" ".join(b'a%d="1"' % n for n in range(9000)) + b"/></rss>", "400 attributes"),
        (b"/etc/passwd", "something else"),
    ],
    ids=["nothing", "JSON", "bottomless JSON", "a sitemap", "9,000 attributes", "the name of a file"],
)
def test_what_is_no_feed_is_told_by_what_it_is(content: bytes, words: str):
    with pytest.raises(NotUnderstood, match=words):
        entries_of(content, "", "https://news.example/feed")


def test_entities_neither_explode_nor_read_files(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary")
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "haha"><!ENTITY f SYSTEM "{secret.as_uri()}">{laughs}]>'
    content = f"{head}<rss version='2.0'><channel><item><title>x &f; &a11;</title></item></channel></rss>".encode()
    (entry,) = entries_of(content, "", "https://news.example/feed").entries
    assert "canary" not in entry.title
    assert len(entry.title) < 1000


def test_at_most_500_entries_are_read():
    items = b"".join(b"<item><guid>https://a.example/%d</guid></item>" % number for number in range(600))
    feed = entries_of(b"<rss version='2.0'><channel>" + items + b"</channel></rss>", "", "https://a.example/feed")
    assert len(feed.entries) == 500
    assert "600" in feed.warnings[0]


def test_a_feed_is_asked_for_conditionally():
    first = Answer(headers={"ETag": '"2"', "Content-Encoding": "gzip"}, body=gzip.compress(feeds.RSS, mtime=0))

    def feed(headers: dict[str, str]) -> Answer:
        return Answer(304, {"ETag": '"2"'}, b"") if headers.get("If-None-Match") == '"2"' else first

    with served({"/feed": feed}) as (site, web):
        new = fetch_feed(web, site + "/feed")
        again = fetch_feed(web, site + "/feed", new.etag, new.last_modified)
        with pytest.raises(NotThere):
            fetch_feed(web, site + "/gone")
    assert new.feed is not None
    assert len(new.feed.entries) == 3
    assert (again.feed, again.etag, again.exchange.status) == (None, '"2"', 304)


def test_a_page_in_place_of_a_feed_carries_its_exchange():
    with served({"/feed": Answer()}) as (site, web):
        with pytest.raises(NotUnderstood) as told:
            fetch_feed(web, site + "/feed")
    assert told.value.exchange is not None
    assert told.value.exchange.body == PAGE


@pytest.mark.parametrize(
    ("url", "content", "kind"),
    [
        (feeds.YOUTUBE_URL, feeds.YOUTUBE, "post_feed"),
        (feeds.MASTODON_URL, feeds.MASTODON, "post_feed"),
        (feeds.BLUESKY_URL, feeds.BLUESKY, "post_feed"),
        (feeds.RSS_URL, feeds.RSS, "feed"),
        ("https://coast.example/feed.json", feeds.JSON_FEED, "feed"),
        ("https://news.example/a", PAGE, "article"),
        ("https://news.example/s", b"<urlset><url><loc>/a</loc></url></urlset>", "list"),
        ("https://news.example/s", b"<sitemapindex></sitemapindex>", "list"),
        ("https://news.example/api", b'[{"id": 1, "link": "https://news.example/a", "date_gmt": ""}]', "list"),
        ("https://news.example/api", b'{"id": 1}', "unknown"),
        ("https://news.example/a.pdf", b"%PDF-1.7", "unknown"),
    ],
)
def test_what_stands_at_an_address_is_recognised_by_its_content(url: str, content: bytes, kind: str):
    assert recognise(url, "", content) == kind


def test_an_entry_that_tells_when_it_was_updated_bears_a_mark_of_change():
    atom = listing_of(feeds.ATOM, "application/atom+xml", "https://coast.example/feeds/atom")
    assert (atom.kind, atom.entries[0].change) == ("feed", "2026-11-22T10:00:00.000Z")
    assert {entry.change for entry in listing_of(feeds.RSS, "", feeds.RSS_URL).entries} == {""}
