"""A home in the demo's world, and the installed command run in it as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from monitor.demo.world import World
from monitor.demo.world.sink import SECRET

COMMAND = Path(sys.executable).with_name("postwatch")
Row = dict[str, Any]
REAL_WAITS = {
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    "DONT_FAKE_MONOTONIC": "1",
    "FAKETIME_FORCE_MONOTONIC_FIX": "0",
    "NO_FAKE_STAT": "1",
}
"""For a command whose clock `faketime` moves: else a wait of a moment lasts as long as the clock was moved, or no time at
all (then a thread that waits for the interpreter's lock takes a processor for itself).

Files' times stay as they are: moved, they make every compiled module look stale, and each start compiles all anew.
"""


class Room:
    """Runs the command; remembers all that it printed."""

    def __init__(self, home: Path, world: World | None = None) -> None:
        self.home = home
        self.world = world
        self.environment = world.environment() if world else {}
        self.printed: list[str] = []

    def run(self, *words: str | Path, code: int = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        """One command to its end, its exit code checked."""
        known = {k: v for k, v in os.environ.items() if not k.startswith("POSTWATCH_")}
        done = subprocess.run(
            [COMMAND, "--home", self.home, *words],
            env={**known, **self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )
        self.printed += [done.stdout, done.stderr]
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done

    def rows(self, *words: str) -> list[Row]:
        """What a listing prints as JSON Lines."""
        return [json.loads(line) for line in self.run(*words, "--json").stdout.splitlines()]

    def write(self, *, watches: str | None = None, rules: str | None = None, settings: str | None = None) -> None:
        """Replaces files of config/."""
        for name, text in (("watches", watches), ("rules", rules), ("postwatch", settings)):
            if text is not None:
                (self.home / "config").mkdir(parents=True, exist_ok=True)
                (self.home / "config" / f"{name}.toml").write_text(text, encoding="utf-8")


@contextmanager
def room_in(
    folder: Path, world: World, *, watches: str | None = None, rules: str = "", channels: Sequence[str] = ()
) -> Iterator[Room]:
    """The world running, and a home in it; `channels` are webhooks beside "desk", to the same sink."""
    with world:
        more = "".join(f'[[channel]]\nname = "{name}"\nurl = "webhook+{world.sink.url}/{name}"\n' for name in channels)
        world.write_home(folder / "home", watches=watches, rules=rules, more=more)
        room = Room(folder / "home", world)
        room.environment |= {f"POSTWATCH_CHANNEL_{name.upper()}_SECRET": SECRET for name in channels}
        yield room
