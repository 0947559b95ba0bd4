"""What `check` is pointed at: an article, one post, or a site's list of articles: a feed, a sitemap, WordPress's posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor.errors import NotUnderstood, WrongUse
from monitor.jobs import check_articles
from monitor.jobs.check_articles import Read
from monitor.jobs.context import Context
from monitor.model.availability import Cited
from monitor.model.check import Article, Citing
from monitor.platforms import address_of

if TYPE_CHECKING:
    from monitor.articles.bounded import BoundedReader
    from monitor.articles.fetch import FetchedArticle
    from monitor.model.feed import Entry, Feed, Part

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Listed:
    """An article that a site lists; `dated_at` None where the list does not tell."""

    url: str
    dated_at: datetime | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A site's list of articles, newest first; of an index of sitemaps the parts that are still to be asked for."""

    url: str
    title: str
    listed: tuple[Listed, ...]
    parts: "tuple[Part, ...]" = ()

    def since(self, moment: datetime | None, limit: int | None) -> tuple[Listed, ...]:
        """The articles since a moment, each once, newest first, at most so many. One without a date counts as new."""
        each: dict[str, Listed] = {}
        for one in self.listed:
            if moment is None or one.dated_at is None or one.dated_at >= moment:
                each.setdefault(one.url, one)
        ordered = sorted(each.values(), key=lambda one: one.dated_at or _NEVER, reverse=True)
        return tuple(ordered if limit is None else ordered[:limit])


def opened(context: Context, reader: "BoundedReader", target: str, base_url: str | None) -> Read | Site:
    """What stands at an address or in a file. Raises errors of our tree that say what it is instead."""
    if not target.lower().startswith(("http://", "https://")):
        return _file(reader, target, base_url)
    post = address_of(target)
    if post is not None:
        citing = Citing(Cited(post.platform, post.post_id, post.url, post.handle), "link", None)
        return Read(Article(target, citing=(citing,)), None)
    from monitor.articles.fetch import fetch_page

    context.wait_turn(target)
    return _page(reader, fetch_page(context.web, target), target, context)


def _file(reader: "BoundedReader", path: str, base_url: str | None) -> Read | Site:
    from monitor.feeds.read import what_is

    if Path(path).is_file():
        with Path(path).open("rb") as file:
            start = file.read(16_384)
        if what_is(start) == "a feed":
            return _site(Path(path).read_bytes(), "", base_url or path)
    return check_articles.from_file(reader, path, base_url)


def _page(reader: "BoundedReader", page: "FetchedArticle", target: str, context: Context) -> Read | Site:
    from monitor.articles.kind import recognise
    from monitor.feeds.read import what_is

    final = page.exchange.url_final
    kind = recognise(final, page.content_type, page.content)
    if kind == "article":
        return check_articles.fetched(context, reader, page, target)
    if kind == "feed":
        return _site(page.content, page.content_type, final)
    if kind == "list":
        return _of_list(page, final)
    if kind == "post_feed":
        raise WrongUse(
            f"{target} is a feed of an account's posts, not of articles: `postwatch add {target}` watches it"
        )
    raise NotUnderstood(f"{final} is no page to read, but {page.content_type or what_is(page.content)}")


def _site(content: bytes, content_type: str, url: str) -> Site:
    from monitor.articles.discover import entries_of

    feed: Feed = entries_of(content, content_type, url)
    return Site(url, feed.title, listed_in(feed.entries))


def _of_list(page: "FetchedArticle", url: str) -> Site:
    from monitor.feeds.listing import listing_of

    listing = listing_of(page.content, page.content_type, url)
    return Site(url, urlsplit(url).hostname or url, listed_in(listing.entries), listing.parts)


def listed_in(entries: "Sequence[Entry]") -> tuple[Listed, ...]:
    """The articles of a list's entries."""
    return tuple(Listed(e.url, e.dated_at, e.title) for e in entries if e.url)
