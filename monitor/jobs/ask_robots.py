"""Whether a site's robots.txt lets us read an article that a list named (RFC 9309).

1. What is known of it is used until it expires; then it is asked for, through the guard like everything else.
2. An answer of 4xx means that the site has no rules. Trouble (5xx, 429, no answer) means nothing: a copy of the last
   month still counts, else the site's articles wait, and after a day are left out, on record.
3. When the rules change, what they had kept out is looked at anew.
"""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from monitor import clock
from monitor.answers import header
from monitor.errors import HostBusy, NotAllowed, PostwatchError, Refused
from monitor.jobs.context import pair_of
from monitor.net.retry import retry_after
from monitor.net.robots import LONGEST, Rules, origin_of
from monitor.store import captures, left_out, sites
from monitor.store.jobs import enqueue
from monitor.store.sites import Robots

if TYPE_CHECKING:
    from monitor.jobs.context import Context
    from monitor.model.exchange import Exchange

FORBIDDEN, UNREACHABLE = "robots", "robots_unreachable"
_KEPT = timedelta(hours=24)
_KEPT_AT_LEAST = timedelta(minutes=10)
_ASKED_AGAIN = timedelta(minutes=10)
_OLD_COPY = timedelta(days=30)
_WAITED_FOR = timedelta(days=1)


class Forbidden(NotAllowed):
    """A site's robots.txt does not let us read an address, or cannot be had."""

    def __init__(self, origin: str, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.origin, self.reason, self.detail = origin, reason, detail


def demand_allowed(context: "Context", url: str) -> None:
    """Raises Forbidden for an address that is not to be read, HostBusy while that cannot be known."""
    if not context.options.articles.robots:
        return
    try:
        origin = origin_of(url)
    except ValueError:
        return
    found = _why_not(context, origin, url)
    if found is not None:
        raise Forbidden(origin, *found)


def note(context: "Context", url: str, watch_id: int | None, why: Forbidden, *, silent: bool) -> None:
    """Records that an article is left out, by the rules of the site that its address leads to."""
    left_out.add(context.store, why.origin, url, watch_id, why.reason, why.detail, clock.now(), silent=silent)


def _why_not(context: "Context", origin: str, url: str) -> tuple[str, str] | None:
    with context.site_locks.setdefault(origin, threading.Lock()):
        known = _current(context, origin)
    if known.good_at is None and known.failing_since is not None:
        since = clock.text(known.failing_since)
        return UNREACHABLE, f"{origin}/robots.txt cannot be had since {since} ({known.error}): is it allowed at all?"
    rules = _rules(known.body)
    delay = min(rules.delay, float(context.options.articles.longest_crawl_delay))
    context.turns.slow_down(pair_of(origin), delay)
    if rules.allows(url):
        return None
    return FORBIDDEN, f"{origin}/robots.txt forbids it; `postwatch add` of its address reads it all the same"


@lru_cache(64)
def _rules(body: str) -> Rules:
    return Rules(body)


def _current(context: "Context", origin: str) -> Robots:
    """What counts now, asked for where it must be. Raises HostBusy when nothing does yet."""
    now = clock.now()
    known = sites.robots(context.store, origin)
    if known is None or known.expires_at <= now:
        known = _asked(context, origin, known, now)
    if known.failing_since is None:
        return known
    if known.good_at is not None and now - known.good_at < _OLD_COPY:
        return known
    if now - known.failing_since >= _WAITED_FOR:
        return replace(known, good_at=None)
    raise HostBusy(
        pair_of(origin), f"{origin}/robots.txt cannot be had ({known.error}): its articles wait", known.expires_at
    )


def _asked(context: "Context", origin: str, known: Robots | None, now: datetime) -> Robots:
    subject = f"robots:{origin}"
    context.wait_turn(origin)
    try:
        fetched = context.web.fetch(f"{origin}/robots.txt")
    except Refused:
        # The article itself will be refused, and says so better.
        return Robots(origin, "", now, now)
    except PostwatchError as exc:
        context.record_failure(subject, exc)
        return _put(context, _trouble(origin, known, now, str(exc), exc.exchange))
    captures.record(context.store, fetched.exchange, subject=subject, asked_by=context.agent)
    status = fetched.exchange.status or 0
    if status >= 500 or status == 429:
        return _put(context, _trouble(origin, known, now, f"status {status}", fetched.exchange))
    body = fetched.content[:LONGEST].decode("utf-8", "replace") if 200 <= status < 300 else ""
    new = _put(context, Robots(origin, body.replace("\0", ""), now, now + _lifetime(fetched.exchange)))
    if known is not None and (known.failing_since is not None or known.body != new.body):
        _reconsider(context, origin, _rules(new.body), now)
    return new


def _put(context: "Context", found: Robots) -> Robots:
    sites.put_robots(context.store, found)
    return found


def _trouble(origin: str, known: Robots | None, now: datetime, why: str, exchange: "Exchange | None") -> Robots:
    again = retry_after(exchange.headers, now) if exchange is not None else None
    before = known or Robots(origin, "", None, now)
    return replace(
        before,
        expires_at=max(again or now, now + _ASKED_AGAIN),
        failing_since=before.failing_since or now,
        error=why[:300],
    )


def _lifetime(exchange: "Exchange") -> timedelta:
    """How long an answer counts: a day, or less where the site says so."""
    for part in (header(exchange, "Cache-Control") or "").lower().split(","):
        name, _, value = part.strip().partition("=")
        if name == "max-age" and value.isascii() and value.isdigit():
            return min(max(timedelta(seconds=int(value[:9])), _KEPT_AT_LEAST), _KEPT)
    return _KEPT


def _reconsider(context: "Context", origin: str, rules: Rules, now: datetime) -> None:
    """Queues what was left out and may be read now."""
    store = context.store
    with store.change():
        for item in left_out.of_site(store, origin, (FORBIDDEN, UNREACHABLE)):
            if item.watch_id is not None and rules.allows(item.url):
                payload = {"url": item.url, "watch": item.watch_id, "silent": item.silent}
                enqueue(store, "read_article", item.url, payload, now=now, host=pair_of(item.url), priority=4)
                left_out.end(store, item.id, now)
