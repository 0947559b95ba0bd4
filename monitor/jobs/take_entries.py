"""From the entries of a list to jobs: what is new is read, what changed is read again, and a first look is small."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from monitor import clock
from monitor.jobs.context import Context, pair_of
from monitor.model.feed import Entry
from monitor.model.pattern import Pattern
from monitor.store import feeds
from monitor.store.jobs import enqueue
from monitor.store.watches import Watch

FIRST_LOOK_ENTRIES = 20
MOST_NEW = 5_000
"""Articles that one look queues; the next look goes on."""
_WINDOWS = {"24h": timedelta(hours=24), "7d": timedelta(days=7)}
_FUTURE = timedelta(days=1)
"""A date further ahead is no date: a clock or a zone may be wrong by hours, not by days."""
_STAMPED_ALIKE = 10
_JUST_NOW = timedelta(hours=1)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Taken:
    """`queued` articles; `is_all`: whether nothing was left for the next look."""

    queued: int
    is_all: bool = True
    remarks: tuple[str, ...] = ()


def take(
    context: Context,
    watch: Watch,
    entries: Sequence[Entry],
    now: datetime,
    *,
    first: bool,
    born: datetime | None = None,
) -> Taken:
    """Queues the articles of entries that are new or changed, and remembers all. Call it inside the look's change.

    `first`: only what the watch's backfill takes. `born`, when the watch began, is told of a list that was there at the first
    look and is read only now: what is dated since then is new, of the rest counts what the first look would have taken.
    """
    wanted, remarks = _sound(entries, Pattern(watch.pattern), now)
    known = feeds.known_entries(context.store, watch.id, [e.id for e in wanted])
    new = [e for e in wanted if e.id not in known]
    changed = [e for e in wanted if e.change and known.get(e.id) and known[e.id] != e.change]
    fresh, there = ([], new) if first else _divided(new, born)
    older = in_window(there, watch.backfill, now if first or born is None else born)
    left = {e.id for e in fresh[MOST_NEW:]}
    feeds.note_entries(context.store, watch.id, {e.id: e.change for e in wanted if e.id not in left}, now)
    for entry in reversed(older):
        _queue(context, watch, entry, now, silent=not watch.tell_backfill)
    for entry in reversed(fresh[:MOST_NEW]):
        _queue(context, watch, entry, now, silent=False)
    for entry in changed:
        _queue(context, watch, entry, now, silent=False, priority=5)
    return Taken(min(len(fresh), MOST_NEW) + len(older), not left, remarks)


def _divided(new: Sequence[Entry], born: datetime | None) -> tuple[list[Entry], list[Entry]]:
    """What came since then, the newest first, and what may have been there before."""
    if born is None:
        return newest_first(new), []
    since = [e for e in new if e.dated_at is not None and e.dated_at >= born]
    before = [e for e in new if e.dated_at is None or e.dated_at < born]
    return newest_first(since), before


def _queue(context: Context, watch: Watch, entry: Entry, now: datetime, *, silent: bool, priority: int = 4) -> None:
    payload = {"url": entry.url, "watch": watch.id, "silent": silent}
    host = pair_of(str(entry.url))
    enqueue(context.store, "read_article", str(entry.url), payload, now=now, host=host, priority=priority)


def in_window(entries: Sequence[Entry], backfill: str, now: datetime) -> list[Entry]:
    """What a first look takes of a list, newest first. An entry without a date counts as new: twenty of them at most."""
    if backfill == "none":
        return []
    ordered = newest_first(entries)
    if backfill == "all":
        return ordered
    start = now - _WINDOWS[backfill]
    undated = {e.id for e in [e for e in entries if e.dated_at is None][:FIRST_LOOK_ENTRIES]}
    inside = [e for e in ordered if e.id in undated or (e.dated_at is not None and e.dated_at >= start)]
    return inside if backfill == "7d" else inside[:FIRST_LOOK_ENTRIES]


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """By date; those without one last, in the list's own order."""
    return sorted(entries, key=lambda e: e.dated_at or _NEVER, reverse=True)


def window_start(backfill: str, now: datetime) -> datetime | None:
    """Since when a first look takes articles; None for all of time."""
    return None if backfill == "all" else now - _WINDOWS.get(backfill, timedelta())


def _sound(entries: Sequence[Entry], pattern: Pattern, now: datetime) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries that are wanted, each once, without dates and marks of change that cannot be right."""
    remarks = []
    found = list({e.id: e for e in entries if e.url and pattern.fits(e.url)}.values())
    if entries and not found and pattern.written:
        remarks.append(f"none of its {len(entries)} addresses fits the pattern {pattern.written}")
    if _is_stamped(found, now):
        remarks.append("all its entries bear the time of the list itself as their change: it tells nothing")
        found = [replace(e, change="", updated_at=None) for e in found]
    future = sum(_is_future(e, now) for e in found)
    if future:
        remarks.append(f"{future} entries are dated in the future: their dates count for nothing")
        found = [_past(e, now) for e in found]
    return found, tuple(remarks)


def _is_stamped(entries: Sequence[Entry], now: datetime) -> bool:
    marks = {e.change for e in entries}
    if len(entries) < _STAMPED_ALIKE or len(marks) != 1:
        return False
    moment = clock.parse_or_none(next(iter(marks)))
    return moment is not None and abs(now - moment) < _JUST_NOW


def _is_future(entry: Entry, now: datetime) -> bool:
    return any(t is not None and t > now + _FUTURE for t in (entry.published_at, entry.updated_at))


def _past(entry: Entry, now: datetime) -> Entry:
    def sound(moment: datetime | None) -> datetime | None:
        return None if moment is not None and moment > now + _FUTURE else moment

    return replace(entry, published_at=sound(entry.published_at), updated_at=sound(entry.updated_at))
