"""Polling a watched account on X.

1. Know the account's stable id (asked once, for all new watches together).
2. Ask its timeline since the last look; keep each answer before the next is asked for.
3. Keep the last answer; store the posts oldest first; queue their media; raise their alerts; move the cursor: one transaction.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor import clock
from monitor.errors import NotAllowed, NotThere, PostwatchError, RateLimited, ServerTrouble
from monitor.jobs import lifecycle
from monitor.jobs.context import Context
from monitor.jobs.telling import first_look, new_post, tell
from monitor.jobs.x_troubles import note_drift
from monitor.model.post import Page, Post
from monitor.store import accounts, captures, links, media, posts, spend, watches
from monitor.store.jobs import enqueue
from monitor.store.watches import Watch

FIRST_LOOK_POSTS = 20
_SMALLEST_PAGE, _LARGEST_PAGE = 5, 100
_EPOCH_MS = 1288834974657
_ABSENT_FOR_S = 60

_Answer = tuple[Page, int | None]
"""A page, and its capture where that is kept already."""


def run(context: Context, watch: Watch) -> None:
    """One look at one account. Raises an error of our tree; what was received before it is kept."""
    if context.x is None:
        watches.failed(
            context.store,
            watch,
            clock.now(),
            "no token for X: set POSTWATCH_X_BEARER_TOKEN or POSTWATCH_X_BEARER_TOKEN_FILE",
            next_look_at=clock.now() + timedelta(seconds=watch.every_seconds),
            state="waiting",
        )
        return
    watch, stable_id = _with_account(context, watch)
    _Look(context, watch, stable_id).take()


def _with_account(context: Context, watch: Watch) -> tuple[Watch, str]:
    with context.resolving:
        watch = watches.find(context.store, watch.id) or watch
        if watch.account_id is None:
            _resolve(context, watch)
            watch = watches.find(context.store, watch.id) or watch
    row = context.store.one("SELECT platform_id, protected, handle FROM account WHERE id = ?", watch.account_id)
    if row is None:
        raise NotThere(f"X knows no account @{watch.handle}: check the handle of this watch")
    if row["protected"]:
        watches.set_state(context.store, watch.id, "paused", "protected account: never collected")
        raise NotAllowed(f"@{row['handle']} is protected: its posts are never collected")
    return watch, row["platform_id"]


def _resolve(context: Context, watch: Watch) -> None:
    """Asks the ids of all X watches that still lack one, up to a hundred in one request."""
    assert context.x is not None
    _raise_if_absent(context, watch)
    context.paused_until("x:users")
    rows = context.store.all(
        """SELECT id, handle FROM watch WHERE kind = 'account' AND platform = 'x' AND url IS NULL AND account_id IS NULL
        AND state IN ('active', 'waiting', 'broken') AND id != ? ORDER BY id LIMIT 99""",
        watch.id,
    )
    waiting = [(watch.id, str(watch.handle)), *((row["id"], row["handle"]) for row in rows)]
    try:
        page = context.x.accounts_by_handle([handle for _, handle in waiting])
    except RateLimited as exc:
        if exc.retry_at:
            context.pause("x:users", exc.retry_at)
        raise
    by_handle = {(a.handle or "").lower(): a for a in page.accounts}
    with context.store.change():
        captures.record(context.store, page.exchange, subject="accounts:x", asked_by=context.agent, slices=page.slices)
        for watch_id, handle in waiting:
            account = by_handle.get(handle.lower())
            if account is not None:
                watches.set_account(context.store, watch_id, accounts.add(context.store, account, clock.now()))
    for problem in page.problems:
        words = f"@{problem.key} on X: {problem.reason.replace('_', ' ')} ({problem.detail})"
        context.absent[problem.key.lower()] = (time.monotonic(), words)
    _raise_if_absent(context, watch)


def _raise_if_absent(context: Context, watch: Watch) -> None:
    """One answer tells of all unknown handles: each watch need not ask again in the same round."""
    told_at, words = context.absent.get(str(watch.handle).lower(), (0.0, ""))
    if words and time.monotonic() - told_at < _ABSENT_FOR_S:
        raise NotThere(words)


class _Look:
    """One look: what to ask for, what came, what to store."""

    def __init__(self, context: Context, watch: Watch, stable_id: str) -> None:
        self.context, self.watch, self.stable_id = context, watch, stable_id
        self.began_at = clock.now()
        self.subject = f"account:x:{stable_id}"

    def take(self) -> None:
        since_id = self.watch.cursor.get("since_id")
        first = not self.watch.first_look_done
        if first and since_id is None and self.watch.backfill == "none":
            self._store([], {"since_id": str(id_at(self.began_at))}, first=True)
            return
        pages: list[_Answer] = []
        try:
            for page in self._pages(since_id, first):
                more = page.next_token and not page.stopped
                pages.append((page, self._keep(page) if more else None))
                _demand_account(page, self.watch.handle)
        except PostwatchError as exc:
            self.context.record_failure(self.subject, exc)
            if isinstance(exc, RateLimited) and exc.retry_at:
                self.context.pause("x:timeline", exc.retry_at)
            self._store(pages, None, first=first)
            raise
        self._store(pages, self._cursor(pages, since_id), first=first)

    def _cursor(self, pages: list[_Answer], since_id: str | None) -> dict[str, str]:
        """Where the next look begins."""
        if pages and pages[-1][0].stopped in ("repeats", "empty"):
            self._note_broken_walk(pages[-1][0])
            # The next look asks for the older posts again; what is older than the first look is not told even then.
            told_after = self.watch.cursor.get("told_after") or str(id_at(self.began_at))
            return {"since_id": since_id} if since_id else {"told_after": told_after}
        newest = pages[0][0].newest_id if pages else None
        if newest or since_id:
            return {"since_id": str(newest or since_id)}
        # Nothing yet. Not "now", which is our clock's word: where it is fast, posts would be passed over.
        start, _ = _window(self.watch.backfill, self.began_at)
        return {"since_id": str(id_at(start))} if start else {}

    def _note_broken_walk(self, page: Page) -> None:
        began = clock.parse_or_none(
            self.context.store.value_text("SELECT last_success_at FROM watch WHERE id = ?", self.watch.id)
        )
        detail = f"X's pages {'repeat themselves' if page.stopped == 'repeats' else 'stay empty'}: older posts may be missing"
        watches.note_gap(
            self.context.store, self.watch.id, f"pages-{page.stopped}", detail, began or self.began_at, self.began_at
        )

    def _pages(self, since_id: str | None, first: bool) -> Iterator[Page]:
        assert self.context.x is not None
        self.context.paused_until("x:timeline")
        start, limit = (None, None) if since_id else _window(self.watch.backfill, self.began_at)
        return self.context.x.timeline(
            self.stable_id,
            since_id=since_id,
            start_time=start,
            replies=self.watch.replies,
            reposts=self.watch.reposts,
            limit=limit if first else None,
            page_size=self._page_size(),
        )

    def _page_size(self) -> int:
        """Smaller pages when the budget cannot bear the worst case of a full one."""
        options = self.context.options
        left = spend.left_micro(self.context.store, options.budget, "watch", clock.now())
        price = spend.prices_of(options.x).post * (3 if self.watch.reposts else 1)
        return max(_SMALLEST_PAGE, min(_LARGEST_PAGE, left // price)) if price else _LARGEST_PAGE

    def _keep(self, page: Page) -> int:
        return captures.record(
            self.context.store, page.exchange, subject=self.subject, asked_by=self.context.agent, slices=page.slices
        )

    def _store(
        self,
        pages: list[_Answer],
        cursor: Mapping[str, str] | None,
        *,
        first: bool,
    ) -> None:
        """Everything of this look in one transaction, oldest first; without a cursor the look is not complete."""
        store, now = self.context.store, clock.now()
        silent = first and not self.watch.tell_backfill
        with store.change():
            count = 0
            for page, capture_id in reversed(pages):
                count += self._store_page(page, capture_id or self._keep(page), now, silent)
            links.resolve_waiting(store, now)
            if cursor is None:
                return
            if silent and count:
                tell(self.context, first_look(self.watch.id, f"@{self.watch.handle}", self._kept(), "posts"))
            watches.looked(store, self.watch, now, cursor=cursor)

    def _kept(self) -> int:
        """The watch's posts so far: a first look may have needed several tries."""
        kept = "SELECT count(*) FROM post WHERE account_id = ? AND found_by = 'watch'"
        return int(str(self.context.store.value(kept, self.watch.account_id)))

    def _store_page(self, page: Page, capture_id: int, now: datetime, silent: bool) -> int:
        store = self.context.store
        note_drift(self.context, page)
        if page.accounts:
            accounts.add_all(store, page.accounts, now)
        _add(self.context, page.included, "reference", capture_id, now, priority=6)
        new = _add(self.context, page.posts, "watch", capture_id, now, priority=5)
        told_after = int(self.watch.cursor.get("told_after", "0"))
        for post in new:
            if not silent and int(post.version_id) > told_after:
                tell(self.context, new_post(self._named(post), self.watch.tags))
        return len(new)

    def _named(self, post: Post) -> Post:
        """The post with its author's handle, which a timeline's answer leaves out."""
        if post.account.handle:
            return post
        row = self.context.store.one(
            "SELECT handle, name FROM account WHERE platform = ? AND platform_id = ?",
            post.account.platform,
            post.account.platform_id,
        )
        return replace(post, account=replace(post.account, handle=row["handle"], name=row["name"])) if row else post


def _demand_account(page: Page, handle: str | None) -> None:
    """Raises what X says of the account itself, in an answer that holds no post of it: 200, and yet no look."""
    if page.posts or not page.problems:
        return
    problem = page.problems[0]
    said = f"@{handle} on X: {problem.reason.replace('_', ' ')} ({problem.detail or problem.title})"
    if problem.reason == "not_authorized":
        raise NotAllowed(said)
    raise NotThere(said) if problem.reason in ("not_found", "suspended", "withheld") else ServerTrouble(said)


def _add(
    context: Context,
    found: Sequence[Post],
    found_by: str,
    capture_id: int | None,
    now: datetime,
    *,
    priority: int,
) -> list[Post]:
    """Stores posts and queues their media; gives the posts that are new (not new versions of known ones)."""
    new = posts.add_new(context.store, found, seen_at=now, method="x-api", found_by=found_by, capture_id=capture_id)
    for item in new:
        queue_media(context, item.row, now, priority)
    lifecycle.tell_edits(context, new)
    return [item.post for item in new if not item.edited]


def queue_media(context: Context, post_row: int, now: datetime, priority: int) -> None:
    """A download job for each file of the post that is still wanted."""
    for media_id in media.queued_of(context.store, post_row):
        enqueue(context.store, "fetch_media", str(media_id), {"media": media_id}, now=now, priority=priority)


def _window(backfill: str, now: datetime) -> tuple[datetime | None, int | None]:
    """(start time, most posts) of a first look."""
    if backfill == "all":
        return None, None
    if backfill == "7d":
        return now - timedelta(days=7), None
    return now - timedelta(hours=24), FIRST_LOOK_POSTS


def id_at(moment: datetime) -> int:
    """The smallest X id of a time (the inverse of the snowflake's time)."""
    return (int(moment.timestamp() * 1000) - _EPOCH_MS) << 22
