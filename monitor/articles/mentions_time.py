"""When something was posted, as far as a sentence tells: `posted(sentence, published_at, table)`.

"On Wednesday" is the last Wednesday up to the article's day. Nobody tells the time zone, so a day reaches half a day further both ways.
"""

import re
from datetime import UTC, datetime, timedelta

from monitor.articles.mentions_tables import Table

Span = tuple[datetime | None, datetime | None]

_MARGIN = timedelta(hours=12)
_DAY = timedelta(days=1)
_NUMBERED = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?(?: de | di )?\s*$")
_AFTER = re.compile(r"^[,.]?\s*(\d{1,2})(?:st|nd|rd|th)?(?!\d)")
_YEAR = re.compile(r"^[,.]?(?:\s*\d{1,2}(?:st|nd|rd|th)?)?,?(?: de| di)?\s+((?:19|20)\d\d)\b")
_UNIT = (timedelta(minutes=1), timedelta(hours=1), _DAY, timedelta(days=7))


def posted(sentence: str, published_at: datetime | None, table: Table) -> Span:
    """From when to when; None for an end that the sentence leaves open. Nothing is after the article, as far as we know."""
    until = published_at
    times = table.times
    if published_at is None or not times.any.search(sentence):
        return None, until
    day = _date(sentence, published_at, table) or _ago(sentence, published_at, table)
    if day is None:
        day = _span(sentence, published_at, table) or _weekday(sentence, published_at, table)
    if day is None:
        return None, until
    first, last = day
    return first - _MARGIN, min(last + _MARGIN, published_at + _MARGIN)


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _date(sentence: str, published: datetime, table: Table) -> tuple[datetime, datetime] | None:
    for month, pattern in enumerate(table.times.months, 1):
        for found in pattern.finditer(sentence):
            before = _NUMBERED.search(sentence[: found.start()])
            after = _AFTER.search(sentence[found.end() :])
            number = before or (after if table.language == "en" else None)
            if not number:
                continue
            told = _YEAR.search(sentence[found.end() :])
            day = _day_of(int(told[1]) if told else published.year, month, int(number[1]))
            if day and not told and day > published + _DAY:
                day = _day_of(published.year - 1, month, int(number[1]))
            if day and day <= published + _DAY:
                return day, day + _DAY
    return None


def _day_of(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _ago(sentence: str, published: datetime, table: Table) -> tuple[datetime, datetime] | None:
    found = table.times.ago.search(sentence)
    if not found:
        return None
    number = found[1].lower().replace("’", "'").replace("ʼ", "'")
    known = [n.lower() for n in table.times.numbers]
    count = int(number) if number.isdigit() else known.index(number) + 1 if number in known else 1
    units = [u.lower() for u in table.times.units]
    unit = next((i for i, u in enumerate(units) if found[2].lower().startswith(u)), 2)
    if count * _UNIT[unit] > timedelta(days=4000):
        return None
    at = published - count * _UNIT[unit]
    return (_midnight(at), _midnight(at) + _DAY) if unit > 1 else (at, published)


def _span(sentence: str, published: datetime, table: Table) -> tuple[datetime, datetime] | None:
    today = _midnight(published)
    ends = {
        "before_yesterday": (today - 2 * _DAY, today - _DAY),
        "yesterday": (today - _DAY, today),
        "today": (today, today + _DAY),
        "last_week": (today - (7 + today.weekday()) * _DAY, today - max(1, today.weekday()) * _DAY),
        "this_week": (today - 7 * _DAY, today + _DAY),
    }
    return next((ends[name] for name, pattern in table.times.spans.items() if pattern.search(sentence)), None)


def _weekday(sentence: str, published: datetime, table: Table) -> tuple[datetime, datetime] | None:
    for number, pattern in enumerate(table.times.weekdays):
        if pattern.search(sentence):
            day = _midnight(published) - ((published.weekday() - number) % 7) * _DAY
            return day, day + _DAY
    return None
