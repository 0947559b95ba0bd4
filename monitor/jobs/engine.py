"""The engine: turns due watches into jobs, and works the queue with a bounded number of threads."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta

from monitor import clock
from monitor.errors import (
    BudgetSpent,
    CapReached,
    CredentialRefused,
    HostBusy,
    NoCredits,
    NotAllowed,
    NotThere,
    PostwatchError,
    RateLimited,
    ServerTrouble,
    StorageFull,
    TryLater,
)
from monitor.jobs import (
    fetch_media,
    keep_findings,
    look_up_posts,
    observe_posts,
    poll_accounts,
    read_again,
    read_articles,
    read_feed_parts,
    read_feeds,
    read_folders,
    read_post_feeds,
    retain,
    search_posts,
    suggest_links,
    watch_over,
    x_troubles,
)
from monitor.jobs.context import Context
from monitor.jobs.deliver_alerts import Deliverer
from monitor.jobs.telling import storage_full, tell
from monitor.store import bundles, deliveries, jobs, sights, watches
from monitor.store.jobs import Job
from monitor.store.watches import Watch
from monitor.waiting import first_done, pause

log = logging.getLogger("postwatch.jobs")

_WAITS = (30, 120, 600, 1800, 7200)
_HOUR = timedelta(hours=1)
_PAUSE = 0.5
_ENDING = 6.0
"""Seconds that running jobs are given to end after a stop."""

_LOOKS: Mapping[str, Callable[[Context, Watch], None]] = {
    "poll_account": poll_accounts.run,
    "read_post_feed": read_post_feeds.run,
    "read_feed": read_feeds.run,
    "read_watched_article": read_articles.run_watch,
    "look_at_post": look_up_posts.run_watch,
}
_TASKS: Mapping[str, Callable[[Context, Mapping[str, object]], None]] = {
    "read_article": read_articles.run,
    "read_again": read_again.run,
    "read_feed_part": read_feed_parts.run,
    "read_file": read_folders.run_file,
    "look_up_posts": lambda context, _: look_up_posts.run_x(context),
    "look_up_post": look_up_posts.run,
    "fetch_media": fetch_media.run,
    "keep_finding": keep_findings.run,
    "retain": retain.run,
    "suggest_links": suggest_links.run,
    "search_posts": search_posts.run,
    "observe_posts": lambda context, payload: observe_posts.run(context, str(payload["platform"])),
}


class Engine:
    """Works until told to stop (`context.stop`), or until nothing is due."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.failed = 0
        self.done = 0
        self.on_job: Callable[[int, int], None] | None = None
        """Told the numbers of jobs done and failed after each."""
        self._deliverer = Deliverer(context)
        self._running: dict[Future[None], str] = {}
        self._counting = threading.Lock()
        self._beat = time.monotonic()
        self._watched_over = False
        self._retention_at = clock.now()

    def queue_due(self, *, everything: bool = False) -> int:
        """A job for each watch that is due; gives how many were added."""
        store, now = self.context.store, clock.now()
        added = 0
        with store.change():
            for watch_id, kind, platform in watches.due(store, now, everything=everything):
                name = _job_of(kind, platform, store.value("SELECT url FROM watch WHERE id = ?", watch_id))
                added += jobs.enqueue(store, name, str(watch_id), {"watch": watch_id}, now=now)
            added += self._queue_retention(now)
            for platform in sights.platforms_due(store, now):
                added += jobs.enqueue(store, "observe_posts", platform, {"platform": platform}, now=now, priority=3)
            added += read_again.queue_due(self.context)
            added += look_up_posts.queue_due(self.context, now, everything=everything)
        self._queue_links()
        return added

    def _queue_links(self) -> bool:
        """A job for articles and posts that wait to be linked by their words; False when there are none."""
        due = suggest_links.is_due(self.context)
        return due and jobs.enqueue(self.context.store, "suggest_links", "all", now=clock.now(), priority=4)

    def _queue_retention(self, now: datetime) -> int:
        """Once a day, where anything is to go by itself at all."""
        store = self.context.store
        if now < self._retention_at:
            return 0
        self._retention_at = now + _HOUR
        last = jobs.last_of(store, "retain")
        wanted = self.context.options.retention.profile or store.value(
            "SELECT 1 FROM watch WHERE retention NOT IN ('', 'full') LIMIT 1"
        )
        if not wanted or (last is not None and now - last < timedelta(days=1)):
            return 0
        return jobs.enqueue(store, "retain", "retain", now=now, priority=8)

    def drain(self) -> None:
        """Works until nothing is due and nothing runs, or until stopped."""
        self._work(until_idle=True)

    def serve(self) -> None:
        """Works until stopped."""
        self._work(until_idle=False)

    def seconds_since_beat(self) -> float:
        """How long ago the engine's loop last turned: it does several times a second while all is well."""
        return time.monotonic() - self._beat

    def _work(self, *, until_idle: bool) -> None:
        self.context.open_all("guard")
        pool = ThreadPoolExecutor(self.context.options.jobs.workers, thread_name_prefix="job")
        try:
            while not self.context.stop.is_set():
                self._beat = time.monotonic()
                started = self._start_some(pool)
                if not self._running:
                    if (
                        until_idle
                        and not started
                        and not self._wait_for_a_turn()
                        and not self._queue_links()
                        and not self._last_words()
                    ):
                        break
                    pause(self.context.stop, 0.2)
                    continue
                first_done(self._running, 0.2)
                self._collect()
        finally:
            self._end(pool)

    def _last_words(self) -> bool:
        """What `once` tells before it ends: what is wrong with its looks, and summaries of storms, which would else wait for a
        later run. False when there is nothing to tell any more."""
        if not self._watched_over:
            self._watched_over = True
            watch_over.run(self.context)
            watch_over.listen(self.context)
            return True
        return bundles.close_storms(self.context.store, clock.now()) > 0

    def _wait_for_a_turn(self) -> bool:
        """Waits a moment if jobs are due whose hosts were asked too recently; False when there are none."""
        left = self.context.turns.soonest(jobs.due_hosts(self.context.store, clock.now()))
        if left is None:
            return False
        pause(self.context.stop, min(left, _PAUSE) + 0.001)
        return True

    def _start_some(self, pool: ThreadPoolExecutor) -> bool:
        started = False
        while len(self._running) < self.context.options.jobs.workers and not self.context.stop.is_set():
            task = self._next()
            if task is None:
                break
            self._running[pool.submit(task[1])] = task[0]
            started = True
        return started

    def _next(self) -> tuple[str, Callable[[], None]] | None:
        store, now, names = self.context.store, clock.now(), list(self._running.values())
        # One delivery a channel at a time: a slow receiver holds up its own messages only.
        busy = [name.removeprefix("deliver:") for name in names if name.startswith("deliver:")]
        due = deliveries.lease_due(store, now, busy)
        if due is not None:
            return f"deliver:{due.channel}", lambda: self._deliver(due)
        full = ("fetch_media",) if names.count("fetch_media") >= self.context.options.jobs.downloads else ()
        job = jobs.claim(store, str(threading.get_ident()), now, without=full, busy=self.context.turns.busy())
        return None if job is None else (job.kind, lambda: self._run(job))

    def _collect(self) -> None:
        for future in [f for f in self._running if f.done()]:
            del self._running[future]
            future.result()

    def _end(self, pool: ThreadPoolExecutor) -> None:
        pool.shutdown(wait=False, cancel_futures=True)
        deadline = time.monotonic() + _ENDING
        while self._running and time.monotonic() < deadline:
            first_done(self._running, 0.2)
            self._collect()
        if self._running:
            log.warning("%d jobs did not end in time; they are taken up at the next start", len(self._running))

    @property
    def unfinished(self) -> int:
        """Jobs that still run after a stop."""
        return len(self._running)

    def _count(self, *, failed: bool) -> None:
        with self._counting:
            self.done += 1
            self.failed += failed
        if self.on_job is not None:
            self.on_job(self.done, self.failed)

    def _deliver(self, due: deliveries.Due) -> None:
        try:
            self._count(failed=not self._deliverer.deliver(due))
        except Exception as exc:
            log.exception("delivery %s", due.id)
            deliveries.retry(self.context.store, due, clock.now() + _HOUR, f"our own fault: {exc!r}")
            self._count(failed=True)

    def _run(self, job: Job) -> None:
        began = time.monotonic()
        store = self.context.store
        watch = watches.find(store, int(str(job.payload["watch"]))) if job.kind in _LOOKS else None
        error: str | None = None
        try:
            if job.kind in _TASKS:
                _TASKS[job.kind](self.context, job.payload)
            elif watch is not None and watch.state != "paused":
                _LOOKS[job.kind](self.context, watch)
            jobs.finish(store, job, clock.now())
            if job.kind in _OF_X and self.context.x is not None:
                x_troubles.key_taken(self.context)
        except TryLater as exc:
            error = self._later(job, watch, exc)
        except PostwatchError as exc:
            error = self.context.masked(f"{type(exc).__name__}: {exc}")
            self._failed(job, watch, error, exc)
        except Exception as exc:
            log.exception("job %s %s", job.kind, job.key)
            error = self.context.masked(f"our own fault: {exc!r}")
            self._failed(job, watch, error, exc)
        self._count(failed=error is not None and error != "")
        level = logging.WARNING if error else logging.INFO
        log.log(level, "%s %s: %s (%.2f s)", job.kind, job.key, error or "done", time.monotonic() - began)

    def _later(self, job: Job, watch: Watch | None, exc: TryLater) -> str | None:
        """A passing fault: moves a time; gives an error only when the job has no attempt left."""
        store, now = self.context.store, clock.now()
        text = self.context.masked(f"{type(exc).__name__}: {exc}")
        if isinstance(exc, HostBusy):
            until = exc.retry_at if exc.told and exc.retry_at else now
            jobs.postpone(store, job, until, text, counted=False, host=exc.host)
            return None
        log.warning("%s %s waits: %s", job.kind, job.key, text)
        if self.context.stop.is_set():
            jobs.postpone(store, job, now, text, counted=False)
            return None
        if isinstance(exc, StorageFull):
            with store.change():
                tell(self.context, storage_full(exc))
        if watch is not None:
            with store.change():
                if isinstance(exc, BudgetSpent | CapReached | NoCredits):
                    watches.open_gap(store, watch.id, type(exc).__name__, str(exc), now)
                watches.failed(store, watch, now, text, next_look_at=_next_look(watch, exc, now))
                jobs.finish(store, job, now)
            return None
        uncounted = isinstance(exc, BudgetSpent | CapReached | NoCredits | StorageFull | RateLimited)
        if job.attempts >= self.context.options.jobs.attempts and not uncounted:
            if job.kind == "fetch_media":
                fetch_media.give_up(self.context, job.payload, exc)
            if job.kind == "keep_finding":
                keep_findings.give_up(self.context, job.payload, exc)
            with store.change():
                look_up_posts.put_off(self.context, job.kind, job.payload, exc)
                jobs.finish(store, job, now, f"{text} (after {job.attempts} attempts)")
            return text
        until = _told(exc, now) or now + timedelta(seconds=_WAITS[min(job.attempts, len(_WAITS)) - 1])
        jobs.postpone(store, job, until, text, counted=not uncounted)
        return None

    def _failed(self, job: Job, watch: Watch | None, error: str, exc: Exception) -> None:
        store, now = self.context.store, clock.now()
        broken = isinstance(exc, NotThere | NotAllowed | CredentialRefused)
        with store.change():
            if isinstance(exc, CredentialRefused):
                x_troubles.key_refused(self.context, error)
            jobs.finish(store, job, now, error)
            look_up_posts.put_off(self.context, job.kind, job.payload, exc)
            if watch is not None:
                current = watches.find(store, watch.id)
                state = "broken" if broken and current and current.state != "paused" else None
                watches.failed(store, watch, now, error, next_look_at=now + _HOUR, state=state)


_OF_X = ("poll_account", "look_up_posts")


def _next_look(watch: Watch, exc: TryLater, now: datetime) -> datetime:
    return _told(exc, now) or now + min(timedelta(seconds=watch.every_seconds * 2 ** min(watch.failures, 10)), _HOUR)


def _told(exc: TryLater, now: datetime) -> datetime | None:
    """When the error itself tells to try again, or None."""
    if exc.retry_at is None:
        return None
    until = max(exc.retry_at, now + timedelta(seconds=1))
    # The operator may raise a budget, buy credits or make room at any time; a server's word is kept.
    return until if isinstance(exc, RateLimited | ServerTrouble) else min(until, now + _HOUR)


def _job_of(kind: str, platform: str, url: object) -> str:
    if kind == "account":
        return "poll_account" if platform == "x" and not url else "read_post_feed"
    return {"feed": "read_feed", "article": "read_watched_article", "post": "look_at_post"}[kind]
