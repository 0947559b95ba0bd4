"""Moments as seconds since 1970, which the indexes sort by."""

import math
from datetime import UTC, datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BEYOND = math.inf
"""The time of posts without one: after all others, in no span of time."""


def seconds(moment: datetime | None) -> float:
    """Seconds since 1970; `BEYOND` for no time."""
    return (moment - _EPOCH).total_seconds() if moment else BEYOND
