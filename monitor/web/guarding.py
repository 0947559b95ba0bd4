"""Around every request: which hosts are answered, how long a body may be, and what each answer forbids a browser."""

import secrets
import time
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from monitor.web.desk import Desk

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
MEDIA_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
LARGEST_BODY = 8_388_608
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)


class Guarding:
    """The outermost layer."""

    def __init__(self, app: "ASGIApp", desk: "Desk") -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        headers = {name.lower(): value for name, value in scope["headers"]}
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id

        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._added(scope, message["headers"], request_id, began)]
            await send(message)

        host = headers.get(b"host", b"").decode("latin-1").lower()
        if host not in self._desk.hosts:
            await _refuse(sending, 421, f"this desk does not answer for the host {host[:100]!r}")
        elif int(_number(headers.get(b"content-length"))) > LARGEST_BODY:
            await _refuse(sending, 413, f"a request may hold {LARGEST_BODY} bytes at most")
        else:
            await self._app(scope, _counted(receive), sending)

    def _added(
        self, scope: "Scope", present: list[tuple[bytes, bytes]], request_id: str, began: float
    ) -> list[tuple[bytes, bytes]]:
        names = {name.lower() for name, _ in present}
        more = [*_HEADERS, (b"x-request-id", request_id.encode())]
        if b"content-security-policy" not in names:
            more.append((b"content-security-policy", POLICY.encode()))
        if b"cache-control" not in names:
            more.append((b"cache-control", b"no-store"))
        if self._desk.secure:
            more.append((b"strict-transport-security", b"max-age=31536000"))
        took = (time.perf_counter() - began) * 1000
        more.append((b"server-timing", f"app;dur={took:.1f}".encode()))
        return more


def _number(value: bytes | None) -> bytes:
    return value if value is not None and value.isdigit() else b"0"


def _counted(receive: "Receive") -> "Receive":
    total = 0

    async def counting() -> MutableMapping[str, Any]:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > LARGEST_BODY:
            # As if the sender had gone: nobody reads on.
            return {"type": "http.disconnect"}
        return message

    return counting


async def _refuse(send: "Send", status: int, words: str) -> None:
    body = words.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
