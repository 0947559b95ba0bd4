"""When a cited post is looked at next, and on which days that may cost money. Pure.

Looks are dense while a post is young and thin out; posts in our own articles, pinned and held posts are looked at more often.
X bills a post once a UTC day however often it is read, so that looks that cost are gathered on days: on a paid day every look
asks the API, on the others a free method screens, and a paid look only confirms what that missed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model.sight import State

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_EDITING = 10 * _MINUTE
_STEPS: Sequence[tuple[timedelta, timedelta, timedelta]] = (
    (_HOUR, _EDITING, 5 * _MINUTE),
    (_DAY, _HOUR, 15 * _MINUTE),
    (7 * _DAY, 6 * _HOUR, _HOUR),
    (30 * _DAY, _DAY, 6 * _HOUR),
)
"""(until this age, between looks, between looks at what stands in our own articles, is pinned or held)."""
_LATER = (7 * _DAY, _DAY)
_LONGEST_SUSPICION = 6 * _HOUR
_DAYS_AHEAD = 30


@dataclass(frozen=True, slots=True)
class Subject:
    """A post that is observed. `cited_at` is when we first knew of a citation; `close` is for what is looked at more often."""

    cited_at: datetime
    state: State
    close: bool = False
    editable_until: datetime | None = None
    misses: int = 0
    """Looks in a row that missed it."""


def next_look(subject: Subject, now: datetime, confirm_after: timedelta) -> datetime:
    """When to look again after a look at `now`."""
    if subject.state == "suspect":
        # Soon for the second look; a doubt that stays (no control post, no word on the author) is asked ever more rarely.
        doubled = confirm_after * (1 << max(0, min(subject.misses - 1, 16)))
        return now + min(doubled, max(confirm_after, _LONGEST_SUSPICION))
    if subject.state == "gone":
        return now + (_DAY if now - subject.cited_at < 30 * _DAY else 7 * _DAY)
    between = interval(now - subject.cited_at, close=subject.close)
    if subject.editable_until is not None and now <= subject.editable_until:
        # The last look of the window comes just after it, when the text is final.
        return min(now + min(between, _EDITING), max(subject.editable_until + _MINUTE, now + _MINUTE))
    return now + between


def interval(age: timedelta, *, close: bool) -> timedelta:
    """How long between two looks at a post that was first cited so long ago: what the schedule promises."""
    for until, usual, often in _STEPS:
        if age < until:
            return often if close else usual
    return _LATER[1] if close else _LATER[0]


def next_reading(published_at: datetime, now: datetime, ages: Sequence[int]) -> datetime | None:
    """When an article is read again whose readings come at these ages (in seconds); None when the last one is over."""
    moments = (published_at + timedelta(seconds=age) for age in sorted(ages))
    return next((moment for moment in moments if moment > now), None)


PAID_DAYS: Sequence[tuple[str, frozenset[int], int]] = (
    ("every day", frozenset(range(30)), 1),
    ("every day of the first week, then every third day", frozenset(range(7)), 3),
    ("days 1, 4 and 14, then once a month", frozenset({0, 1, 4, 14}), 30),
    ("day 7, then every 60 days", frozenset({0, 7}), 60),
)
"""Levels of thrift: words, days since the citation on which looks may cost, and the step after those days.

Close posts (in our own articles, pinned, held) are looked at by the level before.
"""

Ages = Mapping[tuple[int, bool], int]
"""(UTC days since the citation, whether looked at closely) -> how many posts."""


def is_paid_day(level: int, days: int, *, close: bool = False) -> bool:
    """Whether looks at a post that was first cited `days` UTC days ago may cost today."""
    _, early, step = PAID_DAYS[max(0, level - close)]
    return days in early or (days > max(early) and days % step == 0)


def forecast(ages: Ages, level: int, usd_per_post: float, days: int = _DAYS_AHEAD) -> float:
    """US dollars that looks at posts of these ages cost in so many days from now."""
    paid = sum(
        count * sum(is_paid_day(level, age + ahead, close=close) for ahead in range(days))
        for (age, close), count in ages.items()
    )
    return paid * usd_per_post


def level_for(ages: Ages, usd_per_post: float, allowance: float, days: int = _DAYS_AHEAD) -> int:
    """The least thrifty level whose forecast for so many days fits the allowance (US dollars); the thriftiest when none does."""
    fitting = (level for level in range(len(PAID_DAYS)) if forecast(ages, level, usd_per_post, days) <= allowance)
    return next(fitting, len(PAID_DAYS) - 1)


def ages_of(cited: Iterable[tuple[datetime, bool]], now: datetime) -> dict[tuple[int, bool], int]:
    """How many posts were first cited how many UTC days ago; `cited` tells of each when, and whether it is looked at closely."""
    return dict(Counter((days_between(moment, now), close) for moment, close in cited))


def days_between(earlier: datetime, later: datetime) -> int:
    """Midnights of UTC between two times."""
    return max(0, (later.date() - earlier.date()).days)
