"""Feeds as a feed reader reads them."""

import feedparser

from monitor.alert.atom import Entry, feed_of

ENTRY = Entry(
    "tag:news.example.org,2026-11-24:post/x/179",
    "@harbour_desk: A <closed> bridge & more\x00",
    "https://x.example.org/harbour_desk/status/179",
    "2026-11-24T12:00:00.000Z",
    "2026-11-23T12:00:00.000Z",
    "@harbour_desk",
    "A <closed> bridge \ud800\x0b",
)


def test_a_feed_reader_reads_what_was_written() -> None:
    feed = feed_of(
        "tag:news.example.org,2026-11-24:search/b",
        "Bridges",
        [ENTRY],
        updated_at="2026-01-01T00:00:00.000Z",
        self_url="https://desk.example.org/f",
    )
    read = feedparser.parse(feed.body)
    assert not read.bozo
    assert (read.feed.id, read.feed.title) == ("tag:news.example.org,2026-11-24:search/b", "Bridges")
    assert read.feed.updated == feed.updated_at == ENTRY.updated_at
    (entry,) = read.entries
    assert (entry.id, entry.link, entry.updated, entry.published, entry.author) == (
        ENTRY.id,
        ENTRY.url,
        ENTRY.updated_at,
        ENTRY.published_at,
        ENTRY.author,
    )
    assert entry.title == "@harbour_desk: A <closed> bridge & more�"
    assert "<closed>" in entry.summary


def test_the_same_entries_are_the_same_bytes_and_an_empty_feed_is_a_feed() -> None:
    same = [feed_of("tag:a,2026-01-01:s", "A", [ENTRY], updated_at="2026-01-01T00:00:00Z") for _ in range(2)]
    assert same[0] == same[1]
    empty = feed_of("tag:a,2026-01-01:s", "A", [], updated_at="2026-01-01T00:00:00Z")
    assert empty.etag != same[0].etag
    assert not feedparser.parse(empty.body).bozo
    assert feedparser.parse(empty.body).feed.updated == "2026-01-01T00:00:00Z"


def test_what_is_no_web_address_becomes_no_link() -> None:
    hostile = Entry("tag:a,2026-01-01:x", "t", "javascript:alert(1)", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
    assert b"javascript" not in feed_of("tag:a,2026-01-01:s", "A", [hostile], updated_at="2026-01-01T00:00:00Z").body
