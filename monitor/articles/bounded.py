"""Reading pages from outside within limits of time, memory and nesting: `BoundedReader`.

A page is parsed in a child process, which is started when first needed and used again. When it takes too long, breaks, or eats
too much memory, the child is killed and the page swept for addresses, so that a cited post is found all the same.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import monitor
from monitor.articles import wire
from monitor.articles.decoding import byte_order_mark
from monitor.articles.hostile import why_hostile
from monitor.articles.links import Links, swept
from monitor.articles.sweep import sweep
from monitor.errors import NotUnderstood
from monitor.model.article import Reading

LARGEST = 8 * 1024 * 1024
"""Bytes of a page that are parsed; what lies beyond is swept."""
_SWEEPING = 0.25
"""Of the time for a page, what is kept to sweep it if it cannot be parsed in the rest; all that is left is used."""
_START_SECONDS = 60
_RENEWED_AFTER = 500
"""Pages that one child reads before a fresh one takes over: libraries' caches grow."""


class BoundedReader:
    """Reads one page at a time; safe to share between threads. A context manager: leaving it ends the child."""

    def __init__(self, parse_timeout: float = 10) -> None:
        self._seconds = parse_timeout
        self._timeout = parse_timeout * (1 - _SWEEPING)
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._pages = 0
        self._closed = False
        self._closings = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def warm(self) -> None:
        """Starts the child in the background, so that it is ready when the first page has come."""

        def start() -> None:
            with self._lock:
                if self._child is None and not self._closed:
                    self._start()

        threading.Thread(target=start, daemon=True).start()

    def read_page(self, content: bytes, *, url: str | None, content_type: str | None = None) -> Reading:
        """`reading.read_page` within limits; what could not be parsed is swept, with a warning that begins "hostile markup"."""
        head, rest = content[:LARGEST], content[LARGEST:]
        hostile = why_hostile(head)
        if hostile:
            return self._swept(content, url, content_type, hostile, self._seconds)
        return self._read("page", head, rest, url, content_type)

    def read_text(self, content: bytes, *, url: str | None = None, content_type: str | None = None) -> Reading:
        """`reading.read_text` within limits."""
        return self._read("text", content[:LARGEST], content[LARGEST:], url, content_type)

    def links(self, content: bytes, url: str, content_type: str | None = None) -> Links:
        """`links.links_in` within limits; where a page cannot be parsed, the links that a sweep finds."""
        head = content[:LARGEST]
        if not why_hostile(head):
            with self._lock:
                try:
                    return [(str(a), str(w)) for a, w in json.loads(self._answer("links", head, url, content_type))]
                except NotUnderstood:
                    pass
        return swept(head, url, content_type)

    def close(self) -> None:
        """Ends the child, if one runs. What is being read breaks off with NotUnderstood."""
        self._closed, self._closings = True, self._closings + 1
        child = self._child
        if child is not None:
            child.kill()
        with self._lock:
            self._end()

    def _read(
        self, shape: Literal["page", "text"], head: bytes, rest: bytes, url: str | None, content_type: str | None
    ) -> Reading:
        closings, started = self._closings, time.monotonic()
        try:
            with self._lock:
                reading = self._asked(shape, head, url, content_type)
        except NotUnderstood as broken:
            if self._closings > closings:
                raise
            left = max(self._seconds - (time.monotonic() - started), self._seconds * _SWEEPING)
            return self._swept(head + rest, url, content_type, str(broken), left)
        return self._with_rest(reading, head, rest, content_type) if rest else reading

    def _swept(self, content: bytes, url: str | None, content_type: str | None, why: str, seconds: float) -> Reading:
        why = f"hostile markup: {why}"
        return sweep(content, url, content_type=content_type, why=why, seconds=seconds)

    def _with_rest(self, reading: Reading, head: bytes, rest: bytes, content_type: str | None) -> Reading:
        swept = sweep(byte_order_mark(head) + rest, None, content_type=content_type, seconds=self._seconds * _SWEEPING)
        known = {citation.key for citation in reading.citations}
        more = tuple(citation for citation in swept.citations if citation.key not in known)
        warning = f"too large: only the first {len(head)} bytes were parsed, the other {len(rest)} swept for addresses"
        return replace(
            reading,
            citations=(*reading.citations, *more),
            warnings=(*reading.warnings, warning, *swept.warnings[1:]),
        )

    def _asked(self, shape: str, content: bytes, url: str | None, content_type: str | None) -> Reading:
        return wire.read(Reading, self._answer(shape, content, url, content_type))

    def _answer(self, shape: str, content: bytes, url: str | None, content_type: str | None) -> bytes:
        connection = self._ready()
        request = {"as": shape, "url": url, "content_type": content_type, "seconds": str(self._timeout)}
        try:
            connection.send_bytes(json.dumps(request).encode())
            connection.send_bytes(content)
            if not connection.poll(self._timeout):
                self._end()
                raise NotUnderstood(f"parsing took longer than {self._timeout:g} s")
            answer = connection.recv_bytes()
        except (EOFError, OSError) as error:
            self._end()
            raise NotUnderstood("the parser broke or needed too much memory or time") from error
        if not answer.startswith(b"+"):
            raise NotUnderstood(answer[1:].decode("utf-8", "replace"))
        return answer[1:]

    def _ready(self) -> Connection:
        self._pages += 1
        if self._child is not None and (self._child.poll() is not None or self._pages > _RENEWED_AFTER):
            self._end()
        if self._connection is None:
            self._start()
        if self._connection is None:
            raise NotUnderstood("no child process could be started to parse in")
        return self._connection

    def _start(self) -> None:
        ours, theirs = Pipe()
        with theirs:
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "monitor.articles.worker", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(os.environ),
            )
        self._connection, self._pages = ours, 0
        until = time.monotonic() + _START_SECONDS
        try:
            while time.monotonic() < until and not ours.poll(1):
                pass
            if ours.poll() and ours.recv_bytes() == b"ready":
                return
        except (EOFError, OSError):
            pass
        self._end()

    def _end(self) -> None:
        connection, child = self._connection, self._child
        self._connection = self._child = None
        if connection is not None:
            connection.close()
        if child is not None:
            child.kill()
            child.wait()


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """The child's environment: ours without our secrets, and the way to this package."""
    kept = {name: value for name, value in ours.items() if not name.startswith("POSTWATCH_")}
    home = str(Path(monitor.__file__).parent.parent)
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, (home, ours.get("PYTHONPATH", ""))))}
