"""The beginning of HTTP/1.1 messages, as far as a forwarding proxy must read them: strictly, and within bounds."""

import asyncio
import re
from dataclasses import dataclass

from monitor.errors import NotUnderstood, Refused
from monitor.net.pairs import authority

MOST_HEAD_BYTES = 65_536
GUARD_HEADER = "X-Postwatch-Guard"
"""On a refusal: why. Never on the answer of another machine."""
TROUBLE_HEADER = "X-Postwatch-Trouble"
"""On a 502 of ours: why the other machine could not be asked."""

Headers = tuple[tuple[str, str], ...]
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_TARGET = re.compile(r"[!-~\x80-\xff]+")
# For one hop only (RFC 9110, 7.6.1), and those that are the guard's to set.
_NOT_FORWARDED = frozenset(
    (
        *("connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization"),
        *("te", "trailer", "upgrade", GUARD_HEADER.lower(), TROUBLE_HEADER.lower()),
    )
)


@dataclass(frozen=True, slots=True)
class Head:
    """A message's first line and headers."""

    line: str
    headers: Headers

    def value(self, name: str) -> str:
        """The values of a header, joined by commas; empty when it is missing."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    def forwarded(self, *without: str) -> Headers:
        """The headers that the next machine is given."""
        named = {name.strip().lower() for name in self.value("connection").split(",")} - {"content-length"}
        dropped = _NOT_FORWARDED | named | set(without)
        return tuple((name, value) for name, value in self.headers if name.lower() not in dropped)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a client of the proxy wants: a tunnel, or (method GET, POST, ...) `path` of a host."""

    method: str
    host: str
    port: int
    path: str
    head: Head

    @property
    def is_tunnel(self) -> bool:
        """Whether the bytes that follow are the client's own affair."""
        return self.method == "CONNECT"

    @property
    def authority(self) -> str:
        """The Host header's value: no default port, IPv6 in brackets."""
        return authority(self.host, self.port).removesuffix(":80")

    def body_length(self) -> int | None:
        """How many bytes follow the head; None for a chunked body. Raises NotUnderstood when that is unclear."""
        coding, length = self.head.value("transfer-encoding").lower(), self.head.value("content-length")
        if coding:
            if coding != "chunked" or length:
                raise NotUnderstood("the body's length is unclear")
            return None
        if not re.fullmatch(r"[0-9]{0,18}", length):
            raise NotUnderstood("the body's length is unclear")
        return int(length or 0)


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """The next head, with bare line feeds allowed; None when the other side closed before the first byte.

    Raises NotUnderstood for what is no HTTP, or has more than MOST_HEAD_BYTES.
    """
    lines: list[str] = []
    room = MOST_HEAD_BYTES
    while True:
        try:
            line = await reader.readline()
        except ValueError as exc:
            raise NotUnderstood("a header line is too long") from exc
        room -= len(line)
        if room < 0:
            raise NotUnderstood("the headers are too long")
        if not line.endswith(b"\n"):
            if not line and not lines:
                return None
            raise NotUnderstood("the connection ended within the headers")
        text = line.rstrip(b"\r\n").decode("latin-1")
        if not text:
            break
        if text[0] in " \t" and len(lines) > 1:
            lines[-1] += f" {text.strip()}"  # a folded header, as old servers write it
        else:
            lines.append(text)
    if not lines:
        raise NotUnderstood("not HTTP")
    return Head(lines[0], tuple(_header(line) for line in lines[1:]))


def written(line: str, headers: Headers) -> bytes:
    """A head as it goes on the wire."""
    return "".join([line, "\r\n", *(f"{name}: {value}\r\n" for name, value in headers), "\r\n"]).encode("latin-1")


def asked(head: Head) -> Asked:
    """What a request to the proxy asks for. Raises NotUnderstood, or Refused for another scheme than http."""
    method, _, rest = head.line.partition(" ")
    target, _, version = rest.partition(" ")
    if not _TOKEN.fullmatch(method) or not _TARGET.fullmatch(target) or version not in ("HTTP/1.1", "HTTP/1.0"):
        raise NotUnderstood("not a request line")
    if method == "CONNECT":
        name, _, number = target.rpartition(":")
        host, port = _checked(name, number)
        return Asked(method, host, port, "", head)
    scheme, colon, rest = target.partition("://")
    if not colon:
        raise NotUnderstood("this is a proxy: ask for an absolute address")
    if scheme.lower() != "http":
        raise Refused(f"the scheme {scheme[:12].lower()} is not http" if scheme.isalnum() else "the scheme is not http")
    if "\\" in rest:
        raise NotUnderstood("a backslash in the address")
    end = re.search(r"[/?#]|$", rest)
    cut = end.start() if end else len(rest)
    host, port = _page_host_and_port(rest[:cut].rpartition("@")[2], head.value("host"))
    path = rest[cut:].partition("#")[0]
    return Asked(method, host, port, path if path.startswith("/") else f"/{path}", head)


def status_of(head: Head) -> int:
    """The status of an answer. Raises NotUnderstood for what is no status line."""
    found = re.match(r"HTTP/1\.[01] ([1-5][0-9]{2})(?: |$)", head.line)
    if not found:
        raise NotUnderstood("the answer is not HTTP")
    return int(found.group(1))


def _page_host_and_port(text: str, host_header: str) -> tuple[str, int]:
    # httpx writes an IPv6 address into the absolute form without brackets: then the Host header tells where it ends.
    if text.count(":") > 1 and not text.startswith("["):
        text = host_header if re.sub(r"[][]", "", host_header) == text else ""
    if ":" not in text or text.endswith("]"):
        return _checked(text, "80")
    host, _, port = text.rpartition(":")
    return _checked(host, port or "80")


def _checked(host: str, port: str) -> tuple[str, int]:
    if not host or not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise NotUnderstood("the address has no clear host and port")
    return host.strip("[]"), int(port)


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not _TOKEN.fullmatch(name) or "\r" in value or "\0" in value:
        raise NotUnderstood("not a header line")
    return name, value.strip(" \t")
