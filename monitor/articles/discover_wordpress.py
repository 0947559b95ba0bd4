"""Asking a WordPress site for its posts by the REST API, one page of them at a time, those changed last first."""

from dataclasses import dataclass
from datetime import datetime

from monitor.answers import demand_success, header, not_understood
from monitor.errors import NotAllowed, NotThere, NotUnderstood
from monitor.feeds.json_feed import json_of
from monitor.feeds.read import what_is
from monitor.feeds.wordpress import code_of, page_url, posts_in
from monitor.model.exchange import Exchange
from monitor.model.feed import Listing
from monitor.model.web import Fetched, Web

_BEYOND = ("rest_post_invalid_page_number", "rest_invalid_page_number")


@dataclass(frozen=True, slots=True)
class FetchedPosts:
    """One page of posts. `is_last`: the site says, or shows, that none follow."""

    exchange: Exchange
    listing: Listing
    is_last: bool


def fetch_posts(web: Web, url: str, page: int, since: datetime | None) -> FetchedPosts:
    """The posts changed since then. A site older than WordPress 5.7 gives others too: the last page is then told by its dates.

    Raises as `demand_success` does; a site that does not show its API says so with what to watch instead.
    """
    fetched = web.fetch(page_url(url, page, since), headers={"Accept": "application/json"})
    exchange = fetched.exchange
    said = _json(fetched)
    if page > 1 and exchange.status == 400 and code_of(said) in _BEYOND:
        return FetchedPosts(exchange, Listing("wordpress", ()), is_last=True)
    try:
        demand_success(exchange)
    except (NotThere, NotAllowed) as error:
        told = type(error)(_closed(exchange, code_of(said)))
        told.exchange = exchange
        raise told from error
    listing = posts_in(said, exchange.url_final)
    if listing is None:
        raise not_understood(_closed(exchange, code_of(said) or what_is(fetched.content)), exchange)
    return FetchedPosts(exchange, listing, _is_last(exchange, listing, page, since))


def _json(fetched: Fetched) -> object:
    try:
        return json_of(fetched.content)
    except (ValueError, NotUnderstood):
        return None


def _is_last(exchange: Exchange, listing: Listing, page: int, since: datetime | None) -> bool:
    pages = header(exchange, "X-WP-TotalPages") or ""
    if not listing.entries or (pages.strip().isdigit() and page >= int(pages[:9])):
        return True
    oldest = listing.entries[-1].updated_at
    return since is not None and oldest is not None and oldest < since


def _closed(exchange: Exchange, why: str) -> str:
    told = f"status {exchange.status}{f', {why}' if why else ''}"
    return (
        f"{exchange.url_asked.partition('?')[0]} does not show the posts of a WordPress site ({told}): ask the site to open its REST API "
        "for posts, or watch its feed (/feed/) or its sitemap (/wp-sitemap.xml) instead"
    )
