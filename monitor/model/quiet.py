"""Hours in which somebody wants to be left alone, as people write them: "22:00-07:00", "sat,sun 00:00-24:00"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WRITTEN = re.compile(r"(?:([a-z,\- ]+?)\s+)?(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
_MINUTE = timedelta(minutes=1)
_FOREVER = timedelta(days=14)
"""Quiet hours that leave no gap end after this."""


@dataclass(frozen=True, slots=True)
class Window:
    """One window a day, by the wall clock; `end` at or before `start` is on the next day."""

    days: frozenset[int]
    """Days on which it begins, Monday is 0."""
    start: time
    end: time

    def holds(self, moment: datetime) -> bool:
        """Whether a local time lies in it."""
        at = moment.time()
        if self.start < self.end:
            return moment.weekday() in self.days and self.start <= at < self.end
        if at >= self.start:
            return moment.weekday() in self.days
        return at < self.end and (moment.weekday() - 1) % 7 in self.days


def window(written: str) -> Window:
    """A window as written. Raises ValueError."""
    match = _WRITTEN.fullmatch(written.strip().lower())
    if match is None:
        raise ValueError('write hours such as "22:00-07:00" or "sat,sun 00:00-24:00"')
    days, *numbers = match.groups()
    first, last, third, fourth = map(int, numbers)
    if first > 23 or last > 59 or fourth > 59 or third > 24 or (third == 24 and fourth):
        raise ValueError(f"{written}: there is no such time of day")
    start, end = time(first, last), time(third % 24, fourth)
    if start == end and third != 24:
        raise ValueError(f'{written}: begins and ends at one time; a whole day is "00:00-24:00"')
    return Window(_days(days or "mon-sun"), start, end)


def _days(written: str) -> frozenset[int]:
    found: set[int] = set()
    for part in written.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if first not in DAYS or (dash and last not in DAYS):
            raise ValueError(f'"{part}" is no day: write {", ".join(DAYS)}, or two of them with a - between')
        begin, finish = DAYS.index(first), DAYS.index(last or first)
        found.update((begin + n) % 7 for n in range((finish - begin) % 7 + 1))
    return frozenset(found)


def quiet_until(windows: Sequence[Window], zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the quiet hours that hold now end; None when it is not quiet.

    The wall clock of the zone decides, also in the nights in which it is put forward or back.
    """
    if not _quiet(windows, zone, now):
        return None
    moment = now
    while moment - now < _FOREVER:
        moment = _next_edge(windows, zone, moment)
        if not _quiet(windows, zone, moment):
            return moment
    return moment


def _quiet(windows: Sequence[Window], zone: ZoneInfo, moment: datetime) -> bool:
    local = moment.astimezone(zone)
    return any(one.holds(local) for one in windows)


def _next_edge(windows: Sequence[Window], zone: ZoneInfo, moment: datetime) -> datetime:
    """The first moment after this one at which a window may end."""
    local = moment.astimezone(zone)
    edges = [
        edge
        for one in windows
        for days in (0, 1)
        for edge in _instants((local + timedelta(days=days)).date(), one.end, zone)
        if edge > moment
    ]
    return min(edges) if edges else moment + timedelta(days=1)


def _instants(day: date, at: time, zone: ZoneInfo) -> list[datetime]:
    """The moments at which the wall clock shows a time of a day, two when it is put back over it; when it is put forward over
    it, the moment at which that happens."""
    made = [datetime.combine(day, at, tzinfo=zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    if made[0] <= made[1]:
        return made
    # Skipped: the clock jumps somewhere between the two readings.
    moment = made[1]
    while moment.astimezone(zone).time() < at and moment < made[0]:
        moment += _MINUTE
    return [moment]


def next_at(at: time, zone: ZoneInfo, now: datetime) -> datetime:
    """The first moment after `now` at which the zone's wall clock shows a time of day."""
    local = now.astimezone(zone)
    found = [
        one for days in (0, 1, 2) for one in _instants((local + timedelta(days=days)).date(), at, zone) if one > now
    ]
    return min(found)
