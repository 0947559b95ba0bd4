"""Waiting is exact on the real clock, on one that `faketime` moves, and ends at once when there is nothing to wait for."""

import re
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from monitor.waiting import first_done, pause

ROOT = Path(__file__).parent.parent
_WAITS = """
import threading, time
from concurrent.futures import Future
from monitor.waiting import first_done, pause
began = time.monotonic()
assert not pause(threading.Event(), 0.2)
assert first_done([Future()], 0.2) == set()
assert 0.4 <= time.monotonic() - began < 5
"""


def test_a_pause_lasts_as_long_as_it_should_and_ends_with_the_run() -> None:
    stop, began = threading.Event(), time.monotonic()
    assert not pause(stop, 0.1)
    assert 0.1 <= time.monotonic() - began < 2
    threading.Timer(0.05, stop.set).start()
    assert pause(stop, 60)
    assert time.monotonic() - began < 5


def test_the_first_work_that_is_done_ends_the_wait() -> None:
    with ThreadPoolExecutor(1) as pool:
        never: Future[int] = Future()
        soon = pool.submit(lambda: time.sleep(0.05) or 1)
        assert first_done([never, soon], 60) == {soon}
    assert first_done([never], 0.01) == set()


@pytest.mark.parametrize("moved", ["+3d", "-1d"])
def test_a_moved_clock_does_not_move_the_end_of_a_wait(moved: str) -> None:
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("the command `faketime` is not installed here")
    subprocess.run([faketime, "-f", moved, sys.executable, "-c", _WAITS], cwd=ROOT, check=True, timeout=20)


def test_no_job_waits_by_the_time_out_of_a_lock() -> None:
    for path in (ROOT / "monitor" / "jobs").glob("*.py"):
        found = re.findall(r"FIRST_COMPLETED|\bstop\.wait\(|\.acquire\(timeout|\.get\(timeout", path.read_text())
        assert found == [], f"{path.name}: use monitor.waiting"
