"""Looking at a feed of an account's posts: YouTube, Mastodon, Bluesky, any bridge. They are stored like any other."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor import clock
from monitor.errors import PostwatchError
from monitor.jobs.context import Context
from monitor.jobs.poll_accounts import queue_media
from monitor.jobs.telling import first_look, new_post, tell
from monitor.jobs.work_cases import note_upstream
from monitor.model.post import Post
from monitor.store import accounts, captures, links, posts, watches
from monitor.store.watches import Watch

FIRST_LOOK_POSTS = 20


def run(context: Context, watch: Watch) -> None:
    """One look at the feed."""
    from monitor.articles.fetch import fetch_page
    from monitor.platforms.feed.collector import posts_of

    assert watch.url
    context.wait_turn(watch.url)
    subject = f"account:{watch.platform}:{watch.url}"
    try:
        fetched = fetch_page(
            context.web, watch.url, etag=watch.cursor.get("etag"), last_modified=watch.cursor.get("last_modified")
        )
        page = None
        if not fetched.not_modified:
            page = posts_of(fetched.content, fetched.content_type, watch.url, fetched.exchange, watch.platform)
    except PostwatchError as exc:
        context.record_failure(subject, exc)
        raise
    store, now = context.store, clock.now()
    with store.change():
        capture_id = captures.record(
            store,
            fetched.exchange,
            subject=subject,
            asked_by=context.agent,
            slices=page.slices if page and fetched.content == fetched.exchange.body else (),
        )
        if page is not None:
            _store_posts(context, watch, page.posts, capture_id, now)
        cursor = {"etag": fetched.etag or "", "last_modified": fetched.last_modified or ""}
        watches.looked(store, watch, now, cursor=cursor)


def _store_posts(context: Context, watch: Watch, found: Sequence[Post], capture_id: int, now: datetime) -> None:
    store = context.store
    unseen = watches.unseen_entries(store, watch.id, [p.post_id for p in found])
    wanted = [p for p in found if p.post_id in unseen or posts.find(store, p.platform, p.post_id) is not None]
    watches.note_entries(store, watch.id, [p.post_id for p in found], now)
    first = not watch.first_look_done
    if first:
        wanted = _posts_in_window(wanted, watch.backfill, now)
    if found and watch.account_id is None:
        watches.set_account(store, watch.id, accounts.add(store, found[-1].account, now))
    added = posts.add_new(store, wanted, seen_at=now, method="feed", found_by="watch", capture_id=capture_id)
    silent = first and not watch.tell_backfill
    for item in added:
        queue_media(context, item.row, now, priority=5)
        if item.edited:
            note_upstream(store, item.row, "edited", f"version {item.post.version_id}", agent=context.agent)
        if not silent and not item.edited:
            tell(context, new_post(item.post, watch.tags))
    links.resolve_waiting(store, now)
    if silent and added:
        tell(context, first_look(watch.id, str(watch.url), len(added), "posts"))


def _posts_in_window(found: Sequence[Post], backfill: str, now: datetime) -> list[Post]:
    if backfill == "none":
        return []
    if backfill == "all":
        return list(found)
    start = now - (timedelta(days=7) if backfill == "7d" else timedelta(hours=24))
    inside = [p for p in found if p.posted_at is None or p.posted_at >= start]
    return inside if backfill == "7d" else inside[-FIRST_LOOK_POSTS:]
