"""Loopback servers for the channels' tests: a receiver that answers as told, and a proxy that stands for the guard."""

import base64
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

from monitor.alert.channels import Sender, open_channel
from monitor.model.alert import Message
from monitor.settings.channels import Channel

MESSAGE = Message(
    id="alert-0001",
    kind="post_new",
    priority="urgent",
    subject="@nora_lindqvist posted a video",
    body="The farewell at the harbour of Veldmark\nhttps://x.example.org/nora_lindqvist/status/900719925474099301",
    row={
        "id": "alert-0001",
        "kind": "post_new",
        "priority": "urgent",
        "dedup_key": "post_new:x:900719925474099301",
        "subject": "@nora_lindqvist posted a video",
        "created_at": "2026-03-01T12:00:00.000Z",
        "deliveries": [{"channel": "desk", "state": "leased", "attempts": 1}],
    },
    attempted_at=datetime.now(UTC),
)


@dataclass
class Got:
    """A request as a server got it."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"ok"
    endless: bool = False


class Receiver(ThreadingHTTPServer):
    """Answers each POST with the next of `answers` (then 200) and keeps what it got."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _ReceiverHandler)
        self.got: list[Got] = []
        self.answers: list[Answer] = []
        self.sent_bytes = 0
        self.released = threading.Event()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _ReceiverHandler(BaseHTTPRequestHandler):
    server: Receiver

    def log_message(self, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.got.append(Got(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        answer = self.server.answers.pop(0) if self.server.answers else Answer()
        if answer.status == 0:
            self.server.released.wait(20)
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if not answer.endless:
            self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(answer.body)
            while answer.endless:
                self.wfile.write(b"x" * 8192)
                self.server.sent_bytes += 8192


class Proxy(ThreadingHTTPServer):
    """Stands for the guard: lets requests with its credential through, and keeps which addresses they named."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _ProxyHandler)
        self.asked: list[str] = []
        self.passes: list[tuple[str, ...]] = []

    def guard_pass(self, pairs: Sequence[str]) -> str:
        self.passes.append(tuple(pairs))
        return f"http://child:pass@127.0.0.1:{self.server_address[1]}"


class _ProxyHandler(BaseHTTPRequestHandler):
    server: Proxy

    def log_message(self, *args: object) -> None:
        pass

    def _let_in(self, host: str) -> bool:
        self.server.asked.append(host)
        good = "Basic " + base64.b64encode(b"child:pass").decode()
        if self.headers.get("Proxy-Authorization") == good:
            return True
        self.send_error(407)
        return False

    def do_POST(self) -> None:
        host, _, path = self.path.removeprefix("http://").partition("/")
        if not self._let_in(host):
            return
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        onward = http.client.HTTPConnection(host, timeout=10)
        headers = {k: v for k, v in self.headers.items() if not k.lower().startswith("proxy-")}
        onward.request("POST", f"/{path}", body, headers)
        answer = onward.getresponse()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            while piece := answer.read1(8192):
                self.wfile.write(piece)
        onward.close()

    def do_CONNECT(self) -> None:
        if not self._let_in(self.path):
            return
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=10) as far:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=_pump, args=(far, self.connection))
            back.start()
            _pump(self.connection, far)
            back.join()
        self.close_connection = True


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def serving(server: Any) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        if isinstance(server, Receiver):
            server.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def with_tls(server: Receiver, certificate: Path, key: Path) -> Receiver:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server


def sender(url: str, proxy: Proxy, secret: str | None = None, ca_bundle: str | None = None) -> Sender:
    return open_channel(
        Channel(name="desk", url_env="DESK_URL"),
        url,
        secret,
        guard_pass=proxy.guard_pass,
        connect=lambda host, port: socket.create_connection((host, port), timeout=5),
        ca_bundle=ca_bundle,
        console=StringIO(),
    )
