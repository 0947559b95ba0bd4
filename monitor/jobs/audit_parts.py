"""The further sitemaps that an index names, for an audit: those that changed since it begins, and theirs in turn."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.errors import PostwatchError
from monitor.feeds.listing import MOST_BYTES, listing_of
from monitor.jobs.audit_manners import Manners
from monitor.jobs.context import Context
from monitor.jobs.open_target import Listed, Site, listed_in

if TYPE_CHECKING:
    from monitor.model.feed import Listing, Part

MOST_PARTS = 200
_DEEPEST = 2


def with_parts(context: Context, site: Site, since: datetime | None) -> tuple[Site, list[str]]:
    """The site with the articles of its parts, and why parts are missing: each that cannot be had costs itself."""
    if not site.parts:
        return site, []
    manners, troubles = Manners(context), list[str]()
    found: list[Listed] = list(site.listed)
    waiting, known = _wanted(site.parts, since), {site.url}
    for _ in range(_DEEPEST):
        deeper: list[Part] = []
        for part in waiting:
            if part.url in known:
                continue
            if len(known) > MOST_PARTS:
                troubles.append(f"more than {MOST_PARTS} parts: only the first are read; name one of them instead")
                return replace(site, listed=tuple(found), parts=()), troubles
            known.add(part.url)
            try:
                listing = _asked(context, manners, part.url)
            except PostwatchError as exc:
                troubles.append(context.masked(str(exc)))
                continue
            found += listed_in(listing.entries)
            deeper += _wanted(listing.parts, since)
        waiting = deeper
    return replace(site, listed=tuple(found), parts=()), troubles


def _asked(context: Context, manners: Manners, url: str) -> "Listing":
    from monitor.articles.fetch import fetch_page

    page = manners.in_turn(url, lambda: fetch_page(context.web, url, max_bytes=MOST_BYTES))
    return listing_of(page.content, page.content_type, page.exchange.url_final)


def _wanted(parts: "Iterable[Part]", since: datetime | None) -> "list[Part]":
    """Those that may hold something new. One that does not say when it changed may."""
    return [part for part in parts if since is None or part.updated_at is None or part.updated_at >= since]
