"""X's windows of fifteen minutes: how many requests each route still takes, as told in the headers of every answer."""

import fnmatch
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.demo.world.http import Headers

_WINDOW = timedelta(minutes=15)
_LIMITS = {
    "/2/users/by": 300,
    "/2/users/by/username/{username}": 300,
    "/2/users": 300,
    "/2/users/{id}": 300,
    "/2/users/{id}/tweets": 10_000,
    "/2/tweets": 3_500,
    "/2/tweets/{id}": 450,
    "/2/tweets/search/recent": 450,
    "/2/usage/tweets": 50,
}


@dataclass(slots=True)
class Block:
    """An order to tell a route's window otherwise than it is. `reset` None leaves the header out."""

    pattern: str
    remaining: int
    reset: datetime | None
    times: int | None
    hits: int = 0

    def holds(self, path: str, now: datetime) -> bool:
        """Whether it still counts: for so many refusals, or until a reset that lay ahead."""
        if not fnmatch.fnmatchcase(path, self.pattern):
            return False
        if self.times is not None:
            return self.hits < self.times
        return self.reset is None or now < self.reset


@dataclass(frozen=True, slots=True)
class Turn:
    """What a request meets: whether it may pass, and the headers that tell the window."""

    passes: bool
    headers: Headers


class Limits:
    """All windows. `blocks` come first."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._windows: dict[str, tuple[datetime, int]] = {}
        self._lock = threading.Lock()

    def take(self, route: str, path: str, now: datetime) -> Turn:
        """Counts a request."""
        with self._lock:
            for block in self.blocks:
                if block.holds(path, now):
                    return self._blocked(block, _LIMITS[route])
            end, used = self._windows.get(route, (now + _WINDOW, 0))
            if end <= now:
                end, used = now + _WINDOW, 0
            passes = used < _LIMITS[route]
            self._windows[route] = (end, used + passes)
            return Turn(passes, _headers(_LIMITS[route], _LIMITS[route] - used - passes, end))

    def _blocked(self, block: Block, limit: int) -> Turn:
        headers = _headers(limit, max(0, block.remaining - 1), block.reset)
        if block.remaining > 0:
            block.remaining -= 1
            return Turn(True, headers)
        block.hits += 1
        return Turn(False, headers)


def _headers(limit: int, remaining: int, reset: datetime | None) -> Headers:
    told = (("x-rate-limit-limit", str(limit)), ("x-rate-limit-remaining", str(remaining)))
    return told if reset is None else (*told, ("x-rate-limit-reset", str(int(reset.timestamp()))))
