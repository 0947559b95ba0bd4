"""Times as pages write them: machine stamps of many makes, and dates in words. `parsed(text)` and `in_words(text)` are the calls.

A date without a time is told as one ("day"), and so is a time without a zone ("no_zone"): neither becomes an instant.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.model.article import Moment, Precision
from monitor.tables import rows

_YEARS = range(1990, 2101)
_LONGEST = 120
_ISO = re.compile(
    r"(?P<y>\d{4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?:(?:\s*T\s*|[\s,]+)(?P<H>\d\d?):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,](?P<F>\d{1,9}))?)?"
    r"\s*(?P<z>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d|[A-Z]{2,5}\b)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:[T ]?(?P<H>\d\d):?(?P<M>\d\d):?(?P<S>\d\d)?\s*(?P<z>Z|[+-]\d\d:?\d\d)?)?"
)
_EPOCH = re.compile(r"\d{10}|\d{13}")
_MAIL = re.compile(r"[A-Za-z]{3},?\s+(?:\d{1,2}\s+[A-Za-z]{3}|[A-Za-z]{3}\s+\d{1,2})\s")
_CLOCK = re.compile(
    r"(?<![\d.:])(?P<H>[01]?\d|2[0-3])[:.h](?P<M>[0-5]\d)(?:[:.](?P<S>[0-5]\d))?(?!\d|[.:]\d)\s*(?P<half>[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_HOUR = re.compile(r"\b(?P<H>1[0-2]|[1-9])\s?(?P<half>[ap]\.?m\b\.?)", re.IGNORECASE)
_ZONE = re.compile(r"\s*(?:Uhr|Uhr\.)?\s*[(\[]?(?P<z>Z|UTC|GMT|[+-]\d\d:?\d\d|[A-Z]{2,5})\b")
_NAMED_DAY = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|\.|-)?(?:\s+(?:of|de|d'))?[\s.\-/]*(?P<name>[^\W\d_]{3,14})\.?,?(?:\s+(?:de|del))?[\s\-/.,’']+(?P<y>\d{4})(?!\d)"
)
_NAMED_MONTH = re.compile(r"(?P<name>[^\W\d_]{3,14})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?,?\s+(?P<y>\d{4})(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4}|\d\d)(?![\d.])")
_SLASHED = re.compile(r"(?<![\d/])(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})(?![\d/])")
_SIGNS = re.compile(r"(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]")
_OFFSETS = {"Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180,
            "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "JST": 540, "KST": 540, "AEST": 600,
            "AEDT": 660, "NZST": 720, "NZDT": 780, "SGT": 480, "HKT": 480, "BRT": -180, "TRT": 180}  # fmt: skip
_PLACES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
"""Zones that two places share under one name (IST, CST, BST) are left out: such a time has no zone that we know."""


def parsed(text: str | None, source: str = "") -> Moment | None:
    """The time of a machine's stamp, or of a short text that is nothing but a date in words."""
    written = " ".join((text or "")[:_LONGEST].split())
    if not written:
        return None
    if _EPOCH.fullmatch(written):
        return _moment(datetime.fromtimestamp(int(written[:10]), UTC), "exact", source)
    for shape in (_ISO, _COMPACT):
        match = shape.match(written)
        if match and not written[match.end() : match.end() + 1].isdigit():
            return _of_parts(match.groupdict(), source)
    return _of_mail(written, source) or in_words(written, source)


def _of_mail(written: str, source: str) -> Moment | None:
    """A time as mail writes it: "Sun, 14 Jul 2024 16:30:00 GMT"."""
    if not _MAIL.match(written):
        return None
    try:
        moment = parsedate_to_datetime(written)
        return _moment(moment.astimezone(UTC), "exact", source) if moment.tzinfo else None
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def in_words(text: str, source: str = "", *, american: bool | None = None) -> Moment | None:
    """The first date in a short text, with the time of day and zone beside it.

    `american` tells whether 5/6/2020 is the sixth of May; None leaves such dates unread.
    """
    written = " ".join(text[:400].split())
    for date, end in _dates(written, american):
        year, month, day = date
        return _with_clock(year, month, day, written, end, source)
    return None


def _dates(text: str, american: bool | None) -> Iterator[tuple[tuple[int, int, int], int]]:
    found: list[tuple[int, tuple[int, int, int], int]] = []
    for shape in (_ISO, _SIGNS, _NAMED_DAY, _NAMED_MONTH, _DOTTED, _SLASHED):
        for match in shape.finditer(text):
            date = _date_of(match, shape is _SLASHED, american)
            if date:
                found.append((match.start(), date, match.end("d") if shape is _ISO else match.end()))
                break
    return ((date, end) for _, date, end in sorted(found))


def _date_of(match: re.Match[str], slashed: bool, american: bool | None) -> tuple[int, int, int] | None:
    parts = match.groupdict()
    year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
    month = _months().get(parts["name"].lower()) if "name" in parts else int(parts["m"])
    day = int(parts["d"])
    if slashed and month is not None:
        if american is None and month <= 12 and day <= 12 and month != day:
            return None
        if month > 12 or (american and day <= 12):
            month, day = day, month
    if month is None or year not in _YEARS:
        return None
    try:
        datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return year, month, day


def _with_clock(year: int, month: int, day: int, text: str, end: int, source: str) -> Moment | None:
    after = text[end : end + 40]
    match = _CLOCK.search(after) or _HOUR.search(after)
    if match is None:
        before = text[:end][-60:]
        match = _CLOCK.match(before) if ":" in before[:6] else None
        after = before
    if match is None:
        return _moment(datetime(year, month, day, tzinfo=UTC), "day", source)
    parts = match.groupdict()
    hour = int(parts["H"])
    half = (parts.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = _ZONE.match(after[match.end() :])
    wall = datetime(year, month, day, hour, int(parts.get("M") or 0), int(parts.get("S") or 0))  # noqa: DTZ001  # zoned below
    return _zoned(wall, zone.group("z") if zone else None, source)


def _of_parts(parts: dict[str, str | None], source: str) -> Moment | None:
    try:
        date = int(parts["y"] or 0), int(parts["m"] or 0), int(parts["d"] or 0)
        if parts["H"] is None:
            return _moment(datetime(*date, tzinfo=UTC), "day", source)
        micro = int(((parts.get("F") or "") + "000000")[:6])
        wall = datetime(*date, int(parts["H"]), int(parts["M"] or 0), int(parts["S"] or 0), micro)  # noqa: DTZ001  # zoned below
    except ValueError:
        return None
    return _zoned(wall, parts["z"], source)


def _zoned(wall: datetime, name: str | None, source: str) -> Moment | None:
    zone = _zone(name)
    midnight = not (wall.hour or wall.minute or wall.second or wall.microsecond)
    try:
        moment = wall.replace(tzinfo=zone or UTC).astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    if midnight and (zone is None or moment.hour == 0):
        # Midnight to the second, in UTC or nowhere, is a day that a program has written out.
        return _moment(moment, "day", source)
    return _moment(moment, "exact" if zone is not None else "no_zone", source)


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    known = name.upper()
    if known in _OFFSETS:
        return timezone(timedelta(minutes=_OFFSETS[known]))
    if known in _PLACES:
        try:
            return ZoneInfo(_PLACES[known])
        except ZoneInfoNotFoundError:
            return None
    match = re.fullmatch(r"([+-])(\d\d):?(\d\d)?", known)
    if match is None:
        return None
    minutes = int(match.group(2)) * 60 + int(match.group(3) or 0)
    return timezone(timedelta(minutes=minutes if match.group(1) == "+" else -minutes)) if minutes < 1_440 else None


def _moment(at: datetime, precision: Precision, source: str) -> Moment | None:
    return Moment(at, precision, source) if at.year in _YEARS else None


@cache
def _months() -> dict[str, int]:
    """The number of a month by its name in lower case."""
    table = rows(Path(__file__).with_name("months.txt"))
    return {name: int(number) for number, names in table for name in names.split()}
