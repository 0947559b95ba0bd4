"""Loopback machines for the tests of the guard and the client: one that answers as told, and an upstream proxy."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from monitor.settings.declared import NetOptions

PUBLIC = "93.184.215.14"
"""An address that is public; no test lets a connection to it out."""


@dataclass
class Machine:
    """Answers each request with what `answer` makes of its head; `got` keeps the heads."""

    answer: Callable[[bytes], bytes | Iterator[bytes]]
    context: ssl.SSLContext | None = None
    host: str = "127.0.0.1"
    wanted_port: int = 0
    got: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    sent: int = 0
    reset: bool = False
    stays_open: threading.Event | None = None

    def __post_init__(self) -> None:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        self._listener = socket.create_server((self.host, self.wanted_port), family=family)
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._listen)]
        self._threads[0].start()

    @property
    def pair(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"{'https' if self.context else 'http'}://{self.pair}"

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._open.append(connection)
                thread = threading.Thread(target=self._serve, args=(connection,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError, ssl.SSLError):
            if self.context is not None:
                connection = self.context.wrap_socket(connection, server_side=True)
            with connection:
                self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as incoming:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                line = incoming.readline()
                if not line:
                    return
                head += line
            self.got.append(head)
            length = next(
                (int(x.split(b":")[1]) for x in head.lower().split(b"\r\n") if x[:15] == b"content-length:"), 0
            )
            self.bodies.append(incoming.read(length))
            answer = self.answer(head)
            for piece in [answer] if isinstance(answer, bytes) else answer:
                connection.sendall(piece)
                self.sent += len(piece)
            if self.stays_open is not None:
                self.stays_open.wait()
            if self.reset:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def page(body: bytes = b"hello", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole answer; `length` is what it says of its length, when that is a lie."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def moved(target: str, status: str = "302 Found") -> bytes:
    return page(b"", f"Location: {target}", status=status)


@contextmanager
def machine(
    answer: bytes | Callable[[bytes], bytes | Iterator[bytes]] = b"",
    context: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> Iterator[Machine]:
    """A machine on a free port of loopback."""
    whole = answer or page()
    found = Machine(whole if callable(whole) else lambda _: whole, context, host, port)
    try:
        yield found
    finally:
        if found.stays_open is not None:
            found.stays_open.set()
        found.close()


def path_of(head: bytes) -> str:
    return head.split(b" ", 2)[1].decode()


def options(**changes: object) -> NetOptions:
    """Settings with short time-outs."""
    return NetOptions.model_validate({"timeout": "5s", "total_timeout": "10s"} | changes)


def never(host: str, port: int) -> tuple[str, ...]:
    raise AssertionError(f"{host}:{port} was looked up")


def raw(port: int, message: bytes) -> bytes:
    """What comes back for bytes sent to a port, until its end."""
    with socket.create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(message)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        with suppress(ConnectionError):
            while piece := connection.recv(65536):
                found += piece
        return found
