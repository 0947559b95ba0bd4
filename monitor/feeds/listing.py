"""A list of articles from bytes, whatever its kind: a feed, a sitemap, an index, WordPress's posts. `listing_of` is the call."""

from dataclasses import replace

from monitor import clock
from monitor.errors import NotUnderstood
from monitor.feeds.charset import as_utf8
from monitor.feeds.json_feed import json_of
from monitor.feeds.packed import unpacked
from monitor.feeds.read import feed_of, what_is
from monitor.feeds.sitemap import is_list_of_addresses, list_of_addresses, sitemap_of
from monitor.feeds.wordpress import posts_in
from monitor.model.feed import Entry, Listing

MOST_BYTES = 52_428_800
"""A list unpacked: the protocol of sitemaps allows fifty megabytes."""


def listing_of(content: bytes, content_type: str, base_url: str, most: int = MOST_BYTES) -> Listing:
    """The list, told by its content. Raises NotUnderstood, saying what came instead, and TooLarge."""
    plain, fault = unpacked(content, most)
    text, warning = as_utf8(plain, content_type)
    found = _read(text, plain, content_type, base_url)
    warnings = (*((fault,) if fault else ()), *((warning,) if warning else ()), *found.warnings)
    return replace(found, warnings=tuple(dict.fromkeys(warnings)), is_whole=found.is_whole and not fault)


def _read(text: bytes, plain: bytes, content_type: str, base_url: str) -> Listing:
    seen = what_is(text)
    if seen == "a sitemap":
        return sitemap_of(text, base_url)
    if seen == "JSON" and (posts := _wordpress(text, base_url)) is not None:
        return posts
    if seen == "something else" and is_list_of_addresses(text):
        return list_of_addresses(text, base_url)
    if seen not in ("a feed", "JSON"):
        raise NotUnderstood(f"{base_url} is no feed or sitemap, but {seen}")
    feed = feed_of(plain, content_type, base_url)
    return Listing("feed", tuple(_with_change(entry) for entry in feed.entries), warnings=feed.warnings)


def _wordpress(text: bytes, base_url: str) -> Listing | None:
    try:
        return posts_in(json_of(text), base_url)
    except ValueError:
        return None


def _with_change(entry: Entry) -> Entry:
    return entry if entry.updated_at is None else replace(entry, change=clock.text(entry.updated_at))
