"""Many pages read by all cores and given back in the order of the asking, whichever is done first: `ReadingAhead`.

    with ReadingAhead() as ahead:
        for path in paths:
            yield from ahead.add(partial(inspect_file, path))
        yield from ahead.rest()

Few tasks are ever under way, so memory does not grow with their number.
"""

import os
import queue
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, Self, TypeVar

from monitor.articles.bounded import BoundedReader

_T = TypeVar("_T")
Task = Callable[[BoundedReader], _T]
_AHEAD = 4
"""Tasks a core that are done or under way while the first is waited for: pages differ in size."""


class ReadingAhead(Generic[_T]):
    """A thread and a bounded child a core, each started when there is work for it. Leaving it ends them, work undone or not."""

    def __init__(self, parse_timeout: float = 10, workers: int | None = None) -> None:
        self._workers = workers or len(os.sched_getaffinity(0))
        self._readers = [BoundedReader(parse_timeout) for _ in range(self._workers)]
        self._free: queue.LifoQueue[BoundedReader] = queue.LifoQueue()
        for reader in reversed(self._readers):
            self._free.put(reader)
        self._threads = ThreadPoolExecutor(self._workers, thread_name_prefix="read")
        self._pending: deque[Future[_T]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._close()
        self._threads.shutdown()
        # A task that began at that very moment has started a child since.
        self._close()

    def _close(self) -> None:
        for reader in self._readers:
            reader.close()

    def add(self, task: Task[_T]) -> Iterator[_T]:
        """Takes a task on, and gives the results whose turn has come; waits for the first when many are under way."""
        self._pending.append(self._threads.submit(self._done, task))
        while self._pending and (self._pending[0].done() or len(self._pending) > self._workers * _AHEAD):
            yield self._pending.popleft().result()

    def rest(self) -> Iterator[_T]:
        """The results of all tasks that were taken on and not given yet."""
        while self._pending:
            yield self._pending.popleft().result()

    def _done(self, task: Task[_T]) -> _T:
        reader = self._free.get()
        try:
            return task(reader)
        finally:
            self._free.put(reader)
