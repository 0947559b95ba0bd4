"""Looking up posts that articles cite, or that someone named by address.

X with a token: a hundred ids in one request. Otherwise one by one: X's oEmbed, other platforms through yt-dlp.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from monitor import clock
from monitor.errors import NotAllowed, NotThere, NotUnderstood, PostwatchError, RateLimited, Refused, TooLarge
from monitor.jobs import lifecycle
from monitor.jobs.context import Context
from monitor.jobs.poll_accounts import queue_media
from monitor.jobs.x_troubles import note_drift
from monitor.model.exchange import Exchange
from monitor.model.post import Page, Post
from monitor.store import accounts, captures, cited, links, media, posts, watches
from monitor.store.jobs import enqueue
from monitor.store.watches import Watch

AT_ONCE = 100
UNANSWERED = 5
"""How often X is asked for a post of which its answers say nothing."""


def queue_due(context: Context, now: datetime, *, everything: bool = False) -> int:
    """A job for the cited posts that wait and have none: their last one failed. Gives how many jobs were added."""
    store = context.store
    if everything:
        cited.hasten(store, now)
    added = 0
    for watch_id, platform, target in cited.due(store, now):
        if platform == "x" and context.settings.secrets.x_token:
            added += enqueue(store, "look_up_posts", "x", now=now, priority=2)
        else:
            added += enqueue(store, "look_up_post", target, {"watch": watch_id}, now=now, priority=3)
    return added


def put_off(context: Context, kind: str, payload: Mapping[str, object], error: Exception) -> None:
    """After a lookup failed for good: the posts wait for a later one, unless it would only fail the same way."""
    store, now, words = context.store, clock.now(), context.masked(f"{type(error).__name__}: {error}")
    if kind == "look_up_posts":
        for watch_id, _ in cited.waiting(store, "x", now, AT_ONCE):
            cited.put_off(store, watch_id, words, now)
    elif kind == "look_up_post":
        watch_id = int(str(payload["watch"]))
        watch = watches.find(store, watch_id)
        # An odd description by X may be another one tomorrow; a page without an extractor stays without one.
        is_odd = isinstance(error, NotUnderstood) and watch is not None and watch.platform == "x"
        if isinstance(error, NotUnderstood | Refused | TooLarge) and not is_odd:
            watches.set_state(store, watch_id, "broken", words)
        else:
            cited.put_off(store, watch_id, words, now, most=UNANSWERED if is_odd else 0)


def run_x(context: Context) -> None:
    """Asks X for every cited post that is waiting, a hundred at a time."""
    # Without a token since, each gets a job of its own at the next start.
    while context.x is not None and not context.stop.is_set():
        waiting = cited.waiting(context.store, "x", clock.now(), AT_ONCE)
        if not waiting:
            return
        known = cited.by_known_authors(context.store, "x", [post_id for _, post_id in waiting])
        for described in (False, True):
            # An author is billed like two posts: those that we know by the address of the post are not asked for again.
            part = [item for item in waiting if (item[1] not in known) is described]
            if part:
                _ask(context, part, authors=described)


def _ask(context: Context, waiting: list[tuple[int, str]], *, authors: bool) -> None:
    assert context.x is not None
    context.paused_until("x:lookup")
    try:
        page = context.x.lookup([post_id for _, post_id in waiting], purpose="cited", authors=authors)
    except RateLimited as exc:
        context.record_failure("posts:x", exc)
        if exc.retry_at:
            context.pause("x:lookup", exc.retry_at)
        raise
    except PostwatchError as exc:
        context.record_failure("posts:x", exc)
        raise
    _store(context, page, waiting)


def _store(context: Context, page: Page, waiting: list[tuple[int, str]]) -> None:
    store, now = context.store, clock.now()
    problems = {p.key: p for p in page.problems if p.main and p.subject == "post"}
    by_version = {version: p for p in page.posts for version in (p.version_id, *p.chain)}
    with store.change():
        capture_id = captures.record(
            store, page.exchange, subject="posts:x", asked_by=context.agent, slices=page.slices
        )
        note_drift(context, page)
        accounts.add_all(store, page.accounts, now)
        allowed = [p for p in page.posts if not p.account.protected]
        keep(context, allowed, capture_id, "x-api")
        for watch_id, post_id in waiting:
            post, problem = by_version.get(post_id), problems.get(post_id)
            if post is not None:
                reason = "protected account: never collected" if post.account.protected else "kept"
                watches.set_state(store, watch_id, "done", reason)
                continue
            seen, detail = (
                (problem.reason, problem.detail) if problem else ("unknown", "the answer does not mention it")
            )
            posts.note_absence(
                store, "x", post_id, at=now, method="x-api", seen=seen, detail=detail, capture_id=capture_id
            )
            words = f"{seen.replace('_', ' ')}: {detail}"
            if seen == "unknown":
                cited.put_off(store, watch_id, words, now, most=UNANSWERED)
            else:
                watches.set_state(store, watch_id, "done", words)


def keep(context: Context, found: list[Post], capture_id: int, method: str, found_by: str = "citation") -> None:
    """Stores looked-up posts, queues their media ahead of other downloads, and links the citations that waited for them."""
    now = clock.now()
    added = posts.add_new(context.store, found, seen_at=now, method=method, found_by=found_by, capture_id=capture_id)
    for item in added:
        if method == "oembed":
            media.suppose_clip(context.store, item.row, now)
        queue_media(context, item.row, now, priority=3)
    links.resolve_waiting(context.store, now)
    lifecycle.tell_edits(context, added)


def run(context: Context, payload: Mapping[str, object]) -> None:
    """Looks up one post by its address, without a key."""
    watch = watches.find(context.store, int(str(payload["watch"])))
    if watch is not None and watch.state != "paused":
        run_watch(context, watch)


def run_watch(context: Context, watch: Watch) -> None:
    """One look at one post by its address."""
    store = context.store
    try:
        post, exchange, method = _by_oembed(context, watch) if watch.platform == "x" else _by_extractor(context, watch)
    except (NotThere, NotAllowed) as exc:
        seen = "not_found" if isinstance(exc, NotThere) else "not_authorized"
        with store.change():
            context.record_failure(f"post:{watch.target}", exc)
            posts.note_absence(
                store,
                watch.platform,
                str(watch.post_id or watch.url),
                at=clock.now(),
                method="oembed" if watch.platform == "x" else "yt-dlp",
                seen=seen,
                detail=str(exc),
                capture_id=None,
            )
            watches.set_state(store, watch.id, "done", str(exc))
        return
    except PostwatchError as exc:
        context.record_failure(f"post:{watch.target}", exc)
        raise
    with store.change():
        capture_id = captures.record(store, exchange, subject=f"post:{watch.target}", asked_by=context.agent)
        found_by = "citation" if watch.origin == "citation" else "watch"
        keep(context, [post], capture_id, method, found_by)
        watches.looked(store, watch, clock.now())
        watches.set_state(store, watch.id, "done", "kept")


def _by_oembed(context: Context, watch: Watch) -> tuple[Post, Exchange, str]:
    from monitor.platforms.x import oembed

    post_id = str(watch.post_id)
    url = oembed.address(context.options.x.oembed_url, f"https://x.com/i/status/{post_id}")
    context.wait_turn(url)
    fetched = context.public.fetch(url)
    oembed.demand_description(fetched.exchange)
    return oembed.post_of(fetched.content, post_id), fetched.exchange, "oembed"


def _by_extractor(context: Context, watch: Watch) -> tuple[Post, Exchange, str]:
    from importlib.metadata import version

    from monitor.platforms.ytdlp.post import post_of

    url = str(watch.url)
    began = clock.now()
    info = context.downloader.describe(url)
    exchange = Exchange(
        method="yt-dlp",
        url_asked=url,
        url_final=url,
        status=200,
        headers=(),
        body=info,
        started_at=began,
        ended_at=max(clock.now(), began + timedelta(0)),
        tools={"yt-dlp": version("yt-dlp")},
    )
    return post_of(info, url, exchange), exchange, "yt-dlp"
