"""Times as lists of articles write them: W3C's date and time in all its lengths, and what else is met in sitemaps."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor import clock

_W3C = re.compile(
    r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,](\d+))?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?)?)?",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"[12]\d{9}(?:\d{3})?")
_LONGEST = 64


def moment_of(text: str) -> datetime | None:
    """The aware UTC time, None where it makes no sense. A day without a time counts as its end, which is no earlier than true."""
    written = " ".join(text[: _LONGEST + 1].split())
    if not written or len(written) > _LONGEST:
        return None
    if _SECONDS.fullmatch(written):
        return datetime.fromtimestamp(int(written[:10]), UTC)
    found = _W3C.fullmatch(written)
    if found is not None:
        return _w3c(*found.groups())
    return _rfc_822(written) or clock.parse_or_none(written)


def change_of(text: str, moment: datetime | None) -> str:
    """A time as a mark that differs when it was changed: one form for each moment, else the words as written."""
    return clock.text(moment) if moment is not None else " ".join(text.split())[:_LONGEST]


def _w3c(
    year: str,
    month: str | None,
    day: str | None,
    hour: str | None,
    minute: str | None,
    second: str | None,
    fraction: str | None,
    zone: str | None,
) -> datetime | None:
    try:
        if hour is None:
            first = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
            return first + timedelta(days=1, seconds=-1) if day else first
        moment = datetime(int(year), int(month or 1), int(day or 1), int(hour), int(minute or 0), tzinfo=UTC)
        parts = timedelta(seconds=min(int(second or 0), 59), microseconds=int(f"{fraction or 0:0<6}"[:6]))
        return moment + parts - _offset(zone)
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None) -> timedelta:
    if zone is None or zone in "Zz":
        return timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    east = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -east if zone[0] == "-" else east


def _rfc_822(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
