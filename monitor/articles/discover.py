"""Finding articles: the entries of a feed, and the feeds that a page names."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from monitor.articles.fetch import fetch_page
from monitor.errors import NotUnderstood
from monitor.feeds.addresses import absolute
from monitor.feeds.read import feed_of, what_is
from monitor.model.exchange import Exchange
from monitor.model.feed import Entry, Feed
from monitor.model.web import Web

__all__ = ["Entry", "Feed", "FetchedFeed", "entries_of", "feeds_in_page", "fetch_feed"]

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_HEAD = 200_000
"""Bytes of a page in which its <head> is looked for: parsers take quadratic time over hostile markup."""
_MOST_HINTS = 10
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FetchedFeed:
    """A feed as it was answered; `feed` is None when nothing changed since the validators were given."""

    exchange: Exchange
    feed: Feed | None
    etag: str | None
    last_modified: str | None
    content: bytes = b""
    hops: tuple[str, ...] = ()


def entries_of(content: bytes, content_type: str, base_url: str) -> Feed:
    """The feed, newest entry first; those without a date come last, in the order of the feed.

    Raises NotUnderstood, which says what the content is instead and, of an HTML page, which feeds it names.
    """
    try:
        feed = feed_of(content, content_type, base_url)
    except NotUnderstood as error:
        hints = feeds_in_page(content, base_url) if what_is(content) == "an HTML page" else ()
        if not hints:
            raise
        raise NotUnderstood(f"{error}; it names these feeds: {', '.join(hints)}") from error
    return replace(feed, entries=tuple(sorted(feed.entries, key=lambda entry: entry.dated_at or _NEVER, reverse=True)))


def fetch_feed(web: Web, url: str, etag: str | None = None, last_modified: str | None = None) -> FetchedFeed:
    """Asks for a feed, conditionally where validators are known. Raises as `fetch_page` and `entries_of` do."""
    page = fetch_page(web, url, etag=etag, last_modified=last_modified)
    feed = None
    if not page.not_modified:
        try:
            feed = entries_of(page.content, page.content_type, page.exchange.url_final)
        except NotUnderstood as error:
            error.exchange = page.exchange
            raise
    return FetchedFeed(page.exchange, feed, page.etag, page.last_modified, page.content, page.hops)


def feeds_in_page(content: bytes, base_url: str) -> tuple[str, ...]:
    """The addresses of the feeds that an HTML page names in its head, at most ten, in its order."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        root = document_fromstring(content[:_HEAD], parser=HTMLParser(huge_tree=False, no_network=True))
    except (etree.LxmlError, ValueError):
        return ()
    base = next((absolute(base_url, element.get("href")) for element in root.iter("base")), None) or base_url
    found: dict[str, None] = {}
    for link in root.iter("link"):
        if "alternate" in link.get("rel", "").lower().split() and link.get("type", "").lower().strip() in _FEED_TYPES:
            address = absolute(base, link.get("href"))
            if address:
                found[address] = None
    return tuple(found)[:_MOST_HINTS]
