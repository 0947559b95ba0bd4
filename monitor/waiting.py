"""Waiting a while, or until work is done; right also where `faketime` moves this process's clocks.

The time-outs of Python's locks (`Event.wait`, `futures.wait`, `Queue.get`) reach the system as a moment of its monotonic
clock. A clock moved by three days makes them three days long. `select` is told a length of time instead.
"""

import select
import threading
import time
from collections.abc import Iterable
from concurrent.futures import Future
from typing import TypeVar

_T = TypeVar("_T")
_STEP = 0.05
_FIRST_STEP, _LAST_STEP = 0.001, 0.02


def pause(stop: threading.Event, seconds: float) -> bool:
    """Waits so long, or until `stop` is set, within a twentieth of a second; gives whether it is."""
    until = time.monotonic() + seconds
    while not stop.is_set():
        left = until - time.monotonic()
        if left <= 0:
            return False
        _sleep(min(left, _STEP))
    return True


def first_done(futures: Iterable[Future[_T]], seconds: float) -> set[Future[_T]]:
    """Those that are done, as soon as one is; none when so many seconds have passed first."""
    waiting, until, step = list(futures), time.monotonic() + seconds, _FIRST_STEP
    while True:
        done = {future for future in waiting if future.done()}
        left = until - time.monotonic()
        if done or left <= 0:
            return done
        _sleep(min(left, step))
        step = min(step * 1.5, _LAST_STEP)


def _sleep(seconds: float) -> None:
    select.select((), (), (), seconds)
