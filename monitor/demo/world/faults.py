"""What can go wrong on the wire, to be switched on with `server.fault(pattern, ...)`.

A fault with a status or a body of its own replaces the real answer, which is then never made (and never charged); all
others spoil the sending of the real one.
"""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from monitor.demo.world.http import Response

_HTML = "text/html; charset=utf-8"
_PAGE = b"<!doctype html><html><head><title>demo</title></head><body><h1>Something went wrong (demo)</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to spoil an answer; fields left alone keep the real answer's."""

    status: int | None = None
    headers: Mapping[str, str | None] = field(default_factory=dict)
    """Put over the answer's headers; None takes one away."""
    body: bytes | None = None
    change: Callable[[bytes], bytes] | None = None
    """Makes the body that is sent from the real one."""
    delay: float = 0.0
    """Seconds before the first byte."""
    bytes_per_second: int | None = None
    framing: Literal["length", "chunked", "close"] = "length"
    claimed_length: Callable[[int], int] | None = None
    """From the true length to the Content-Length that is told."""
    cut_after: int | None = None
    """Bytes of the body after which the connection is reset."""
    endless: bool = False
    """Goes on with zeros after the body until the client hangs up."""

    @property
    def replaces(self) -> bool:
        """Whether the real answer is never made."""
        return self.status is not None or self.body is not None

    def spoil(self, real: Response) -> Response:
        """The answer with this fault's status, headers and body."""
        body = real.body if self.body is None else self.body
        if self.change is not None:
            body = self.change(body)
        status = real.status if self.status is None else self.status
        return Response(status, real.headers, body).with_headers(self.headers)


def answer(status: int, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Fault:
    """Any status with any body and headers."""
    return Fault(status=status, body=body, headers={"Content-Type": _HTML, **(headers or {})})


def html_page(status: int = 200) -> Fault:
    """A page of HTML in place of whatever was asked."""
    return answer(status, _PAGE)


def raw_bytes(body: bytes, content_type: str = _HTML) -> Fault:
    """Arbitrary bytes with 200."""
    return answer(200, body, {"Content-Type": content_type})


def truncated(part: float = 0.6) -> Fault:
    """The first part of the real body, well framed: JSON that breaks off."""
    return Fault(change=lambda body: body[: int(len(body) * part)])


def cut(after: int = 100) -> Fault:
    """The connection is reset after so many bytes of the body."""
    return Fault(cut_after=after)


def short_body(missing: int = 1000) -> Fault:
    """Content-Length tells more bytes than come; then the connection ends in peace."""
    return Fault(claimed_length=lambda true: true + missing)


def lying_length(length: int) -> Fault:
    """Content-Length tells this number, whatever comes."""
    return Fault(claimed_length=lambda _: length)


def no_length(framing: Literal["chunked", "close"] = "chunked") -> Fault:
    """The real body without a Content-Length."""
    return Fault(framing=framing)


def endless(framing: Literal["chunked", "close"] = "chunked", bytes_per_second: int | None = None) -> Fault:
    """The real body, then zeros without end, without a Content-Length."""
    return Fault(framing=framing, endless=True, bytes_per_second=bytes_per_second)


def drip(bytes_per_second: int) -> Fault:
    """The real answer, slowly."""
    return Fault(bytes_per_second=bytes_per_second)


def delay(seconds: float) -> Fault:
    """The real answer, late."""
    return Fault(delay=seconds)


def redirect(url: str, status: int = 302) -> Fault:
    """A redirect to any address."""
    return answer(status, b"", {"Location": url})


def gzip_bomb(megabytes: int = 64) -> Fault:
    """A small page that becomes a large one when it is decompressed."""
    return Fault(status=200, body=_bomb(megabytes), headers={"Content-Type": _HTML, "Content-Encoding": "gzip"})


def wrong_charset(claimed: str = "windows-1251") -> Fault:
    """The real bytes under a charset that is not theirs."""
    return Fault(headers={"Content-Type": f"text/html; charset={claimed}"})


@cache
def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    parts = [packer.compress(_PAGE)]
    parts += [packer.compress(b" " * 1_048_576) for _ in range(megabytes)]
    return b"".join([*parts, packer.flush()])
