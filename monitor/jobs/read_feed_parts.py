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
from monitor.model.feed import Part
from monitor.store import feeds, watches
from monitor.store.feeds import KnownPart
from monitor.store.jobs import enqueue
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


def queue(
    context: Context,
    watch: Watch,
    parent: str,
    found: Sequence[Part] | None,
    began: datetime,
    *,
    first: bool,
    depth: int = 1,
) -> int:
    """Queues those parts of an index that are to be read; gives how many. `found` None: the index has not changed."""
    store = context.store
    if found is not None:
        feeds.list_parts(store, watch.id, parent, [p for p in found if p.url not in (watch.url, parent)])
        start = window_start(watch.backfill, began)
        if first and start is not None:
            old = [p.url for p in found if p.updated_at is not None and p.updated_at < start]
            feeds.pass_over(store, watch.id, old)
    left = MOST_PARTS - feeds.parts_read_since(store, watch.id, began) - _open(context, watch)
    wanted = _wanted([p for p in feeds.parts(store, watch.id).values() if p.parent == parent], began)
    for part in wanted[: max(0, left)]:
        payload = {
            "watch": watch.id,
            "url": part.url,
            "mark": part.listed,
            "began": clock.text(began),
            "first": first,
            "depth": depth,
        }
        _enqueue(context, watch, part.url, payload)
    return min(len(wanted), max(0, left))


def _open(context: Context, watch: Watch) -> int:
    return int(
        str(
            context.store.value(
                "SELECT count(*) FROM job WHERE kind = 'read_feed_part' AND state = 'queued' AND key GLOB ?",
                f"{watch.id}:*",
            )
        )
    )


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
    store, url, mark = context.store, str(payload["url"]), str(payload["mark"])
    known = feeds.part(store, watch.id, url)
    if known is None:
        return
    first, depth, began = bool(payload["first"]), int(str(payload["depth"])), clock.parse(str(payload["began"]))
    try:
        fetched = fetch(context, watch, url, known.etag, known.last_modified, is_part=True)
    except TryLater:
        raise
    except PostwatchError:
        feeds.part_failed(store, watch.id, url, clock.now() + _LEFT_ALONE)
        raise
    now, listing = clock.now(), fetched.listing
    with store.change():
        record(context, watch, fetched.exchange)
        if listing is None:
            feeds.part_read(store, watch.id, url, mark, fetched.etag, fetched.last_modified, now)
            return
        since = watches.created_at(store, watch.id) if known.old else None
        taken = take(context, watch, listing.entries, now, first=first, began=since)
        if listing.is_whole and taken.is_all:
            feeds.part_read(store, watch.id, url, mark, fetched.etag, fetched.last_modified, now)
        else:
            feeds.part_read(store, watch.id, url, "", None, None, now)
        if listing.parts and depth < DEEPEST:
            queue(context, watch, url, listing.parts, began, first=first, depth=depth + 1)
        remarks = (*listing.warnings, *taken.remarks)
        if remarks:
            watches.note_remark(store, watch.id, f"{url}: {'; '.join(remarks)}")


def look_at_posts(context: Context, watch: Watch) -> None:
    """One look at a WordPress site: the posts changed since the last one, a page at a time."""
    now, first = clock.now(), not watch.first_look_done
    told = watch.cursor.get("since")
    since = clock.parse(told) if told else window_start(watch.backfill, now)
    _read_posts(context, watch, {"page": 1, "since": clock.text_or_none(since), "first": first})


def _read_posts(context: Context, watch: Watch, payload: Mapping[str, object]) -> None:
    """Reads a page of posts. The mark of what was seen moves only when the last page was read."""
    from monitor.articles.discover_wordpress import fetch_posts

    store, url, page, first = context.store, str(watch.url), int(str(payload["page"])), bool(payload["first"])
    told = payload.get("since")
    since = clock.parse(str(told)) if told else None
    context.wait_turn(url)
    try:
        fetched = fetch_posts(context.web, url, page, since)
    except PostwatchError as exc:
        context.record_failure(f"feed:{url}", exc)
        raise
    now = clock.now()
    with store.change():
        record(context, watch, fetched.exchange)
        taken = take(context, watch, fetched.listing.entries, now, first=first)
        newest = max((e.updated_at for e in fetched.listing.entries if e.updated_at), default=None)
        mark = payload.get("mark") or (clock.text(min(newest, now) - _OVERLAP) if newest else told) or ""
        if page == 1:
            tell_first_look(context, watch, taken.queued, "articles", first=first)
            watches.looked(
                store,
                watch,
                now,
                cursor={**watch.cursor, "kind": "wordpress"},
                remark=_remark(fetched.listing.warnings),
            )
        if fetched.is_last or page >= MOST_PAGES:
            watches.set_cursor(store, watch.id, {"kind": "wordpress", "since": str(mark)})
            return
        more = {"watch": watch.id, "page": page + 1, "since": told, "first": first, "mark": mark}
        _enqueue(context, watch, f"{url}#page={page + 1}", more)


def _remark(warnings: Sequence[str]) -> str | None:
    return "; ".join(warnings) or None
