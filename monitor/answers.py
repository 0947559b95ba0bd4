"""What the status of an HTTP answer means for who asked, beyond the one API that has its own rules."""

from collections.abc import Callable
from datetime import datetime

from monitor import clock
from monitor.errors import NotAllowed, NotThere, NotUnderstood, PostwatchError, RateLimited, ServerTrouble
from monitor.model.exchange import Exchange
from monitor.net.retry import retry_after

_ABSENT = frozenset({404, 410})
_CLOSED = frozenset({401, 402, 403, 451})
_PASSING = frozenset({408, 421, 425})
_LONGEST_VALIDATOR = 1000


def header(exchange: Exchange, name: str) -> str | None:
    """The first header of that name, whatever its case."""
    wanted = name.lower()
    return next((value for key, value in exchange.headers if key.lower() == wanted), None)


def conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The headers that ask for a body only if it changed. A validator that no header can hold is left out."""
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {
        name: value
        for name, value in asked.items()
        if value and value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR
    }


def demand_success(exchange: Exchange) -> None:
    """Raises the error that a status other than 2xx or 304 means; the error carries the exchange."""
    status = exchange.status
    if status is not None and (200 <= status < 300 or status == 304):
        return
    error = _error(exchange, status)
    error.exchange = exchange
    raise error


def not_understood(message: str, exchange: Exchange) -> NotUnderstood:
    """The error for an answer of an unknown shape, its exchange with it."""
    error = NotUnderstood(message)
    error.exchange = exchange
    return error


def _error(exchange: Exchange, status: int | None) -> PostwatchError:
    where = exchange.url_final or exchange.url_asked
    if status is None:
        return ServerTrouble(f"{where} did not answer: {exchange.error or 'no reason known'}")
    if status in _ABSENT:
        return NotThere(f"{where} is not there (status {status})")
    if status in _CLOSED:
        return NotAllowed(f"{where} is not shown to us (status {status})")
    passing: Callable[[str, datetime | None], PostwatchError]
    if status == 429:
        passing, words = RateLimited, "asks us to slow down"
    elif status >= 500 or status in _PASSING:
        passing, words = ServerTrouble, "is in trouble"
    else:
        return NotUnderstood(f"{where} answered with status {status}, which means nothing for a page")
    return passing(f"{where} {words} (status {status})", retry_after(exchange.headers, clock.now()))
