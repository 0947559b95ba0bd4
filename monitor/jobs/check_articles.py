"""Checking what articles cite.

1. An article is fetched or read from a file; the posts that it cites are listed with their places.
2. Their platforms are asked, side by side, for as long as our patience lasts. What is left then is "not answered", never gone.
3. Each answer is held against the copy in our home, where there is one.
"""

import time
import zlib
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import clock
from monitor.articles.fetch import canonical_guess
from monitor.errors import NotThere, NotUnderstood
from monitor.jobs.ask_platforms import Asker, posted_at
from monitor.jobs.context import Context
from monitor.model.article import Reading
from monitor.model.availability import Cited, Seen, not_answered
from monitor.model.check import Article, Checked, Citing, Copy
from monitor.platforms.availability import says_otherwise
from monitor.store import words_links
from monitor.store.holdings import copy_of
from monitor.waiting import first_done

if TYPE_CHECKING:
    from monitor.articles.bounded import BoundedReader
    from monitor.articles.fetch import FetchedArticle

LARGEST_PAGE = 32 * 1024 * 1024
"""Bytes of a page that `check` reads, at least."""
_SIDE_BY_SIDE = 24
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class Read:
    """An article, with what it was read from: `page` is None for a file."""

    article: Article
    reading: Reading | None
    page: "FetchedArticle | None" = None
    asked: str = ""
    """The address that was asked for."""


def fetched(context: Context, reader: "BoundedReader", page: "FetchedArticle", asked: str) -> Read:
    """The article of a page that was fetched."""
    final = page.exchange.url_final
    reading = reader.read_page(page.content, url=final, content_type=page.content_type)
    article = article_of(reading, canonical_guess(reading.url or final))
    return Read(with_confirmed(context, article), reading, page, asked)


def with_confirmed(context: Context, article: Article) -> Article:
    """The article with the posts, too, of which somebody confirmed in our home that its words speak of them."""
    if not context.settings.database.exists():
        return article
    known = {key(citing.cited) for citing in article.citing}
    rows = words_links.confirmed_of(context.store, article.url)
    told = tuple(
        Citing(
            Cited(row["platform"], row["post_id"], row["url"], row["handle"]), "mention", row["paragraph"], row["place"]
        )
        for row in rows
        if (row["platform"], row["post_id"]) not in known
    )
    return replace(article, citing=(*article.citing, *told), mentions=max(0, article.mentions - len(told)))


def from_file(reader: "BoundedReader", path: str, base_url: str | None) -> Read:
    """The article in a file: HTML or text, gzipped or not. Raises NotThere or NotUnderstood."""
    from monitor.articles.inspecting import content_of, reading_of

    try:
        content = content_of(Path(path))
    except (OSError, EOFError, zlib.error) as exc:
        kind = NotThere if isinstance(exc, FileNotFoundError) else NotUnderstood
        raise kind(f"{path} cannot be read: {getattr(exc, 'strerror', None) or 'damaged gzip file'}") from exc
    reading = reading_of(reader, path, content, base_url)
    return Read(article_of(reading, reading.url or base_url or path), reading)


def article_of(reading: Reading, url: str) -> Article:
    """What is checked of a reading: citations that lead to a post, and are none of doubt."""
    citing = tuple(
        Citing(
            Cited(c.platform, c.post_id, c.url, c.handle),
            c.kind,
            c.places[0].paragraph,
            c.places[0].where,
            c.places[0].text,
        )
        for c in reading.citations
        if c.post_id and c.url and c.confidence >= _SURE
    )
    mentions = sum(c.post_id is None for c in reading.citations)
    return Article(url, reading.title, reading.published_at, citing, mentions)


def cited_by(articles: Iterable[Article]) -> list[Cited]:
    """Each cited post once, in the order of the articles."""
    found: dict[tuple[str, str], Cited] = {}
    for article in articles:
        for citing in article.citing:
            found.setdefault(key(citing.cited), citing.cited)
    return list(found.values())


def key(cited: Cited) -> tuple[str, str]:
    """What makes two cited posts the same."""
    return cited.platform, cited.post_id


def ask_all(asker: Asker, cited: Iterable[Cited], seconds: float) -> dict[tuple[str, str], Seen]:
    """What became of each post, within so many seconds."""
    until = time.monotonic() + seconds
    pool = ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="ask")
    waiting: dict[Future[Seen], Cited] = {pool.submit(asker.ask, one): one for one in cited}
    found: dict[tuple[str, str], Seen] = {}
    try:
        while waiting and (left := until - time.monotonic()) > 0:
            done = first_done(waiting, left)
            for future in done:
                one = waiting.pop(future)
                found[key(one)] = future.result()
    finally:
        if waiting:
            asker.stop.set()
        pool.shutdown(wait=not waiting, cancel_futures=True)
    for one in waiting.values():
        found[key(one)] = not_answered("network", f"no answer within {seconds:g} seconds ([check] patience)")
    return found


def checked(
    context: Context, articles: Iterable[Article], seen: Mapping[tuple[str, str], Seen], *, home: bool
) -> list[Checked]:
    """Each citation with what became of its post, and with our copy where there is a home that keeps one."""
    copies: dict[tuple[str, str], Copy | None] = {}
    rows = []
    for article in articles:
        for citing in article.citing:
            one = key(citing.cited)
            if one not in copies:
                copies[one] = copy_of(context.store, *one) if home else None
            copy, answer = copies[one], seen[one]
            if copy and answer.state == "live" and says_otherwise(citing.cited.platform, copy.text, answer):
                answer = answer.changed(f"it says something else than our copy of {clock.text(copy.seen_at)[:10]}")
            rows.append(Checked(article.url, citing, answer, posted_at(citing.cited, answer), copy))
    return rows
