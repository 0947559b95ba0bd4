"""When an alert goes out over a channel: alone and at once, or later, in one message with others. Pure.

1. `slot_of` tells what kind of message it belongs to, by what happened, how grave it is, and how the channel groups.
2. `closing_of` tells when such a message goes out.
3. `Quiet` hours of people put off what is not grave enough to ring.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.alert import PRIORITIES
from monitor.model.quiet import Window, next_at, quiet_until

DESK_ONLY = frozenset(("citation_suggested",))
"""Kinds that wait on the desk for whoever looks: they go nowhere unless a rule asks for the kind."""
_HOURLY, _DAILY = frozenset(("post_new",)), frozenset(("citation_new",))
_BY_PRIORITY = {"flash": "", "urgent": "group", "normal": "hourly", "info": "daily"}
WORDS = {
    "group": "waits for others to go with it",
    "hourly": "goes with this hour's",
    "daily": "goes with the daily digest",
    "quiet": "quiet hours",
    "storm": "one of very many: they become one summary",
    "backlog": "the channel was down: what it missed comes in one summary",
}
"""Why a delivery waits, by the slot of its bundle."""


def slot_of(kind: str, priority: str, grouping: str, *, ruled: bool = False) -> str:
    """The kind of bundle that an alert joins; "" when it goes alone, at once.

    `grouping` is the channel's: none, standard, digest. `ruled`: a rule of the newsroom gave the priority, which then counts
    more than what happened.
    """
    if grouping == "none" or priority == "flash":
        return ""
    if grouping == "digest":
        return "daily"
    if not ruled and kind in _HOURLY and priority != "info":
        return "hourly"
    if not ruled and kind in _DAILY:
        return "daily"
    return _BY_PRIORITY[priority]


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The newsroom's choices of time."""

    zone: ZoneInfo
    digest_at: time = time(8)
    group_wait: timedelta = timedelta(minutes=5)
    group_interval: timedelta = timedelta(minutes=5)


def closing_of(slot: str, clockwork: Clockwork, now: datetime, last: datetime | None = None) -> datetime:
    """When a bundle that is opened now goes out; `last` is when the channel's one before it closed."""
    if slot == "group":
        wait = now + clockwork.group_wait
        return max(wait, last + clockwork.group_interval) if last else wait
    if slot == "hourly":
        return now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    if slot == "daily":
        return next_at(clockwork.digest_at, clockwork.zone, now)
    return now


@dataclass(frozen=True, slots=True)
class Quiet:
    """One person's quiet hours."""

    name: str
    windows: tuple[Window, ...]
    zone: ZoneInfo
    rings: str
    """The least priority that comes through all the same; "never" for none."""

    def until(self, priority: str, now: datetime) -> datetime | None:
        """When an alert of this priority may be told; None for now."""
        if self.rings != "never" and PRIORITIES.index(priority) <= PRIORITIES.index(self.rings):
            return None
        return quiet_until(self.windows, self.zone, now)


def held_until(quiets: Sequence[Quiet], priority: str, now: datetime) -> tuple[datetime, str] | None:
    """(when, whose quiet hours) for a channel of these people: it is quiet while it is so for all of them."""
    ends = [(quiet.until(priority, now), quiet.name) for quiet in quiets]
    waiting = [(end, name) for end, name in ends if end is not None]
    return min(waiting) if waiting and len(waiting) == len(ends) else None


def delay_words(planned_at: datetime, now: datetime, *, least: timedelta = timedelta(minutes=2)) -> str:
    """ "delayed by 6 h" for what comes later than it was meant to; "" when it is in time."""
    late = now - planned_at
    if late < least:
        return ""
    minutes = int(late.total_seconds() // 60)
    if minutes < 120:
        return f"delayed by {minutes} min"
    hours = minutes // 60
    return f"delayed by {hours} h" if hours < 48 else f"delayed by {hours // 24} days"
