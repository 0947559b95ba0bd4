"""When the silence of somebody who posts, or of a site that publishes, is out of the ordinary. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

FEWEST = 10
"""Fewer times tell nothing about a habit."""
UNKNOWN = timedelta(days=14)
"""Without a known habit, a silence of so long is worth a look."""


def unusual(
    times: Sequence[datetime], since: datetime, now: datetime, least: timedelta
) -> tuple[datetime, timedelta | None] | None:
    """(since when, the longest pause before; None where too little is known) of a silence that is out of the ordinary.

    It is when it lasts longer than `least`, and than twice the longest pause between any two of these times; of what has hardly
    ever been heard since we began to watch (`since`), when it lasts a fortnight. None for any other.
    """
    ordered = sorted(times)
    last = max(since, ordered[-1]) if ordered else since
    if len(ordered) < FEWEST:
        return (last, None) if now - last > max(least, UNKNOWN) else None
    longest = max(later - earlier for earlier, later in pairwise(ordered))
    return (ordered[-1], longest) if now - ordered[-1] > max(least, 2 * longest) else None
