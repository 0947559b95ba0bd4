"""What time it is: aware UTC, from the system clock, written one way.

Every wall time of the program comes from `now()`; time-outs use `time.monotonic()`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

Source = Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)


_source: Source = _system


def now() -> datetime:
    """The system clock's time, aware UTC, to the microsecond."""
    return _source()


@contextmanager
def told_by(source: Source) -> Iterator[None]:
    """Lets another clock tell the time of this process: for a world in which a quarter passes in minutes."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before


def text(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds and `Z`; sorts as text in the order of time."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def text_or_none(moment: datetime | None) -> str | None:
    """`text`, or None for no time."""
    return None if moment is None else text(moment)


def parse(value: str) -> datetime:
    """The aware UTC time of an RFC 3339 text; a text without zone is taken as UTC. Raises ValueError."""
    moment = datetime.fromisoformat(value.strip().replace("Z", "+00:00").replace("z", "+00:00"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def parse_or_none(value: str | None) -> datetime | None:
    """`parse`, or None for an empty or unreadable text."""
    try:
        return parse(value) if value else None
    except ValueError:
        return None
