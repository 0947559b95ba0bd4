"""What Retry-After says, taken with care: servers send dates of the past, negative numbers and years."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = timedelta(hours=24)


def retry_after(headers: Iterable[tuple[str, str]], now: datetime) -> datetime | None:
    """When to ask again (aware UTC, at most 24 hours from `now`); None when it is not said or makes no sense."""
    value = next((value.strip() for name, value in headers if name.lower() == "retry-after"), "")
    if value.isascii() and value.isdigit():
        return now + min(timedelta(seconds=int(value[:9])), _LONGEST)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return min(moment, now + _LONGEST) if moment >= now else None
