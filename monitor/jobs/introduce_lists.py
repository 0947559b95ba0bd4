"""Lists of articles that somebody asks to watch: a sitemap, a WordPress site, a section page, a folder. Each is looked at once."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor import clock
from monitor.jobs.context import Context
from monitor.model.feed import Entry, Listing
from monitor.model.introduction import Introduction
from monitor.model.pattern import Pattern

if TYPE_CHECKING:
    from monitor.articles.fetch import FetchedArticle


def list_by_name(context: Context, what: str, kind: str, pattern: str) -> Introduction | None:
    """The folder that the words name, or the list that they are told to name; None when only its content can tell.

    Raises what looking at it raises, and NotUnderstood for what is no list.
    """
    from monitor.feeds.wordpress import is_route

    folder = _folder_url(what)
    if folder is not None:
        return _introduce_folder(folder)
    if "://" in what and (kind or pattern or is_route(what)):
        return _introduce_list(context, what, kind, pattern)
    return None


def list_of(page: "FetchedArticle", url: str) -> Introduction:
    """The list that an answer is: no page, and no feed."""
    from monitor.feeds.listing import listing_of

    return _said(url, listing_of(page.content, page.content_type, page.exchange.url_final), "")


def _folder_url(what: str) -> str | None:
    """The file:// address of a folder that the words name, None when they name none. A slash tells it from a handle."""
    if what.lower().startswith("file://"):
        from monitor.articles.discover_folder import folder_of

        return folder_of(what).as_uri()
    path = Path(what).expanduser()
    return path.absolute().as_uri() if "/" in what and path.is_dir() else None


def _introduce_folder(url: str) -> Introduction:
    from monitor.articles.discover_folder import files_in, folder_of

    files = list(files_in(folder_of(url)))
    fact = f"{len([f for f in files if not f.why_not])} files now"
    return Introduction("feed", "web", url, "a folder of articles", url, facts=(fact,))


def _introduce_list(context: Context, url: str, kind: str, pattern: str) -> Introduction:
    from monitor.articles.discover_list import fetch_list
    from monitor.articles.discover_wordpress import fetch_posts
    from monitor.feeds.wordpress import is_route

    context.wait_turn(url)
    if kind == "wordpress" or (not kind and is_route(url)):
        return _said(url, fetch_posts(context.web, url, 1, None).listing, pattern)
    fetched = fetch_list(context.web, url, context.reader.links, kind=kind, has_pattern=bool(pattern))
    return _said(url, fetched.listing or Listing("feed", ()), pattern)


def is_large_by_name(url: str) -> bool:
    """Whether an address is that of a list which may be larger than any page."""
    return urlsplit(url).path.lower().endswith((".xml", ".xml.gz", ".gz", ".txt"))


def _said(url: str, listing: Listing, pattern: str) -> Introduction:
    from monitor.articles.discover_list import WORDS

    facts = [f"{len(listing.parts)} sitemaps" if listing.kind == "index" else f"{len(listing.entries)} entries"]
    if pattern:
        wanted = Pattern(pattern)
        fitting = [e for e in listing.entries if e.url and wanted.fits(e.url)]
        facts.append(f"{len(fitting)} of them fit {pattern}{f', such as {fitting[0].url}' if fitting else ''}")
    facts += listing.warnings
    rate = _rate(listing.entries, clock.now())
    return Introduction("feed", "web", url, WORDS[listing.kind], url, facts=tuple(facts), items_a_day=rate)


def _rate(entries: Sequence[Entry], now: datetime) -> float | None:
    times = sorted(e.published_at for e in entries if e.published_at is not None and e.published_at <= now)
    return len(times) / max((now - times[0]).total_seconds() / 86_400, 1 / 24) if len(times) > 1 else None
