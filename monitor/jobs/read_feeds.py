"""Looking at a list of articles: each new one becomes a job. A list's further parts are jobs of their own."""

from monitor import clock
from monitor.jobs import read_feed_parts, read_folders
from monitor.jobs.context import Context
from monitor.jobs.fetch_lists import fetch, record, tell_first_look
from monitor.jobs.take_entries import Taken, take
from monitor.store import watches
from monitor.store.watches import Watch


def run(context: Context, watch: Watch) -> None:
    """One look at a list of articles."""
    assert watch.url
    if watch.url.startswith("file:"):
        read_folders.run(context, watch)
    elif _is_wordpress(watch):
        read_feed_parts.look_at_posts(context, watch)
    else:
        _look(context, watch, watch.url)


def _is_wordpress(watch: Watch) -> bool:
    from monitor.feeds.wordpress import is_route

    told = watch.list_kind or watch.cursor.get("kind", "")
    return told == "wordpress" or (not told and is_route(str(watch.url)))


def _look(context: Context, watch: Watch, url: str) -> None:
    began = clock.now()
    fetched = fetch(context, watch, url, watch.cursor.get("etag"), watch.cursor.get("last_modified"))
    store, now, listing = context.store, clock.now(), fetched.listing
    first = not watch.first_look_done
    with store.change():
        record(context, watch, fetched.exchange)
        kind = listing.kind if listing else watch.cursor.get("kind", "")
        taken = take(context, watch, listing.entries, now, first=first) if listing else Taken(0)
        if kind == "index":
            parts = listing.parts if listing else None
            queued = read_feed_parts.queue_all(context, watch, parts, began, first=first)
            tell_first_look(context, watch, queued, "sitemaps", first=first)
        tell_first_look(context, watch, taken.queued, "articles", first=first)
        cursor = {"kind": kind}
        if listing is None or (listing.is_whole and taken.is_all):
            cursor |= {"etag": fetched.etag or "", "last_modified": fetched.last_modified or ""}
        told = "; ".join((*(listing.warnings if listing else ()), *taken.remarks)) or None
        lacks = told if listing is not None and not listing.is_whole else None
        watches.looked(store, watch, now, cursor=cursor, remark=told, lacks=lacks)
