"""A room whose command is struck by faults: clocks moved, processes killed, and what they left behind checked."""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from e2e_room import COMMAND, REAL_WAITS, Room, Row

from monitor.demo.world import World
from monitor.demo.world.story import HANDLE


class Desk(Room):
    """A room with the story told; what it started is gone when it closes."""

    world: World

    def __init__(self, home: Path, world: World) -> None:
        super().__init__(home, world)
        self._started: list[subprocess.Popen[str]] = []

    def settle(self, *, media: str = "", more: str = "", articles: bool = False, every: str = "5m") -> None:
        """Writes config/: `media` goes into the [media] table; the account alone unless `articles`."""
        text = self.world.settings_toml(more)
        if "min_free_bytes" in media:
            text = text.replace("min_free_bytes = 0\n", "")
        account = f'[[account]]\nhandle = "{HANDLE}"\nevery = "{every}"\npurpose = "demo"\ntell_backfill = true\n'
        self.write(
            settings=text.replace("[media]\n", f"[media]\n{media}\n"),
            watches=self.world.watches_toml(every) if articles else account,
        )

    def once(self, *words: str, later: str = "", code: int = 0, **environment: str) -> str:
        """`postwatch once` and what it said. `later` such as "+2h" moves its clock."""
        ended = subprocess.run(
            [*moved(later), COMMAND, "--home", self.home, "once", *words],
            env=self._environment(environment),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert ended.returncode == code, ended.stderr
        assert "Traceback" not in ended.stderr
        return ended.stderr

    def start(self, command: str) -> subprocess.Popen[str]:
        """A command that goes on beside the test, leader of a process group of its own."""
        started = subprocess.Popen(
            [COMMAND, "--home", self.home, command],
            env=self._environment({}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._started.append(started)
        return started

    def close(self) -> None:
        """Kills what still runs."""
        for started in self._started:
            kill(started)
            started.communicate()

    def media(self) -> Row:
        """The one file of the farewell post, as `posts --json` shows it."""
        (found,) = [m for post in self.rows("posts") for m in post["media"]]
        return found

    def job(self, kind: str = "fetch_media") -> Row:
        """The newest job of a kind."""
        return [j for j in self.rows("jobs") if j["kind"] == kind][-1]

    def deliveries(self) -> list[Row]:
        """Every delivery of `alerts --json`."""
        return [d for alert in self.rows("alerts") for d in alert["deliveries"]]

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the ledger, read from outside."""
        ledger = sqlite3.connect(f"file:{self.home}/storage/postwatch.db?mode=ro", uri=True, timeout=10)
        try:
            return ledger.execute(query).fetchall()
        finally:
            ledger.close()

    @property
    def vault(self) -> Path:
        return self.home / "storage" / "media"

    def objects(self) -> set[str]:
        """The names of the vault's files."""
        return {path.name for path in (self.vault / "sha256").glob("*/*/*")}

    def temps(self) -> list[str]:
        """What lies in the vault's folder of unfinished files."""
        return sorted(path.name for path in (self.vault / "tmp").glob("*"))

    def part_bytes(self) -> int:
        """How much of an unfinished download has arrived."""
        return sum(p.stat().st_size for p in (self.vault / "tmp").glob("media-*/*") if "part" in p.name)

    def offspring(self) -> list[int]:
        """Living processes that belong to this home, by their command lines and environments."""
        mark, found = os.fsencode(self.home), []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "cmdline").read_bytes() or mark in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def check(self) -> None:
        """What must hold after every recovery: files as their rows say, nothing left over, nothing doubled."""
        assert self.objects() == {name for (name,) in self.sql("SELECT sha256 FROM object")}
        for (sha256,) in self.sql("SELECT sha256 FROM media WHERE state = 'kept' UNION SELECT sha256 FROM object"):
            path = self.vault / "sha256" / sha256[:2] / sha256[2:4] / sha256
            assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        assert self.temps() == []
        self.run("doctor", "--offline")
        for table, key in (("post", "platform || post_id"), ("alert", "dedup_key"), ("billed", "day || kind || id")):
            assert self.sql(f"SELECT {key} FROM {table} GROUP BY 1 HAVING count(*) > 1") == []
        assert self.sql("SELECT id FROM job WHERE state = 'leased'") == []
        assert self.sql("SELECT id FROM delivery WHERE state = 'leased'") == []
        counted = self.sql("SELECT total(posts), total(users) FROM spend")
        assert counted == self.sql("SELECT total(kind = 'post'), total(kind = 'user') FROM billed")

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        known = {k: v for k, v in os.environ.items() if not k.startswith("POSTWATCH_")}
        return {**known, **REAL_WAITS, **self.world.environment(), **more}


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    """A desk in a running world, its settings written."""
    with World() as world:
        desk = Desk(folder / "home", world)
        desk.settle()
        try:
            yield desk
        finally:
            desk.close()


def until(holds: Callable[[], object], seconds: float = 60.0) -> None:
    """Waits until something holds, and fails when it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def kill(started: "subprocess.Popen[str]") -> None:
    """SIGKILL to the leader and its group, which is reaped."""
    if started.poll() is None:
        os.killpg(started.pid, signal.SIGKILL)
        started.wait(10)


def moved(later: str) -> list[str]:
    if not later:
        return []
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("the command `faketime` is not installed here")
    return [faketime, "-f", later]
