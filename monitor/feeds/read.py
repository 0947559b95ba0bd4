"""Which kind of feed some bytes are, if any, and what it says. `feed_of` is what a reader came for."""

import re
from dataclasses import replace

from monitor.errors import NotUnderstood
from monitor.feeds.charset import as_utf8
from monitor.feeds.json_feed import json_feed
from monitor.feeds.xml_feed import xml_feed
from monitor.model.feed import Feed

MOST_ENTRIES = 500
"""More entries are not read."""

_ROOT = re.compile(
    rb"<(?:[\w.-]{1,20}:)?(rss|feed|rdf|channel|html|body|head|urlset|sitemapindex|svg)\b", re.IGNORECASE
)
_DOCTYPE = re.compile(rb"<!doctype\s+html", re.IGNORECASE)
_FEED_ROOTS = (b"rss", b"feed", b"rdf", b"channel")
_LOOKED_AT = 16_384
_LONG_TAG = re.compile(rb"<[^<>!?][^<>]{2000,}")
_MOST_ATTRIBUTES = 400
"""feedparser takes quadratic time over the attributes of a tag: two minutes for 100,000."""


def feed_of(content: bytes, content_type: str, base_url: str) -> Feed:
    """The feed, entries in its own order, at most MOST_ENTRIES. Raises NotUnderstood, saying what came instead.

    `content_type` is the whole header; addresses are made absolute with `base_url`, the address that was answered.
    """
    text, warning = as_utf8(content, content_type)
    seen = what_is(text)
    feed = None
    if seen == "JSON":
        feed = json_feed(text, base_url, MOST_ENTRIES)
    elif seen == "a feed" and _is_hostile(text):
        raise NotUnderstood(
            f"{base_url} is a feed with a tag of more than {_MOST_ATTRIBUTES} attributes; it is not read"
        )
    elif seen == "a feed":
        feed = xml_feed(text, base_url, MOST_ENTRIES)
    if feed is None:
        raise NotUnderstood(f"{base_url} is no feed, but {'an unreadable one' if seen == 'a feed' else seen}")
    warnings = (*((warning,) if warning else ()), *feed.warnings)
    # In text that was converted, an entry's place tells nothing of the bytes as served.
    entries = feed.entries if text == content else tuple(replace(entry, span=None) for entry in feed.entries)
    return replace(feed, entries=entries, warnings=warnings)


def what_is(text: bytes) -> str:
    """Words for what UTF-8 text seems to be: "a feed", "an HTML page", "JSON", "a sitemap", "an empty answer", ..."""
    head = text[:_LOOKED_AT].lstrip()
    if not head:
        return "an empty answer"
    if head.startswith((b"{", b"[")):
        return "JSON"
    if _DOCTYPE.match(head):
        return "an HTML page"
    root = _ROOT.search(head)
    name = root.group(1).lower() if root else b""
    if name in _FEED_ROOTS:
        return "a feed"
    if name in (b"html", b"head", b"body"):
        return "an HTML page"
    if name in (b"urlset", b"sitemapindex"):
        return "a sitemap"
    return "XML of another kind" if head.startswith(b"<?xml") else "something else"


def _is_hostile(text: bytes) -> bool:
    return any(tag.group().count(b"=") > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(text))
