"""A publisher's site on loopback, and the real client that reads it."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from monitor.net.client import HttpClient
from monitor.net.guard import Guard
from monitor.settings.declared import NetOptions

PAGE = b"<!doctype html><html><head><title>Quay closed</title></head><body><p>The quay is closed.</p></body></html>"


@dataclass
class Answer:
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    body: bytes = PAGE


Site = dict[str, Answer | Callable[[dict[str, str]], Answer]]


@contextmanager
def served(site: Site) -> Iterator[tuple[str, HttpClient]]:
    """The site's address and a client that may reach it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5

        def do_GET(self) -> None:
            found = site.get(self.path, Answer(404, body=b"<html>no</html>"))
            answer = found(dict(self.headers.items())) if callable(found) else found
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.status != 304:
                self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            try:
                if answer.status != 304:
                    self.wfile.write(answer.body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    options = NetOptions.model_validate(
        {"allow": (f"127.0.0.1:{server.server_port}",), "timeout": "5s", "total_timeout": "10s"}
    )
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        with Guard(options) as guard, HttpClient(guard, options) as client:
            yield f"http://127.0.0.1:{server.server_port}", client
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def gzipped(body: bytes) -> Answer:
    return Answer(headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}, body=gzip.compress(body, mtime=0))
