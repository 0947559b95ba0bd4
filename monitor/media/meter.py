"""A download watched from outside: how much lies in its folder, and how fast that grows."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from monitor.errors import ServerTrouble, TooLarge
from monitor.settings.declared import MediaOptions

SLACK = 16 * 1024 * 1024
"""Bytes beside the file itself: notes, an index that is rewritten."""
Progress = Callable[[int, int | None], None]


class Meter:
    """Watches one download. Until its first bytes only the wall limit holds."""

    def __init__(
        self, folder: Path, url: str, options: MediaOptions, slow_after: float, progress: Progress | None, *, files: int
    ) -> None:
        self._folder = folder
        self._url = url
        self._least = options.min_bytes_per_second
        self._most = options.max_bytes * files + SLACK
        self._slow_after = slow_after
        self._progress = progress
        self._told: tuple[int, int | None] = (0, None)
        self._mark: tuple[float, int] | None = None

    def hear(self, done: int, total: int | None) -> None:
        """The child's own count."""
        self._told = (done, total)
        if self._mark is None:
            self._mark = (time.monotonic(), 0)

    def tick(self) -> None:
        """Raises TooLarge, ServerTrouble, or what the caller's `progress` raises."""
        lying = sum(size for size in _sizes(self._folder))
        if lying > self._most:
            raise TooLarge(f"{self._url}: {lying:,} bytes lie in the folder, more than [media] max_bytes allows")
        self._check_rate(max(lying, self._told[0]))
        if self._progress is not None:
            self._progress(*self._told)

    def _check_rate(self, done: int) -> None:
        if self._mark is None:
            return
        began, before = self._mark
        if time.monotonic() - began < self._slow_after:
            return
        done, total = max(done, before), self._told[1]
        if done - before < self._least * self._slow_after and (total is None or self._told[0] < total):
            raise ServerTrouble(
                f"{self._url}: {done - before:,} bytes in {self._slow_after:.0f} s, slower than "
                f"{self._least:,} bytes a second ([media] min_bytes_per_second)"
            )
        self._mark = (time.monotonic(), done)


def _sizes(folder: Path) -> Iterator[int]:
    for path in folder.iterdir():
        try:
            yield path.stat().st_size
        except FileNotFoundError:
            continue
