"""One working process a home, and what it puts right when it starts."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from monitor import clock
from monitor.errors import HomeInUse
from monitor.jobs import fetch_media, retain
from monitor.jobs.context import Context
from monitor.settings import AccountEntry, ArticleEntry, FeedEntry, Settings
from monitor.settings.load import target_of
from monitor.store import deliveries, jobs, media, sites, spend, watches
from monitor.store.watches import Order

_STALE = timedelta(days=2)


@contextmanager
def lock(settings: Settings) -> Iterator[None]:
    """Holds the home for `run` or `once`. Raises HomeInUse; the kernel lets go when the process ends, however it ends."""
    settings.storage.mkdir(parents=True, exist_ok=True)
    handle = os.open(settings.storage / "postwatch.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            owner = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
            raise HomeInUse(
                f"another postwatch works in {settings.home} (process {owner or 'unknown'}): "
                "wait until it is done, or stop it"
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def recover(context: Context) -> None:
    """Takes up what a dead process left: leased jobs and deliveries, open reservations, stale temporary files.

    And remembers which hosts want to be left alone still.
    """
    store, now = context.store, clock.now()
    with store.change():
        jobs.release_all(store)
        deliveries.release_all(store)
        spend.abandon_open(store)
        deliveries.suppress_missing(store, context.settings.channel_names)
        for media_id in media.all_queued(store):
            jobs.enqueue(store, "fetch_media", str(media_id), {"media": media_id}, now=now)
    for host, until in sites.waits(store, now):
        context.turns.hold(host, until)
    context.turns.on_wait = lambda host, until, why: sites.put_wait(context.store, host, until, why)
    if context.settings.vault.exists():
        # Parts of wanted downloads are resumed; the rest belonged to a process that is dead, as we hold the home.
        parts = {fetch_media.part_name(media_id) for media_id in media.all_queued(store)}
        context.vault.sweep_temps(_STALE)
        context.vault.sweep_temps(timedelta(0), but=parts)
        retain.sweep(context.settings, store)


def reconcile(context: Context) -> None:
    """Brings the file's watches into the database; those that left the file are paused."""
    store, now, every = context.store, clock.now(), context.options.jobs.every
    with store.change():
        kept = [
            watches.put(
                store,
                order_of(item.entry, every, context.options.articles.look_again),
                origin="file",
                place=item.place,
                now=now,
            )
            for item in context.settings.watches
        ]
        watches.pause_removed(store, kept, now)


def order_of(entry: AccountEntry | FeedEntry | ArticleEntry, every: int, look_again: int) -> Order:
    """The watch that an entry of watches.toml asks for; `every` and `look_again` are the defaults, in seconds."""
    target = target_of(entry)
    if isinstance(entry, AccountEntry):
        return Order(
            "account",
            entry.platform if not entry.url else (entry.platform if entry.platform != "x" else "feed"),
            target,
            entry.every or every,
            url=entry.url or None,
            handle=entry.handle.lstrip("@") or None,
            tags=entry.tags,
            desk=entry.desk,
            purpose=entry.purpose,
            backfill=entry.backfill,
            tell_backfill=entry.tell_backfill,
            replies=entry.replies,
            reposts=entry.reposts,
            retention=entry.retention,
        )
    if isinstance(entry, FeedEntry):
        return Order(
            "feed",
            "web",
            target,
            entry.every or every,
            url=entry.url,
            tags=entry.tags,
            desk=entry.desk,
            purpose=entry.purpose,
            backfill=entry.backfill,
            tell_backfill=entry.tell_backfill,
            own=entry.own,
            list_kind=entry.kind,
            pattern=entry.pattern,
        )
    return Order(
        "article",
        "web",
        target,
        look_again,
        url=entry.url,
        tags=entry.tags,
        desk=entry.desk,
        purpose=entry.purpose,
        own=entry.own,
    )
