"""How X makes an id from a time: milliseconds since November 2010 in the high bits, a sequence in the low 22."""

from datetime import UTC, datetime

_EPOCH_MS = 1_288_834_974_657


class IdMaker:
    """Gives ids that never repeat, also for one time asked twice."""

    def __init__(self) -> None:
        self._sequence = 0

    def id_at(self, moment: datetime) -> str:
        """A new id whose high bits tell the moment."""
        self._sequence = (self._sequence + 1) % (1 << 22)
        return str(((int(moment.timestamp() * 1000) - _EPOCH_MS) << 22) | self._sequence)


def first_id_at(moment: datetime) -> int:
    """The smallest id that the moment can have."""
    return max(0, int(moment.timestamp() * 1000) - _EPOCH_MS) << 22


def time_of(post_id: str) -> datetime:
    """The time that an id tells."""
    return datetime.fromtimestamp(((int(post_id) >> 22) + _EPOCH_MS) / 1000, UTC)


def base36(number: int) -> str:
    """A number as X's page tokens write it."""
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits or "0"
