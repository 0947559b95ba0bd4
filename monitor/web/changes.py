"""Telling browsers that something changed, and nothing of what: they ask for it as always.

One reader a desk looks at the ledger every second, whoever listens; each listener waits for the next change. An event's id holds what was
seen last, so that a browser that comes back after a restart learns at once whether it missed anything.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from monitor.store import marks

if TYPE_CHECKING:
    from monitor.web.desk import Desk

_EVERY, _HEARTBEAT = 1.0, 15.0
MOST_LISTENERS = 1000


class Changes:
    """The desk's reader and its listeners."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._now: Mapping[str, int] = {}
        self._changed = asyncio.Condition()
        self._reader: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over = False
        self.listeners = 0

    def start(self) -> None:
        """Begins to look. Call it in the event loop."""
        self._loop = asyncio.get_running_loop()
        self._reader = asyncio.create_task(self._look())

    def let_go(self) -> None:
        """Ends all streams, so that the server can end; from any thread."""
        if self._loop is not None and self._loop.is_running():
            asyncio.run_coroutine_threadsafe(self._end(), self._loop)

    async def _end(self) -> None:
        async with self._changed:
            self._over = True
            self._changed.notify_all()

    async def stop(self) -> None:
        """Looks no more."""
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)

    async def _look(self) -> None:
        while True:
            seen = await run_in_threadpool(self._read)
            if seen is not None and seen != self._now:
                async with self._changed:
                    self._now = seen
                    self._changed.notify_all()
            await asyncio.sleep(_EVERY)

    def _read(self) -> Mapping[str, int] | None:
        try:
            with self._desk.store() as store:
                return marks.now(store)
        except Exception:  # noqa: BLE001  # a locked or broken ledger is told by the pages; the next look may succeed
            return None

    async def stream(self, last_id: str) -> AsyncIterator[bytes]:
        """Events for one listener, and a sign of life between them."""
        known = _parsed(last_id) or self._now
        self.listeners += 1
        try:
            yield b"retry: 3000\n\n"
            while not self._over:
                if known != self._now and known and self._now:
                    nouns = [noun for noun, mark in self._now.items() if known.get(noun) != mark]
                    known = self._now
                    yield f"event: change\nid: {json.dumps(known)}\ndata: {json.dumps({'nouns': nouns})}\n\n".encode()
                    continue
                known = self._now or known
                try:
                    async with self._changed:
                        await asyncio.wait_for(self._changed.wait(), _HEARTBEAT)
                except TimeoutError:
                    yield b": here\n\n"
        finally:
            self.listeners -= 1


def _parsed(last_id: str) -> Mapping[str, int]:
    try:
        found = json.loads(last_id) if last_id else {}
    except ValueError:
        return {}
    return {str(k): int(v) for k, v in found.items()} if isinstance(found, dict) and len(last_id) < 1000 else {}
