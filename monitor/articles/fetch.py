"""Getting one page of a publisher: asked conditionally, its status judged, its kind checked."""

from dataclasses import dataclass

from monitor.answers import conditions, demand_success, header, not_understood
from monitor.articles.tracking import without_tracking
from monitor.feeds.read import what_is
from monitor.model.exchange import Exchange
from monitor.model.web import MayFollow, Web

ACCEPT = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, */*;q=0.5"

_READABLE = ("text/html", "application/xhtml+xml", "text/plain")
_UNTOLD = ("", "application/octet-stream", "application/xml", "text/xml", "application/unknown")


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """A page. `content` is decoded, and empty when nothing changed; `content_type` is the whole header."""

    exchange: Exchange
    content: bytes
    content_type: str
    not_modified: bool
    etag: str | None
    last_modified: str | None
    hops: tuple[str, ...] = ()
    """Every address asked, in order."""


def fetch_page(
    web: Web,
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    max_bytes: int | None = None,
    may_follow: MayFollow | None = None,
) -> FetchedArticle:
    """Whatever stands at an address: a page, a feed, or something else. Raises what its status means, with exchange.

    NotThere (404, 410), NotAllowed (401, 402, 403, 451), RateLimited (429), ServerTrouble (5xx), else NotUnderstood;
    and what the client raises: Refused, ServerTrouble, TooLarge, NotUnderstood.
    """
    headers = {"Accept": ACCEPT, **conditions(etag, last_modified)}
    fetched = web.fetch(url, headers=headers, max_bytes=max_bytes, may_follow=may_follow)
    exchange = fetched.exchange
    demand_success(exchange)
    unchanged = exchange.status == 304
    return FetchedArticle(
        exchange=exchange,
        content=b"" if unchanged else fetched.content,
        content_type=header(exchange, "Content-Type") or "",
        not_modified=unchanged,
        etag=header(exchange, "ETag") or (etag if unchanged else None),
        last_modified=header(exchange, "Last-Modified") or (last_modified if unchanged else None),
        hops=tuple(fetched.hops),
    )


def fetch_article(
    web: Web,
    url: str,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    may_follow: MayFollow | None = None,
) -> FetchedArticle:
    """`fetch_page`, and NotUnderstood for all that is no text for people: feeds, JSON, pictures, empty answers."""
    page = fetch_page(web, url, etag=etag, last_modified=last_modified, may_follow=may_follow)
    if not page.not_modified and not is_readable(page.content, page.content_type):
        seen = page.content_type or what_is(page.content)
        raise not_understood(f"{page.exchange.url_final} is no page to read, but {seen}", page.exchange)
    return page


def is_readable(content: bytes, content_type: str) -> bool:
    """Whether a page is HTML or plain text, by its type, and by its first bytes where the type tells little."""
    kind = content_type.split(";")[0].strip().lower()
    seen = what_is(content)
    if not content.strip() or seen in ("a feed", "a sitemap"):
        return False
    return kind in _READABLE or (kind in _UNTOLD and seen == "an HTML page")


def canonical_guess(url: str) -> str:
    """The address without what only tells how a reader came.

    A guess for recognising an address again; a page's own word for its address is better.
    """
    return without_tracking(url)
