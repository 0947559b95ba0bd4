"""Manners towards hosts that are asked for many posts: so many at once, a pause between, and a stop when they are in trouble."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from monitor.waiting import pause

_GAP_S = 0.1
_AT_FIRST = 24
"""Requests to a host that go out without a pause: what one article cites."""
_ENOUGH_FAILURES = 6


class AskingTurns:
    """Whose turn it is at each host; safe to share between threads.

    `at_once` requests run side by side to a host; after those of an ordinary article they are a tenth of a second apart, unless
    `is_own` says that the host is the operator's.
    """

    def __init__(self, at_once: int, is_own: Callable[[str], bool], stop: threading.Event) -> None:
        self._at_once = at_once
        self._is_own = is_own
        self._stop = stop
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def at(self, host: str) -> Iterator[None]:
        """Waits for a turn at the host, and holds it."""
        known = self._host(host)
        with known.places:
            pause(self._stop, self._pause(host, known))
            yield

    def _pause(self, host: str, known: "_Host") -> float:
        with self._lock:
            known.asked += 1
            now = time.monotonic()
            if self._is_own(host) or known.asked <= _AT_FIRST:
                return 0.0
            known.last = max(known.last + _GAP_S, now)
            return known.last - now

    def pause_left(self, host: str) -> float:
        """Seconds until the host may be asked again; 0 when it may be now."""
        return max(0.0, self._host(host).until - time.monotonic())

    def is_given_up(self, host: str) -> bool:
        """Whether the host failed so often in a row that this run asks it no more."""
        return self._host(host).failures >= _ENOUGH_FAILURES

    def answered(self, host: str, *, well: bool) -> None:
        """Notes whether the host gave an answer; six failures in a row, and it is given up."""
        known = self._host(host)
        with self._lock:
            known.failures = 0 if well else known.failures + 1

    def slow_down(self, host: str, seconds: float) -> None:
        """Lets nothing more out to the host for so long."""
        known = self._host(host)
        with self._lock:
            known.until = max(known.until, time.monotonic() + seconds)

    def _host(self, host: str) -> "_Host":
        with self._lock:
            return self._hosts.setdefault(host, _Host(threading.Semaphore(self._at_once)))


class _Host:
    def __init__(self, places: threading.Semaphore) -> None:
        self.places = places
        self.last = 0.0
        self.asked = 0
        self.until = 0.0
        self.failures = 0
