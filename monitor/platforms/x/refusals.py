"""What X's refusals mean: an answer that is no 200, and the error of ours that it becomes. No network here."""

import json
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from monitor import clock
from monitor.errors import (
    CapReached,
    CredentialRefused,
    NoCredits,
    NotAllowed,
    NotThere,
    NotUnderstood,
    PostwatchError,
    RateLimited,
    Refused,
    ServerTrouble,
)
from monitor.model.exchange import Exchange
from monitor.platforms.x import fields
from monitor.platforms.x.problems import last_segment

GUARD_HEADER = "x-postwatch-guard"
"""The egress guard marks its own refusals with it."""

_WITHOUT_RESET = timedelta(seconds=60)
_FAR = timedelta(hours=24)
_WINDOW = timedelta(minutes=15)
_HOUR = timedelta(hours=1)
_NOT_FOR_US = frozenset(
    {"not-authorized-for-resource", "disallowed-resource", "resource-unavailable", "not-authorized-for-field"}
)


def refusal_of(exchange: Exchange) -> PostwatchError | None:
    """The error that the answer means, with the exchange attached; None for 200, whose body is to be read."""
    if exchange.status == HTTPStatus.OK:
        return None
    error = _refusal(exchange)
    error.exchange = exchange
    return error


def _refusal(exchange: Exchange) -> PostwatchError:
    status = exchange.status or 0
    headers = {name.lower(): value for name, value in exchange.headers}
    if status == HTTPStatus.FORBIDDEN and GUARD_HEADER in headers:
        return Refused(f"the egress guard refused X's API: {headers[GUARD_HEADER][:200]}")
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return Refused("the egress guard does not know the pass that it was shown")
    document = _document(exchange.body)
    types = _types(document or {})
    told = f"X answered {status}{_words(document or {})}"
    if "usage-capped" in types:
        return CapReached(f"{told}: the month's cap of reads is used up", exchange.ended_at + _HOUR)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        until = _until(headers.get("x-rate-limit-reset", ""), exchange.ended_at)
        return RateLimited(f"{told}; the next request may leave at {clock.text(until)}", until)
    if status == HTTPStatus.PAYMENT_REQUIRED:
        return NoCredits(f"{told}: the prepaid credits are gone, buy some at console.x.com", exchange.ended_at + _HOUR)
    if status == HTTPStatus.UNAUTHORIZED:
        return CredentialRefused(f"{told}: renew POSTWATCH_X_BEARER_TOKEN")
    if document is None or not 400 <= status < 500 or status == HTTPStatus.REQUEST_TIMEOUT:
        return ServerTrouble(told, _after(headers.get("retry-after", ""), exchange.ended_at))
    if status == HTTPStatus.FORBIDDEN:
        return NotAllowed(told) if types & _NOT_FOR_US else CredentialRefused(f"{told}: does the key have this access?")
    return NotThere(told) if status == HTTPStatus.NOT_FOUND else NotUnderstood(told)


def _document(body: bytes) -> fields.Object | None:
    """The problem document; None where the answer is not the API's own: a page of HTML, nothing, a proxy's words."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _errors(document: fields.Object) -> list[fields.Object]:
    return [document, *map(fields.table, fields.array(document.get("errors")))]


def _types(document: fields.Object) -> frozenset[str]:
    return frozenset(last_segment(error.get("type")) for error in _errors(document)) - {""}


def _words(document: fields.Object) -> str:
    found = (fields.text(error.get(name)) for name in ("detail", "message", "title") for error in _errors(document))
    words = " / ".join(dict.fromkeys(text.strip() for text in found if text))
    return f" ({words[:400]})" if words else ""


def _until(reset: str, now: datetime) -> datetime:
    """When the window ends. A reset that is past, missing or garbage: in a minute.

    One more than a day ahead is no window of X's: then after the 15 minutes that its windows last.
    """
    if not (reset.strip().isdecimal() and len(reset.strip()) <= 18):
        return now + _WITHOUT_RESET
    seconds = int(reset)
    if seconds - now.timestamp() > _FAR.total_seconds():
        return now + _WINDOW
    until = datetime.fromtimestamp(seconds, UTC)
    return until if until > now else now + _WITHOUT_RESET


def _after(seconds: str, now: datetime) -> datetime | None:
    """A Retry-After of up to an hour is obeyed; its other form, a date, is left to the caller's back-off."""
    if seconds.isdecimal() and len(seconds) <= 4 and int(seconds) <= _HOUR.total_seconds():
        return now + timedelta(seconds=int(seconds))
    return None
