"""What the times of an article and of a post tell: `timing(told, post, pool)`.

A post is told soon after it was written, rarely long after, and hardly ever before. How much that tells depends on how many
other posts the same span holds.
"""

import math
from dataclasses import dataclass

from monitor.link.moments import seconds
from monitor.link.pool import Pool
from monitor.link.told import Told
from monitor.model.linking import Candidate

_HOUR = 3600.0
_OWN_SLACK = 2.0
"""Hours of the article's slack that are for late additions, and not for what is unknown of its time."""
_LATE_HOURS = 6.0
"""Hours beyond the article's slack after which a post is wholly too late."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How an article and a post stand in time. `hours` is None where one of them has no time."""

    hours: float | None
    """From the post to the article; negative when the post is younger."""
    lateness: float
    """From 0 (in time) to 1 (well after the article)."""
    crowd: int
    """Other posts in a like span of time."""
    own_crowd: int
    """Those of them by the same account."""
    younger: bool = False
    """Whether the post came clearly after the article's publication: by more than an hour, where the article tells its time exactly."""


def timing(told: Told, post: Candidate, pool: Pool) -> Timing:
    """How the two stand in time, and how crowded that span is."""
    if told.at is None or post.posted_at is None:
        return Timing(None, 0.0, len(pool), max(0, len(pool.of_account(post.author_key)) - 1))
    at = seconds(post.posted_at)
    hours = (told.at - at) / _HOUR
    first, last = _span(hours)
    begin, end = told.at - last * _HOUR, told.at - first * _HOUR
    crowd = pool.between(begin, end) - 1
    mine = pool.own_between(post.author_key, begin, end) - 1
    late = max(0.0, -hours - told.story.slack_hours) / _LATE_HOURS
    younger = hours < _OWN_SLACK - told.story.slack_hours
    return Timing(hours, min(1.0, late), max(0, crowd), max(0, mine), younger)


def _span(hours: float) -> tuple[float, float]:
    """The span of ages that count as alike: from a factor of e younger to a factor of e older."""
    if hours < 0:
        return hours * math.e - 3, 3.0
    first, last = (hours + 1) / math.e - 1, (hours + 1) * math.e - 1
    return (first if first >= 1 else -3.0), last
