"""How an audit behaves towards the sites that it reads: robots.txt, pauses that a host asks for, one page after the other."""

import threading
from collections.abc import Callable
from typing import TypeVar

from monitor import clock
from monitor.errors import HostBusy, NotAllowed, PostwatchError, RateLimited, ServerTrouble
from monitor.jobs.context import Context, pair_of
from monitor.net.robots import LONGEST, Rules, origin_of
from monitor.waiting import pause

T = TypeVar("T")

_LONGEST_PAUSE_S = 300.0
_TURN_S = 86_400.0
"""Nothing else waits for an audit's turns, so the next one may be far away."""
_TRIES = 3


class Manners:
    """Safe to share between threads."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rules: dict[str, Rules | None] = {}
        self._locks: dict[str, threading.Lock] = {}

    def politely(self, url: str, fetch: Callable[[], T]) -> T:
        """What `fetch` gives when its turn has come. Waits where the host asks for a while, and tries again; raises what it raises."""
        self.demand_allowed(url)
        return self.in_turn(url, fetch)

    def in_turn(self, url: str, fetch: Callable[[], T]) -> T:
        """`politely`, for what robots.txt does not govern: itself, and the lists that a site publishes for programs."""
        for attempt in range(1, _TRIES + 1):
            try:
                wait = self._context.turns.take(pair_of(url), patience=_TURN_S)
                self._pause(wait)
                return fetch()
            except (HostBusy, RateLimited) as exc:
                left = _LONGEST_PAUSE_S + 1
                if exc.retry_at is not None:
                    left = max(0.0, (exc.retry_at - clock.now()).total_seconds())
                if attempt == _TRIES or left > _LONGEST_PAUSE_S:
                    raise
                self._pause(left)
        raise AssertionError("a loop that returns or raises")

    def _pause(self, seconds: float) -> None:
        if pause(self._context.stop, seconds):
            raise ServerTrouble("the run was stopped")

    def demand_allowed(self, url: str) -> None:
        """Raises NotAllowed for an address that its site's robots.txt does not let us read."""
        if not self._context.options.articles.robots:
            return
        try:
            origin = origin_of(url)
        except ValueError:
            return
        with self._locks.setdefault(origin, threading.Lock()):
            if origin not in self._rules:
                self._rules[origin] = self._asked(origin)
        rules = self._rules[origin]
        if rules is None:
            raise NotAllowed(f"{origin}/robots.txt cannot be had: is it allowed at all? ([articles] robots)")
        if not rules.allows(url):
            raise NotAllowed(f"{origin}/robots.txt forbids it ([articles] robots)")

    def _asked(self, origin: str) -> Rules | None:
        """The rules; None when the site is in trouble and gives none. No robots.txt allows everything (RFC 9309)."""
        try:
            fetched = self.in_turn(origin, lambda: self._context.web.fetch(f"{origin}/robots.txt"))
        except PostwatchError:
            return None
        status = fetched.exchange.status or 0
        if status >= 500 or status == 429:
            return None
        body = fetched.content[:LONGEST].decode("utf-8", "replace") if 200 <= status < 300 else ""
        rules = Rules(body)
        if rules.delay:
            delay = min(rules.delay, float(self._context.options.articles.longest_crawl_delay))
            self._context.turns.slow_down(pair_of(origin), delay)
        return rules
