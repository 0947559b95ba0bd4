"""When the silence of somebody who posts, or of a site that publishes, is out of the ordinary. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

FEWEST = 10
"""Fewer times tell nothing about a habit."""


def unusual(times: Sequence[datetime], now: datetime, least: timedelta) -> tuple[datetime, timedelta] | None:
    """(since when, the longest pause before) of a silence that is out of the ordinary; None when it is not.

    It is when it lasts longer than `least`, and than twice the longest pause between any two of these times.
    """
    ordered = sorted(times)
    if len(ordered) < FEWEST:
        return None
    longest = max(later - earlier for earlier, later in pairwise(ordered))
    return (ordered[-1], longest) if now - ordered[-1] > max(least, 2 * longest) else None
