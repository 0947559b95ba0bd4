"""The child's side of `child.py`: limits first, then one request, then one answer. Never imported by the parent.

Nothing that a library prints can pass for an answer: standard output is moved away before any of them is loaded.
"""

import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from monitor import clock
from monitor.errors import NotUnderstood, PostwatchError, TooLarge, TryLater

Progress = Callable[[int, int | None], None]
_SPARING_S = 0.2


class Voice:
    """Where answers go. Progress is told sparingly."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._told_at = 0.0

    def say(self, message: Mapping[str, object]) -> None:
        """Writes one line."""
        line = json.dumps(message).encode() + b"\n"
        while line:
            line = line[os.write(self._descriptor, line) :]

    def progress(self, done: int, total: int | None) -> None:
        """Tells bytes so far and in all, at most five times a second."""
        if time.monotonic() - self._told_at >= _SPARING_S:
            self._told_at = time.monotonic()
            self.say({"progress": [done, total]})


def serve(answer: Callable[[Mapping[str, Any], Progress], dict[str, object]]) -> None:
    """Reads the request, bounds this process, and tells what `answer` gives or raises."""
    leash, voice = _take_over()
    request = _first_line(leash)
    _bound(request["limits"])
    threading.Thread(target=_hold, args=(leash,), daemon=True).start()
    try:
        voice.say({"result": answer(request["ask"], voice.progress)})
    except MemoryError:
        voice.say({"error": _told(TooLarge("reading it takes more memory than we allow"))})
    except PostwatchError as error:
        voice.say({"error": _told(error)})
    except Exception as error:  # noqa: BLE001 - the boundary of a process: whatever a library raises must become words
        voice.say({"error": _told(NotUnderstood(f"reading it failed: {type(error).__name__}: {error}"))})
    # Some libraries crash while they are torn down; all has been said.
    os._exit(0)


def _take_over() -> tuple[int, Voice]:
    leash, out = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return leash, Voice(out)


def _first_line(leash: int) -> dict[str, Any]:
    line = b""
    while not line.endswith(b"\n"):
        chunk = os.read(leash, 65536)
        if not chunk:
            sys.exit("nobody asked")
        line += chunk
    return dict(json.loads(line))


def _hold(leash: int) -> None:
    """Waits for the leash to break: the parent is gone, so this process and what it started must go too."""
    os.read(leash, 1)
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)


def _bound(limits: Mapping[str, int]) -> None:
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_CPU, limits["cpu_s"])
    _limit(resource.RLIMIT_AS, limits["memory"])
    _limit(resource.RLIMIT_FSIZE, limits["file_bytes"])
    _limit(resource.RLIMIT_NOFILE, limits["open_files"])
    os.nice(5)


def _limit(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(what, (most, most))
    except (ValueError, OSError):
        # macOS knows no limit of address space.
        return


def _told(error: PostwatchError) -> dict[str, object]:
    retry_at = error.retry_at if isinstance(error, TryLater) else None
    return {"kind": type(error).__name__, "message": str(error), "retry_at": clock.text_or_none(retry_at)}
