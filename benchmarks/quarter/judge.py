"""Holds what was told against what was true."""

import statistics
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from monitor import clock
from monitor.watching import cadence
from quarter.play import Played
from quarter.story import Cited

CONFIRM = timedelta(minutes=5)
_UNSEEN_BY_ALL = ("withheld in countries", "copyright")
"""What free answers do not tell: seen on the days on which looks may cost."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One disappearance: from when to when, why, and what was told of it."""

    cited: Cited
    start: datetime
    end: datetime
    reason: str
    told: str | None
    """The reason as told; None when nothing was."""
    delay: timedelta | None
    promise: timedelta
    restored: bool | None
    """Whether its return was told; None if it did not return in time to be seen."""
    came_back: bool

    @property
    def long_enough(self) -> bool:
        """Whether it lasted so long that the schedule promises to see it."""
        return self.end - self.start > self.promise


@dataclass(frozen=True, slots=True)
class Judged:
    """The figures."""

    false_gone: list[str]
    episodes: list[Episode]
    matrix: dict[str, Counter[str]]
    alarms_of_link_rot: int
    edits: tuple[int, int]
    """(told, true)."""


def judge(played: Played) -> Judged:
    """All of it."""
    told: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for verdict in played.verdicts:
        told[str(verdict["post_id"])].append(verdict)
    false, episodes, rot = [], [], 0
    alarms = [a for a in played.alerts if a["kind"] == "post_gone"]
    for one in played.cited:
        verdicts = told[one.post.chain[0]]
        gone = [v for v in verdicts if v["state"] == "gone" and one.truth_at(clock.parse(v["at"])) is None]
        false += [f"{one.post.id} at {v['at']}: {v['reason']}: {v['evidence']}" for v in gone]
        episodes += _episodes(played, one, verdicts)
        if one.truth_at(one.cited_at) not in (None, *_UNSEEN_BY_ALL):
            first_back = next((at for at, reason in one.truth if at > one.cited_at and reason is None), played.end)
            rot += sum(a["post_id"] == one.post.chain[0] and clock.parse(a["created_at"]) < first_back for a in alarms)
    return Judged(false, episodes, _matrix(played, episodes, told), rot, _edits(played))


def _episodes(played: Played, one: Cited, verdicts: list[dict[str, Any]]) -> list[Episode]:
    found = []
    spans = [(at, reason) for at, reason in one.truth if at >= one.cited_at]
    seen_before = one.truth_at(one.cited_at) is None
    tick = played.tick
    for n, (start, reason) in enumerate(spans):
        before = one.truth_at(start - timedelta(microseconds=1)) if start > one.cited_at else None
        if reason is None or before is not None or not seen_before or start <= one.cited_at + 2 * tick:
            continue
        back = next((at for at, later in spans[n + 1 :] if later is None), None)
        end = back or played.end
        gone = next((v for v in verdicts if v["state"] == "gone" and start <= clock.parse(v["at"]) <= end), None)
        at = clock.parse(gone["at"]) if gone else None
        returned = None
        if gone and back and played.end - back > timedelta(days=8):
            returned = any(v["state"] == "restored" and clock.parse(v["at"]) >= back for v in verdicts)
        found.append(
            Episode(
                *(one, start, end, reason, str(gone["reason"]) if gone else None, at - start if at else None),
                *(_promise(one, start, reason, tick), returned, back is not None),
            )
        )
    return found


def _promise(one: Cited, start: datetime, reason: str, tick: timedelta) -> timedelta:
    """The longest that the schedule lets pass between a disappearance and its alarm, while all answer."""
    age = start - one.cited_at
    between = cadence.interval(age, close=one.own)
    if reason in _UNSEEN_BY_ALL:
        level = len(cadence.PAID_DAYS) - 1
        days = cadence.days_between(one.cited_at, start)
        paid = next(n for n in range(days + 1, days + 400) if cadence.is_paid_day(level, n))
        midnight = one.cited_at.replace(hour=0, minute=0, second=0, microsecond=0)
        between += midnight + timedelta(days=paid) - start
    return between + CONFIRM + 2 * tick


def _matrix(played: Played, episodes: list[Episode], told: dict[str, list[dict[str, Any]]]) -> dict[str, Counter[str]]:
    matrix: dict[str, Counter[str]] = defaultdict(Counter)
    for one in played.cited:
        if all(reason is None for _, reason in one.truth):
            states = {v["state"] for v in told[one.post.chain[0]]}
            matrix["live all the time"]["gone" if "gone" in states else "never gone"] += 1
        elif one.truth_at(one.cited_at) is not None:
            first = next((v for v in told[one.post.chain[0]] if v["state"] == "gone"), None)
            matrix["gone before us"]["link rot, no alarm" if first else "unknown or suspect"] += 1
    for episode in episodes:
        untold = "not told" if episode.long_enough else "over before it was due"
        matrix[episode.reason][episode.told or untold] += 1
    return dict(matrix)


def _edits(played: Played) -> tuple[int, int]:
    told = {a["version_id"] for a in played.alerts if a["kind"] == "post_edited"}
    true = [
        new
        for one in played.cited
        for at, new in one.edits
        if one.truth_at(at) is None and _seen_live(one, at, played.tick)
    ]
    return sum(new in told for new in true), len(true)


def _seen_live(one: Cited, at: datetime, tick: timedelta) -> bool:
    """Whether the edit could be seen: the post was there for a while after it, and was looked at before it."""
    hour = timedelta(hours=2)
    return at > one.cited_at + 2 * tick and all(not (at <= moment <= at + hour) for moment, r in one.truth if r)


def median_share(episodes: list[Episode]) -> float | None:
    """The median of delay by promise."""
    shares = [e.delay / e.promise for e in episodes if e.delay is not None]
    return round(statistics.median(shares), 3) if shares else None
