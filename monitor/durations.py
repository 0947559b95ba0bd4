"""Durations as people write them: "90s", "5m", "1h30m", "2d"."""

import re
from datetime import timedelta

from monitor import clock

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def seconds_of(value: object) -> int:
    """Whole seconds of a duration such as "90s", "5m", "1h30m", "2d". Raises ValueError."""
    if not isinstance(value, str) or not re.fullmatch(r"(\d+[smhdw])+", value.strip()):
        raise ValueError('write a duration such as "30s", "5m", "1h" or "2d"')
    total = sum(int(n) * _UNITS[unit] for n, unit in re.findall(r"(\d+)([smhdw])", value))
    if total < 1:
        raise ValueError('the shortest duration is "1s"')
    return total


def duration_text(seconds: int) -> str:
    """The shortest way to write whole seconds as a duration."""
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def since_text(value: str) -> str:
    """A time as listings filter by: from RFC 3339, a date, or an age such as "2d". Raises ValueError."""
    try:
        return clock.text(clock.now() - timedelta(seconds=seconds_of(value)))
    except (ValueError, OverflowError):
        pass
    try:
        return clock.text(clock.parse(value))
    except (ValueError, OverflowError):
        raise ValueError('write a time such as 2026-11-23T10:00:00Z, a date, or an age such as "2d"') from None
