"""Reading an article.

1. Fetch the page, with its validators when we read it before.
2. Keep the exchange as a WARC in the vault, durable before any row names it.
3. Read text, dates and citations in a bounded worker.
4. Store a version if anything changed; link its citations; ask for cited posts that we do not know; tell what is new.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from monitor import clock
from monitor.errors import PostwatchError
from monitor.faults import point
from monitor.jobs import article_changes, ask_robots, follow_short_links
from monitor.jobs.context import Context
from monitor.jobs.telling import new_citation, tell
from monitor.model.article import Reading
from monitor.model.exchange import Exchange
from monitor.model.media import Kept, Probe
from monitor.model.web import MayFollow
from monitor.store import (
    article_turns,
    articles,
    captures,
    contents,
    left_out,
    links,
    media,
    posts,
    scoring,
    sights,
    watches,
)
from monitor.store.articles import NewCitation, Origin
from monitor.store.jobs import enqueue
from monitor.store.watches import Order, Watch
from monitor.watching import cadence

if TYPE_CHECKING:
    from monitor.articles.fetch import FetchedArticle

LOOK_UP_EVERY = 86_400
SURE = 0.5
"""The confidence from which on a find counts as a citation."""


def run_watch(context: Context, watch: Watch) -> None:
    """One look at an article that is watched by itself."""
    assert watch.url
    origin = Origin(None, watch.own, watch.desk, watch.tags)
    read(context, watch.url, origin, silent=False)
    watches.looked(context.store, watch, clock.now())


def run(context: Context, payload: Mapping[str, object]) -> None:
    """Reads an article that a list named, unless the robots.txt of its site, or of one that it redirects to, forbids it."""
    watch = watches.find(context.store, int(str(payload["watch"])))
    origin = Origin(watch.id, watch.own, watch.desk, watch.tags) if watch else Origin()
    url, silent = str(payload["url"]), bool(payload.get("silent"))
    may_read = partial(ask_robots.demand_allowed, context)
    try:
        may_read(url)
        read(context, url, origin, silent=silent, may_follow=may_read)
    except ask_robots.Forbidden as exc:
        ask_robots.note(context, url, origin.watch_id, exc, silent=silent)


def read(context: Context, url: str, origin: Origin, *, silent: bool, may_follow: MayFollow | None = None) -> None:
    """Fetches, keeps, reads and links one article. Raises errors of our tree; the exchange is kept with them.

    `may_follow` is told where redirects lead, and raises where we must not go.
    """
    from monitor.articles.fetch import fetch_article

    etag, last_modified = articles.conditions(context.store, url)
    context.wait_turn(url)
    try:
        page = fetch_article(context.web, url, etag=etag, last_modified=last_modified, may_follow=may_follow)
    except PostwatchError as exc:
        context.record_failure(f"article:{url}", exc)
        raise
    now = clock.now()
    if page.not_modified:
        _note_unchanged(context, url, page, now)
        return
    reading = context.reader.read_page(page.content, url=page.exchange.url_final, content_type=page.content_type)
    if context.options.articles.resolve_short_links:
        reading = follow_short_links.followed(context, reading, partial(_note_short_link, context))
    keep(context, url, page, reading, origin, silent=silent)


def _note_short_link(context: Context, link: str, exchange: Exchange) -> None:
    captures.record(context.store, exchange, subject=f"short_link:{link}", asked_by=context.agent)


def keep(context: Context, url: str, page: "FetchedArticle", reading: Reading, origin: Origin, *, silent: bool) -> None:
    """Keeps and links an article that was fetched from `url` and read."""
    warc = _keep_warc(context, page)
    with context.store.change():
        _store(context, url, page, reading, warc, origin, silent=silent)


def _note_unchanged(context: Context, url: str, page: "FetchedArticle", now: datetime) -> None:
    store = context.store
    article_id = articles.find(store, url)
    with store.change():
        captures.record(store, page.exchange, subject=f"article:{url}", asked_by=context.agent)
        if article_id is not None:
            articles.note_read(store, article_id, page.etag, page.last_modified, now)
            article_changes.plan_next(context, article_id)


def _keep_warc(context: Context, page: "FetchedArticle") -> Kept:
    from monitor.articles.warc import warc_bytes

    kept = context.vault.keep_bytes(warc_bytes(page.exchange))
    point("article.before_row")
    return kept


def _store(
    context: Context, url: str, page: "FetchedArticle", reading: Reading, warc: Kept, origin: Origin, *, silent: bool
) -> None:
    from monitor.articles.fetch import canonical_guess

    store, now = context.store, clock.now()
    canonical = canonical_guess(reading.url or page.exchange.url_final)
    addresses = tuple(dict.fromkeys((url, page.exchange.url_final, canonical_guess(url))))
    article_id = articles.ensure(store, canonical, addresses, origin, now)
    if silent:
        scoring.keep_silent(store, article_id)
    canonical = str(store.value("SELECT url FROM article WHERE id = ?", article_id))
    media.add_object(store, warc, Probe("unknown", "application/warc", "warc.gz"), now)
    capture_id = captures.record(
        store,
        page.exchange,
        subject=f"article:{canonical}",
        asked_by=context.agent,
        keep_body=False,
        file_sha256=warc.sha256,
    )
    known = article_turns.before(store, article_id)
    new = articles.add_version(
        store,
        article_id,
        reading,
        body_sha256=contents.sha256(page.exchange.body),
        warc_sha256=warc.sha256,
        capture_id=capture_id,
        now=now,
    )
    articles.note_read(store, article_id, page.etag, page.last_modified, now)
    left_out.end_of(store, url, now)
    _link(context, new, now)
    if not silent:
        _tell(context, new, canonical, reading.title, article_id, origin)
        article_changes.tell_changes(context, article_id, known, reading)
    article_changes.plan_next(context, article_id)


def _link(context: Context, new: Sequence[NewCitation], now: datetime) -> None:
    """Links what can be linked; each cited post that we do not know becomes a watch of its own and a job."""
    for platform, post_id in dict.fromkeys(links.resolve(context.store, [n.row for n in new], now)):
        citation = next(n.citation for n in new if (n.citation.platform, n.citation.post_id) == (platform, post_id))
        ask_for(context, platform, post_id, citation.url, now)
    for item in new:
        observe(context, item, now)


def observe(context: Context, item: NewCitation, now: datetime) -> None:
    """A post that an article cites for certain is looked at again and again from now on."""
    cited = item.citation
    if cited.post_id is None or cited.confidence < SURE:
        return
    row = posts.find(context.store, cited.platform, cited.post_id)
    first = context.store.value_text("SELECT post_id FROM post WHERE id = ?", row) if row else cited.post_id
    for media_id in media.want_again(context.store, row, now) if row is not None else ():
        enqueue(context.store, "fetch_media", str(media_id), {"media": media_id}, now=now, priority=3)
    sights.ensure(
        context.store, cited.platform, str(first), cited.url, row, now, now + cadence.interval(timedelta(0), close=True)
    )


def ask_for(context: Context, platform: str, post_id: str, url: str | None, now: datetime) -> None:
    """Makes a cited post a watch of its own, and queues the job that looks it up."""
    order = Order("post", platform, f"{platform}:{post_id}", LOOK_UP_EVERY, url=url, post_id=post_id)
    watch_id = watches.put(context.store, order, origin="citation", place="", now=now)
    if platform == "x" and context.settings.secrets.x_token:
        enqueue(context.store, "look_up_posts", "x", now=now, priority=2)
    else:
        enqueue(context.store, "look_up_post", order.target, {"watch": watch_id}, now=now, priority=3)


def _tell(
    context: Context, new: Sequence[NewCitation], url: str, title: str | None, article_id: int, origin: Origin
) -> None:
    own = bool(context.store.value("SELECT own FROM article WHERE id = ?", article_id))
    for item in new:
        if item.citation.confidence >= 0.5 and item.citation.kind != "mention":
            tell(context, new_citation(item.citation, url, title, own=own, tags=origin.tags))
