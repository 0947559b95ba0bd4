"""Work on bytes from outside, in a process of its own that is bounded, watched, and killed with all its offspring.

The child's side is `within.py`. Request, progress and result are lines of JSON. The child's standard input stays open
as a leash: when this process dies, however it dies, the leash breaks and the child kills its whole group.
"""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from monitor import clock, errors

_TICK_S = 0.25
_MOST_OUTPUT = 64 * 1024 * 1024
_KEPT_ENVIRONMENT = ("PATH", "HOME", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "DYLD_FORCE_FLAT_NAMESPACE")
_TOLD = {
    kind.__name__: kind
    for kind in (
        errors.NotThere,
        errors.NotAllowed,
        errors.Refused,
        errors.TooLarge,
        errors.NotUnderstood,
        errors.RateLimited,
        errors.ServerTrouble,
        errors.StorageFull,
        errors.TryLater,
    )
}


class ChildFailure(Exception):
    """The child gave no answer."""


class OutOfTime(ChildFailure):
    """The child worked longer than its wall limit and was killed."""


class Died(ChildFailure):
    """The child ended without an answer: killed by a limit, crashed, or wrote nonsense. The text says what is known."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: seconds by the clock and on the processor, bytes of memory and of each file written."""

    wall_s: float
    cpu_s: int
    memory: int
    file_bytes: int
    open_files: int = 256


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears of a child at work. Whatever they raise kills the child and goes on to the caller.

    `progress` gets bytes so far and in all (None: not known); `tick` is called about four times a second.
    """

    progress: Callable[[int, int | None], None] = lambda _done, _total: None
    tick: Callable[[], None] = lambda: None


_DEAF = Ears()


def run(
    module: str,
    ask: Mapping[str, object],
    limits: Limits,
    *,
    scratch: Path,
    environment: Mapping[str, str] | None = None,
    ears: Ears = _DEAF,
) -> dict[str, Any]:
    """Runs `python -m module` on one request and returns its answer. The process group is gone when this returns.

    Raises OutOfTime, Died, and the errors of our tree that the child told by name.
    """
    deadline = time.monotonic() + limits.wall_s
    with tempfile.TemporaryFile() as complaints:
        child = subprocess.Popen(
            [sys.executable, "-E", "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=_environment(scratch, environment or {}),
            start_new_session=True,
        )
        try:
            _send(child, {"limits": asdict(limits), "ask": ask})
            answer = _listen(child, deadline, ears)
        finally:
            _end(child)
        if answer is None:
            raise Died(_last_words(child.returncode, complaints))
        return answer


def _environment(scratch: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Nothing of ours but what a process needs to start, and the faked clock of a test run: no secret, no proxy."""
    kept = {
        name: value for name, value in os.environ.items() if name in _KEPT_ENVIRONMENT or name.startswith("FAKETIME")
    }
    fixed = {"LANG": "C.UTF-8", "TMPDIR": str(scratch), "YTDLP_NO_PLUGINS": "1"}
    return {"PATH": os.defpath, **kept, **fixed, **more}


def _send(child: subprocess.Popen[bytes], request: Mapping[str, object]) -> None:
    assert child.stdin is not None
    # A child that died at once leaves a broken pipe; its silence tells more.
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(json.dumps(request).encode() + b"\n")
        child.stdin.flush()


def _listen(child: subprocess.Popen[bytes], deadline: float, ears: Ears) -> dict[str, Any] | None:
    for line in _lines(child, deadline, ears.tick):
        try:
            message = json.loads(line)
        except ValueError:
            return None
        if not isinstance(message, dict):
            return None
        if "progress" in message:
            ears.progress(*message["progress"])
        elif "error" in message:
            raise _error(message["error"])
        elif isinstance(message.get("result"), dict):
            return dict(message["result"])
    return None


def _lines(child: subprocess.Popen[bytes], deadline: float, tick: Callable[[], None]) -> Iterator[bytes]:
    assert child.stdout is not None
    pending, read = b"", 0
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise OutOfTime
            if not selector.select(min(left, _TICK_S)):
                tick()
                continue
            chunk = os.read(child.stdout.fileno(), 1 << 20)
            read += len(chunk)
            if not chunk or read > _MOST_OUTPUT:
                return
            *whole, pending = (pending + chunk).split(b"\n")
            yield from whole
            tick()


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kills what is left of the group and reaps the child."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def _error(told: Mapping[str, Any]) -> errors.PostwatchError:
    kind = _TOLD.get(str(told.get("kind")), errors.NotUnderstood)
    message = str(told.get("message"))[:2000]
    if issubclass(kind, errors.TryLater):
        return kind(message, clock.parse_or_none(told.get("retry_at")))
    return kind(message)


def _last_words(code: int, complaints: IO[bytes]) -> str:
    end = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, end - 2000))
    words = complaints.read().decode(errors="replace").strip().splitlines()
    how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
    return how + (f" ({words[-1][:300]})" if words else "")
