"""When each host may be asked again: the distance that we keep, and the waits that a host asks for.

A host is "host:port". A wait comes from `Retry-After`; it holds up the host's next request, not a thread.
"""

import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from monitor import clock
from monitor.errors import HostBusy
from monitor.net.retry import retry_after

UNTOLD_WAIT = timedelta(seconds=60)
"""After a 429 that does not say how long."""
_WAITED_FOR = 2.0
"""Seconds that a thread waits for a turn; for longer ones the work is put back."""
_ASKS_TO_WAIT = frozenset({429, 503})

OnWait = Callable[[str, datetime, str], None]


class Turns:
    """Safe to share between threads. `ours` are hosts of our own: only their own wishes slow us down."""

    def __init__(self, seconds: float = 0.0, ours: Iterable[str] = ()) -> None:
        self._seconds = seconds
        self._ours = frozenset(ours)
        self.on_wait: OnWait | None = None
        """Told of each host that asks us to wait, until when, and why."""
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._gaps: dict[str, float] = {}
        self._waits: dict[str, datetime] = {}

    def take(self, host: str, *, patience: float = _WAITED_FOR) -> float:
        """Takes the host's next turn; the seconds until it. Raises HostBusy, and takes none, when it is further than `patience`."""
        with self._lock:
            self._demand_no_wait(host)
            due = max(self._next.get(host, 0.0), time.monotonic())
            wait = due - time.monotonic()
            if wait > patience:
                raise HostBusy(
                    host, f"{host} was asked a moment ago", clock.now() + timedelta(seconds=wait), told=False
                )
            self._next[host] = due + self._gap(host)
            return max(0.0, wait)

    def hold(self, host: str, until: datetime, why: str = "") -> None:
        """Lets nothing out to a host until then; a later time that is known already stays."""
        with self._lock:
            if until <= self._waits.get(host, until - timedelta(microseconds=1)):
                return
            self._waits[host] = until
        if self.on_wait is not None:
            self.on_wait(host, until, why)

    def slow_down(self, host: str, seconds: float) -> None:
        """Keeps at least this distance from now on, as the host's robots.txt asks."""
        with self._lock:
            self._gaps[host] = seconds

    def answered(self, host: str, status: int | None, headers: Iterable[tuple[str, str]]) -> None:
        """Takes note of an answer that asks us to wait."""
        if status not in _ASKS_TO_WAIT:
            return
        now = clock.now()
        until = retry_after(headers, now)
        if until is None and status == 429:
            until = now + UNTOLD_WAIT
        if until is not None:
            self.hold(host, until, f"status {status}")

    def busy(self) -> tuple[str, ...]:
        """The hosts whose turn is not now."""
        with self._lock:
            moment, now = time.monotonic(), clock.now()
            self._waits = {host: until for host, until in self._waits.items() if until > now}
            self._next = {host: due for host, due in self._next.items() if due > moment}
            return tuple({*self._next, *self._waits})

    def soonest(self, hosts: Iterable[str]) -> float | None:
        """Seconds until the first of these hosts may be asked, by distance alone; None when all were told to wait."""
        with self._lock:
            now = clock.now()
            free = [host for host in hosts if self._waits.get(host, now) <= now]
            moment = time.monotonic()
            return min((max(0.0, self._next.get(host, 0.0) - moment) for host in free), default=None)

    def _gap(self, host: str) -> float:
        return max(0.0 if host in self._ours else self._seconds, self._gaps.get(host, 0.0))

    def _demand_no_wait(self, host: str) -> None:
        until = self._waits.get(host)
        if until is not None and until > clock.now():
            raise HostBusy(host, f"{host} asked to be left alone until {clock.text(until)}", until)
