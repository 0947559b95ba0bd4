"""The crash tests' door: dies at a named step, so that a test sees what a `kill -9` there leaves behind.

POSTWATCH_FAIL_AT names the step, such as "media.file_durable"; "media.file_durable:3" dies at the third passing in this
process, "*:7" at the seventh passing of any step: counting up, a test dies everywhere. Without the variable a step costs one look into the environment.
"""

import os
import signal
import threading

VARIABLE = "POSTWATCH_FAIL_AT"
_passed: dict[str, int] = {}
_lock = threading.Lock()


def point(name: str) -> None:
    """Kills this process without any clean-up when the environment asks for it at this step."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    step, colon, count = wanted.rpartition(":")
    if not colon or not count.isdigit():
        step, count = wanted, "1"
    if step not in ("*", name):
        return
    with _lock:
        _passed[step] = _passed.get(step, 0) + 1
        reached = _passed[step] == int(count)
    if reached:
        os.kill(os.getpid(), signal.SIGKILL)
