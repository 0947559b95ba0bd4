"""From what somebody asks to watch to the watch, and its end: the same for the command line and the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from monitor import clock
from monitor.durations import seconds_of
from monitor.errors import WrongUse
from monitor.model.introduction import Introduction
from monitor.settings import Settings
from monitor.store import watches
from monitor.store.open import Store
from monitor.store.watches import Order

POST_EVERY = 86_400


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the thing is to be watched."""

    purpose: str = ""
    tags: Sequence[str] = ()
    desk: str = ""
    own: bool = False
    backfill: str = "24h"
    tell_backfill: bool = False
    replies: bool = False
    reposts: bool = False
    retention: str = ""
    list_kind: str = ""
    pattern: str = ""


def put(store: Store, found: Introduction, wanted: Wanted, seconds: int, *, origin: Literal["cli", "desk"]) -> int:
    """Writes the watch; gives its number."""
    order = Order(
        found.kind,
        found.platform,
        found.target,
        seconds,
        url=found.url,
        handle=found.handle,
        post_id=found.post_id,
        tags=wanted.tags,
        desk=wanted.desk,
        purpose=wanted.purpose,
        backfill=wanted.backfill,
        tell_backfill=wanted.tell_backfill,
        replies=wanted.replies,
        reposts=wanted.reposts,
        own=wanted.own,
        retention=wanted.retention,
        list_kind=wanted.list_kind,
        pattern=wanted.pattern,
    )
    with store.change():
        watch_id = watches.put(store, order, origin=origin, place="", now=clock.now())
        if found.account_row is not None:
            watches.set_account(store, watch_id, found.account_row)
    return watch_id


def seconds_between(settings: Settings, found: Introduction, every: str | None) -> int:
    """How long between two looks. Raises ValueError for a duration that is none."""
    if every is not None:
        return seconds_of(every)
    if found.kind == "article":
        return settings.options.articles.look_again
    return POST_EVERY if found.kind == "post" else settings.options.jobs.every


def demand_ours(store: Store, found: Introduction) -> None:
    """Raises WrongUse for a watch that watches.toml declares."""
    row = store.one(
        "SELECT origin, origin_place, state FROM watch WHERE kind = ? AND target = ?", found.kind, found.target
    )
    if row is not None and row["origin"] == "file" and row["state"] != "paused":
        raise WrongUse(f"{found.target} is declared in {row['origin_place']}: change it there")


def end(store: Store, watch_id: int, *, found_something: bool) -> None:
    """Ends a watch; one that found something or had a gap stays on record, paused."""
    if found_something or store.value("SELECT 1 FROM gap WHERE watch_id = ?", watch_id):
        watches.set_state(store, watch_id, "paused", f"removed by hand on {clock.text(clock.now())[:10]}")
    else:
        watches.remove(store, watch_id)
