"""Takes connections on loopback, each in a task of its own, and ends them all without leaving a socket behind.

Not `asyncio.start_server`: closed while a connection is being accepted, it complains and leaves that socket open.
"""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from monitor.net.heads import MOST_HEAD_BYTES

_BACKLOG = 128
_PAUSE_S = 0.5

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]]


class Door:
    """A listening socket on a free port of 127.0.0.1; open within a `with`, in a running loop."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._loop = asyncio.get_running_loop()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=_BACKLOG)
        self._listener.setblocking(False)
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = True

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.remove_reader(self._listener)
        self._listener.close()

    async def shut(self) -> None:
        """Takes no more connections and cancels those that are served; returns when all their tasks have ended."""
        self._open = False
        self._loop.remove_reader(self._listener)
        await asyncio.sleep(0)  # a task that was cancelled before its first step could not close its socket
        served = tuple(self._tasks)
        for task in served:
            task.cancel()
        await asyncio.gather(*served, return_exceptions=True)
        await asyncio.sleep(0)  # transports that were cut close their sockets in the next turn

    def _wait(self) -> None:
        if self._open:
            self._loop.add_reader(self._listener, self._accept)

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        except OSError:
            # Out of file descriptors: the socket stays readable, and asking again at once would spin.
            self._loop.remove_reader(self._listener)
            self._loop.call_later(_PAUSE_S, self._wait)
            return
        task = self._loop.create_task(self._served(connection))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _served(self, connection: socket.socket) -> None:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(sock=connection, limit=MOST_HEAD_BYTES)
            await self._serve(reader, writer)
