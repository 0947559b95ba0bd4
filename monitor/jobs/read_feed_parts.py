"""The further parts of a list, a job each: the sitemaps of an index, the pages of a WordPress site's posts.

Of an index only those sitemaps are asked for whose lastmod has moved, or that have none (conditionally); what a look does
not get to, the next one does. An index that names itself, or another in a circle, is read once a look.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from monitor import clock
from monitor.errors import PostwatchError, TryLater
from monitor.jobs.context import Context, pair_of
from monitor.jobs.fetch_lists import fetch, record, tell_first_look
from monitor.jobs.take_entries import take, window_start
from monitor.model.feed import Listing, Part
from monitor.store import feeds, watches
from monitor.store.feeds import KnownPart
from monitor.store.jobs import enqueue, open_jobs
from monitor.store.watches import Watch

MOST_PARTS = 50
"""Sitemaps that one look at an index reads, those in indexes that it names included."""
DEEPEST = 3
MOST_PAGES = 500
"""Pages of a hundred posts that one look at a WordPress site follows."""
_PRIORITY = 3
_LEFT_ALONE = timedelta(hours=6)
"""How long a sitemap that could not be read is not asked for again."""
_OVERLAP = timedelta(minutes=1)


def run(context: Context, payload: Mapping[str, object]) -> None:
    """Reads one part."""
    watch = watches.find(context.store, int(str(payload["watch"])))
    if watch is None or watch.state == "paused":
        return
    if "page" in payload:
        _read_posts(context, watch, payload)
    else:
        _read_sitemap(context, watch, payload)


def queue_all(context: Context, watch: Watch, parts: Sequence[Part] | None, began: datetime, *, first: bool) -> int:
    """Queues the sitemaps of the watched index that are to be read; gives how many. `parts` None: it has not changed."""
    if parts is not None:
        _take_down(context, watch, str(watch.url), parts, began, first=first, old=first)
    known = feeds.parts(context.store, watch.id)
    return _queue(context, watch, [p for p in known.values() if _depth(p, known) <= DEEPEST], began, first=first)


def _queue_of(
    context: Context, watch: Watch, parent: KnownPart, parts: Sequence[Part], began: datetime, *, first: bool
) -> None:
    """The same of an index that is itself a part."""
    if _depth(parent, feeds.parts(context.store, watch.id)) < DEEPEST:
        _take_down(context, watch, parent.url, parts, began, first=first, old=first or parent.old)
        known = feeds.parts(context.store, watch.id)
        _queue(context, watch, [p for p in known.values() if p.parent == parent.url], began, first=first)


def _take_down(
    context: Context, watch: Watch, parent: str, parts: Sequence[Part], began: datetime, *, first: bool, old: bool
) -> None:
    found = [p for p in parts if p.url not in (watch.url, parent)]
    feeds.list_parts(context.store, watch.id, parent, found, old=old)
    start = window_start(watch.backfill, began)
    if first and start is not None:
        too_old = [p.url for p in found if p.updated_at is not None and p.updated_at < start]
        feeds.pass_over(context.store, watch.id, too_old)


def _depth(part: KnownPart, known: Mapping[str, KnownPart]) -> int:
    depth, above = 1, known.get(part.parent)
    while above is not None and depth <= DEEPEST:
        depth, above = depth + 1, known.get(above.parent)
    return depth


def _queue(context: Context, watch: Watch, parts: Sequence[KnownPart], began: datetime, *, first: bool) -> int:
    store = context.store
    left = (
        MOST_PARTS - feeds.parts_read_since(store, watch.id, began) - open_jobs(store, "read_feed_part", f"{watch.id}:")
    )
    wanted = _wanted(parts, began)[: max(0, left)]
    for part in wanted:
        payload = {"watch": watch.id, "url": part.url, "mark": part.listed, "began": clock.text(began), "first": first}
        _enqueue(context, watch, part.url, payload)
    return len(wanted)


def _wanted(parts: Sequence[KnownPart], began: datetime) -> list[KnownPart]:
    """Those that changed, or may have: the newest change first, then what was read longest ago."""

    def is_wanted(part: KnownPart) -> bool:
        if (part.not_before is not None and part.not_before > began) or (
            part.read_at is not None and part.read_at >= began
        ):
            return False
        return part.read is None or not part.listed or part.listed != part.read

    found = [part for part in parts if is_wanted(part)]
    found.sort(key=lambda part: clock.text_or_none(part.read_at) or "")
    return sorted(found, key=lambda part: part.listed, reverse=True)


def _enqueue(context: Context, watch: Watch, url: str, payload: Mapping[str, object]) -> None:
    now, host = clock.now(), pair_of(url)
    enqueue(context.store, "read_feed_part", f"{watch.id}:{url}", payload, now=now, host=host, priority=_PRIORITY)


def _read_sitemap(context: Context, watch: Watch, payload: Mapping[str, object]) -> None:
    store, url = context.store, str(payload["url"])
    known = feeds.part(store, watch.id, url)
    if known is None:
        return
    try:
        fetched = fetch(context, watch, url, known.etag, known.last_modified, is_part=True)
    except TryLater:
        raise
    except PostwatchError:
        feeds.part_failed(store, watch.id, url, clock.now() + _LEFT_ALONE)
        raise
    with store.change():
        record(context, watch, fetched.exchange)
        is_all = fetched.listing is None or _take_sitemap(context, watch, known, fetched.listing, payload)
        mark, etag, modified = (
            (str(payload["mark"]), fetched.etag, fetched.last_modified) if is_all else ("", None, None)
        )
        feeds.part_read(store, watch.id, url, mark, etag, modified, clock.now())


def _take_sitemap(
    context: Context, watch: Watch, known: KnownPart, listing: Listing, payload: Mapping[str, object]
) -> bool:
    """Takes what a sitemap names; whether that is all of it."""
    store, first, began = context.store, bool(payload["first"]), clock.parse(str(payload["began"]))
    born = watches.created_at(store, watch.id) if known.old else None
    taken = take(context, watch, listing.entries, clock.now(), first=first, born=born)
    if listing.parts:
        _queue_of(context, watch, known, listing.parts, began, first=first)
    remarks = (*listing.warnings, *taken.remarks)
    if remarks:
        watches.note_remark(store, watch.id, f"{known.url}: {'; '.join(remarks)}")
    return listing.is_whole and taken.is_all


def look_at_posts(context: Context, watch: Watch) -> None:
    """One look at a WordPress site: the posts changed since the last one, a page at a time."""
    now, first = clock.now(), not watch.first_look_done
    told = watch.cursor.get("since")
    since = clock.parse(told) if told else window_start(watch.backfill, now)
    _read_posts(context, watch, {"page": 1, "since": clock.text_or_none(since), "first": first})


def _read_posts(context: Context, watch: Watch, payload: Mapping[str, object]) -> None:
    """Reads a page of posts. The mark of what was seen moves only when the last page was read."""
    from monitor.articles.discover_wordpress import fetch_posts

    store, url, page = context.store, str(watch.url), int(str(payload["page"]))
    told = payload.get("since")
    context.wait_turn(url)
    try:
        fetched = fetch_posts(context.web, url, page, clock.parse(str(told)) if told else None)
    except PostwatchError as exc:
        context.record_failure(f"feed:{url}", exc)
        raise
    now, first = clock.now(), bool(payload["first"])
    with store.change():
        record(context, watch, fetched.exchange)
        taken = take(context, watch, fetched.listing.entries, now, first=first)
        mark = payload.get("mark") or _mark(fetched.listing, now) or told or ""
        if page == 1:
            tell_first_look(context, watch, taken.queued, "articles", first=first)
            remark = "; ".join(fetched.listing.warnings) or None
            watches.looked(store, watch, now, cursor={**watch.cursor, "kind": "wordpress"}, remark=remark)
        if fetched.is_last or page >= MOST_PAGES:
            watches.set_cursor(store, watch.id, {"kind": "wordpress", "since": str(mark)})
        else:
            more = {"watch": watch.id, "page": page + 1, "since": told, "first": first, "mark": mark}
            _enqueue(context, watch, f"{url}#page={page + 1}", more)


def _mark(listing: Listing, now: datetime) -> str:
    """The newest change, a little earlier, so that a post changed in the same second is not missed."""
    newest = max((e.updated_at for e in listing.entries if e.updated_at), default=None)
    return clock.text(min(newest, now) - _OVERLAP) if newest else ""
