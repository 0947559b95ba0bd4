"""Asking a site for a list of its articles: a feed, a sitemap, a section page's links. `fetch_list` is the call."""

from collections.abc import Callable
from dataclasses import dataclass

from monitor.articles.discover import feeds_in_page
from monitor.articles.fetch import FetchedArticle, fetch_page
from monitor.errors import NotUnderstood, PostwatchError
from monitor.feeds.listing import MOST_BYTES, listing_of
from monitor.feeds.read import what_is
from monitor.model.exchange import Exchange
from monitor.model.feed import Entry, Listing
from monitor.model.web import Web

LinksOf = Callable[[bytes, str, str], list[tuple[str, str]]]
"""From a page, its address and its content type: the links of its main part and their words."""

WANTED = {
    "feed": ("feed",),
    "sitemap": ("sitemap", "index"),
    "wordpress": ("wordpress",),
    "page": ("page",),
}
"""By the `kind` of a watch: the kinds of list that it may be."""
_INSTEAD = {
    "feed": "leave kind out, or name the address of its feed",
    "sitemap": "the site's robots.txt may name its sitemaps; else try /sitemap.xml or /news-sitemap.xml",
    "wordpress": "leave kind out, or watch the site's feed (/feed/) or sitemap (/wp-sitemap.xml)",
    "page": "leave kind out",
}


@dataclass(frozen=True, slots=True)
class FetchedList:
    """A list as it was answered; `listing` is None when nothing changed since the validators were given."""

    exchange: Exchange
    listing: Listing | None
    etag: str | None
    last_modified: str | None


def fetch_list(
    web: Web,
    url: str,
    links_of: LinksOf,
    *,
    kind: str = "",
    has_pattern: bool = False,
    etag: str | None = None,
    last_modified: str | None = None,
) -> FetchedList:
    """Asks for a list, conditionally where validators are known. Its kind is told by what comes, unless `kind` forces it.

    Raises as `fetch_page` does, and NotUnderstood for what is no list, saying what to do. The links of an HTML page are a
    list where there is a pattern for them.
    """
    page = fetch_page(web, url, etag=etag, last_modified=last_modified, max_bytes=MOST_BYTES)
    listing = None
    if not page.not_modified:
        try:
            listing = _listing(page, links_of, kind, has_pattern=has_pattern)
        except PostwatchError as error:
            error.exchange = page.exchange
            raise
    return FetchedList(page.exchange, listing, page.etag, page.last_modified)


def _listing(page: FetchedArticle, links_of: LinksOf, kind: str, *, has_pattern: bool) -> Listing:
    url = page.exchange.url_final
    is_page = what_is(page.content) == "an HTML page"
    if is_page and (kind == "page" or (has_pattern and not kind)):
        found = links_of(page.content, url, page.content_type)
        return Listing("page", tuple(Entry(address, address, words) for address, words in found))
    if is_page and kind != "feed":
        raise NotUnderstood(_of_page(page, url, kind))
    listing = listing_of(page.content, page.content_type, url)
    if kind and listing.kind not in WANTED[kind]:
        raise NotUnderstood(f'{url} is {_words(listing)}, not what kind = "{kind}" says: {_INSTEAD[kind]}')
    return listing


def _of_page(page: FetchedArticle, url: str, kind: str) -> str:
    if kind:
        return f'{url} is an HTML page, not what kind = "{kind}" says: {_INSTEAD[kind]}'
    feeds = feeds_in_page(page.content, url)
    named = f"it names these feeds: {', '.join(feeds)}" if feeds else "it names no feed"
    return f"{url} is no feed or sitemap, but an HTML page; {named}. To watch its links, give a pattern for them"


def _words(listing: Listing) -> str:
    return WORDS[listing.kind]


WORDS = {
    "feed": "a feed of articles",
    "sitemap": "a sitemap",
    "index": "an index of sitemaps",
    "wordpress": "the posts of a WordPress site",
    "page": "a page with links to articles",
}
