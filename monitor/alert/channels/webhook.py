"""`webhook+http://` and `webhook+https://`: signed POSTs of Standard Webhooks 1.0, through the guard.

Only 2xx is a success, a redirect is a failure, 410 switches the channel off; 429, 502, 503 and 504 may say when to come
again.
"""

import time
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor import clock
from monitor.alert.channels.lines import one_line
from monitor.alert.channels.sender import Sender, Wiring
from monitor.alert.channels.signature import keys_of, signatures
from monitor.alert.channels.webhook_body import body_of
from monitor.errors import PostwatchError, UnusableSettings
from monitor.model.alert import Message, Outcome
from monitor.net.trust import trust

if TYPE_CHECKING:
    import httpx

_TIMEOUT_S = 20
_LONGEST_ANSWER_BYTES = 65_536
_LONGEST_WAIT = timedelta(hours=24)
_MAY_SAY_WHEN = (429, 502, 503, 504)


def pairs(url: str) -> tuple[str, ...]:
    """The receiver. Raises ValueError for an unreadable URL."""
    parts = urlsplit(url.strip())
    if not parts.hostname:
        raise ValueError("no host")
    return (f"{parts.hostname}:{parts.port or (443 if parts.scheme.endswith('s') else 80)}",)


def opened(wiring: Wiring) -> Sender:
    """The sender; raises UnusableSettings for an unreadable URL or an empty secret."""
    keys = keys_of(wiring.secret or "")
    mistakes = []
    try:
        pairs(wiring.url)
    except ValueError as exc:
        mistakes.append(f"channel {wiring.name}: the URL is unreadable ({exc}): write webhook+https://host/path")
    if not all(keys) or not keys:
        mistakes.append(
            f"channel {wiring.name}: a webhook needs a signing secret: whsec_ and base64 of 24 to 64 random bytes"
        )
    if mistakes:
        raise UnusableSettings(mistakes)
    return Webhook(wiring, keys)


class Webhook:
    """One receiver of signed POSTs."""

    def __init__(self, wiring: Wiring, keys: tuple[bytes, ...]) -> None:
        self._url = wiring.url.strip()[len("webhook+") :]
        self._wiring = wiring
        self._keys = keys

    def send(self, message: Message) -> Outcome:
        """One POST; `webhook-id` is the alert's id, `webhook-timestamp` the time of this attempt."""
        import httpx

        try:
            body = body_of(message)
            headers = self._headers(message, body)
            with self._client() as client, client.stream("POST", self._url, content=body, headers=headers) as answer:
                return _outcome(answer.status_code, answer.headers.get("retry-after"), _beginning(answer))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, PostwatchError) as exc:
            return Outcome(False, one_line(f"{type(exc).__name__}: {exc}"))

    def _client(self) -> "httpx.Client":
        import httpx

        return httpx.Client(
            proxy=self._wiring.guard_pass(pairs(self._wiring.url)),
            trust_env=False,
            verify=trust(self._wiring.ca_bundle),
            follow_redirects=False,
            timeout=_TIMEOUT_S,
        )

    def _headers(self, message: Message, body: bytes) -> dict[str, str]:
        stamp = int(message.attempted_at.timestamp())
        return {
            "content-type": "application/json",
            "user-agent": "postwatch",
            "webhook-id": message.id,
            "webhook-timestamp": str(stamp),
            "webhook-signature": signatures(self._keys, message.id, stamp, body),
        }


def _beginning(answer: "httpx.Response") -> bytes:
    """At most 64 KB of the answer, and no more than the time-out's worth of it; its end is of no interest."""
    import httpx

    found = b""
    stop = time.monotonic() + _TIMEOUT_S
    try:
        for piece in answer.iter_raw(8192):
            found += piece
            if len(found) >= _LONGEST_ANSWER_BYTES or time.monotonic() > stop:
                break
    except httpx.HTTPError:
        return found
    return found


def _outcome(status: int, retry_after: str | None, body: bytes) -> Outcome:
    if 200 <= status < 300:
        return Outcome(True, f"HTTP {status}")
    words = one_line(body[:400].decode("utf-8", "replace"), 120)
    detail = f"HTTP {status}{': ' + words if words else ''}"
    if status == 410:
        return Outcome(False, f"{detail}; the receiver asks for no more", final=True, disable_channel=True)
    if 300 <= status < 400:
        return Outcome(
            False, f"HTTP {status}: redirects are not followed; write the final address into the channel's URL"
        )
    return Outcome(False, detail, retry_at=_retry_at(retry_after, clock.now()) if status in _MAY_SAY_WHEN else None)


def _retry_at(value: str | None, now: datetime) -> datetime | None:
    """The time that a Retry-After names, in seconds or as a date, at most a day ahead; None when it names none."""
    text = (value or "").strip()
    try:
        if text.isascii() and text.isdigit():
            at = now + min(timedelta(seconds=int(text[:9])), _LONGEST_WAIT)
        else:
            at = parsedate_to_datetime(text)
            at = at if at.tzinfo else at.replace(tzinfo=now.tzinfo)
    except (ValueError, TypeError):
        return None
    return max(now, min(at, now + _LONGEST_WAIT))
