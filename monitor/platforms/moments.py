"""What the number of a post tells of its time, where the platform makes its numbers from a clock."""

from datetime import UTC, datetime, timedelta

from monitor import clock

AHEAD = timedelta(days=1)
"""How far our clock may be behind theirs."""
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)


def digits(post_id: str, fewest: int, most: int) -> int | None:
    """The number that an id is; None when it is none, or has more or fewer digits."""
    return int(post_id) if post_id.isascii() and post_id.isdigit() and fewest <= len(post_id) <= most else None


def plausible(milliseconds: float, since: datetime) -> datetime | None:
    """That many milliseconds after 1970, aware UTC. None when that is before `since` or in the future: then no clock made it."""
    try:
        moment = _UNIX + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
    return moment if since <= moment <= clock.now() + AHEAD else None
