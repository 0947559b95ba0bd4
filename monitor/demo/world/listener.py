"""The listening socket, a thread for each connection, and the reading of requests."""

import contextlib
import socket
import struct
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from monitor import clock
from monitor.demo.world.http import Request
from monitor.demo.world.sending import send

if TYPE_CHECKING:
    from monitor.demo.world.server import Server

# A linger of zero seconds: closing resets the connection.
_RESET = struct.pack("ii", 1, 0)


class Listener(ThreadingHTTPServer):
    """Accepts until its owner stops. Knows its open connections, so that none outlives it."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, owner: "Server") -> None:
        self.owner = owner
        self._open: dict[socket.socket, threading.Thread] = {}
        self.abrupt: set[socket.socket] = set()
        self._lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def server_bind(self) -> None:
        """Takes a free port."""
        # HTTPServer.server_bind asks the resolver for the host's name, which can take seconds.
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def listen(self) -> None:
        """Accepts connections, until `wake` after the owner began to stop."""
        while not self.owner.stopping.is_set():
            self.handle_request()

    def wake(self) -> None:
        """Lets `listen` see that its owner is stopping."""
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.server_address[1]), timeout=1).close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Gives the connection a thread."""
        if self.owner.stopping.is_set():
            self.shutdown_request(request)
            return
        thread = threading.Thread(target=self.process_request_thread, args=(request, client_address), daemon=True)
        with self._lock:
            self._open[request] = thread
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        """Ends a connection, in peace or with a reset."""
        with self._lock:
            self._open.pop(request, None)
        if request in self.abrupt:
            self.abrupt.discard(request)
            request.close()  # without the polite FIN before it: with a linger of zero this is a reset
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Notes errors of our own; a client that left is none."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            self.owner.mistakes.append(error)

    def end_connections(self) -> None:
        """Ends those that are left, and waits for their threads."""
        with self._lock:
            left = dict(self._open)
        for connection in left:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in left.values():
            thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Listener

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b""
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, parts.path or "/", parts.query, headers, body, clock.now())
        response, fault = self.server.owner.handle(request)
        again = send(self.connection, response, fault, head=self.command == "HEAD", stopping=self.server.owner.stopping)
        if fault.cut_after is not None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self.server.abrupt.add(self.connection)
        if not again:
            self.close_connection = True

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - names given by the library

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the log of requests is kept in the server."""
