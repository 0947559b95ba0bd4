"""A newsroom in the world that drives the `postwatch` command as its own process, and checks what faults left behind."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from monitor.demo.world import World
from monitor.demo.world.story import HANDLE

Json = dict[str, Any]
COMMAND = Path(sys.executable).with_name("postwatch")
ACCOUNT_ONLY = f"""[[account]]
handle = "{HANDLE}"
purpose = "To meet faults."
tell_backfill = true
"""


class Desk:
    """A home in a world of its own; started processes are gone when it closes."""

    def __init__(self, world: World, home: Path) -> None:
        self.world, self.home = world, home
        self._started: list[subprocess.Popen[str]] = []

    def write(self, *, media: str = "", more: str = "", watches: str | None = ACCOUNT_ONLY) -> None:
        """Writes config/; `media` goes into the [media] table, `watches` None asks for account and articles."""
        text = self.world.settings_toml(more)
        if "min_free_bytes" in media:
            text = text.replace("min_free_bytes = 0\n", "")
        config = self.home / "config"
        config.mkdir(parents=True, exist_ok=True)
        (config / "postwatch.toml").write_text(text.replace("[media]\n", f"[media]\n{media}\n"))
        (config / "watches.toml").write_text(self.world.watches_toml() if watches is None else watches)
        (config / "rules.toml").write_text("")

    def run(self, *words: str, later: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """One command to its end; `later` such as "+2h" moves its clock, and skips the test without `faketime`."""
        return subprocess.run(
            self._line(words, later), env=self._environment(environment), capture_output=True, text=True, timeout=60
        )

    def once(self, *words: str, later: str = "", code: int = 0, **environment: str) -> str:
        """`postwatch once`, its exit code checked; what it said on stderr."""
        ended = self.run("once", *words, later=later, **environment)
        assert ended.returncode == code, ended.stderr
        assert "Traceback" not in ended.stderr
        return ended.stderr

    def start(self, *words: str, **environment: str) -> subprocess.Popen[str]:
        """A command that goes on beside the test, leader of a process group."""
        started = subprocess.Popen(
            self._line(words, ""),
            env=self._environment(environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._started.append(started)
        return started

    def close(self) -> None:
        for started in self._started:
            if started.poll() is None:
                os.killpg(started.pid, signal.SIGKILL)
            started.communicate()

    def rows(self, *words: str) -> list[Json]:
        """What a listing prints with --json."""
        ended = self.run(*words, "--json")
        assert ended.returncode == 0, ended.stderr
        return [json.loads(line) for line in ended.stdout.splitlines()]

    def media(self) -> Json:
        """The one file of the farewell post, as `posts --json` shows it."""
        (found,) = [m for post in self.rows("posts") for m in post["media"]]
        return found

    def job(self, kind: str = "fetch_media") -> Json:
        """The newest job of a kind."""
        return [j for j in self.rows("jobs") if j["kind"] == kind][-1]

    def sql(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the ledger, read from outside."""
        ledger = sqlite3.connect(f"file:{self.home}/storage/postwatch.db?mode=ro", uri=True, timeout=10)
        try:
            return ledger.execute(query, values).fetchall()
        finally:
            ledger.close()

    @property
    def vault(self) -> Path:
        return self.home / "storage" / "media"

    def temps(self) -> list[str]:
        """What lies in the vault's folder of unfinished files."""
        return sorted(p.name for p in (self.vault / "tmp").glob("*"))

    def processes(self) -> list[int]:
        """Living processes that belong to this home, by their command lines and environments."""
        mark, found = os.fsencode(self.home), []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "cmdline").read_bytes() or mark in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def check(self, *, temps: bool = True) -> None:
        """What must hold after every recovery."""
        for (sha256,) in self.sql("SELECT sha256 FROM media WHERE state = 'kept' UNION SELECT sha256 FROM object"):
            path = self.vault / "sha256" / sha256[:2] / sha256[2:4] / sha256
            assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
        assert not temps or self.temps() == []
        doctor = self.run("doctor", "--offline")
        assert doctor.returncode == 0, doctor.stdout
        self._check_nothing_doubled()

    def _check_nothing_doubled(self) -> None:
        for table, identity in (("post", "platform, post_id"), ("alert", "dedup_key"), ("billed", "day, kind, id")):
            rows, things = self.sql(f"SELECT count(*), count(DISTINCT {identity.replace(', ', ' || ')}) FROM {table}")[0]
            assert rows == things, table
        assert self.sql("SELECT id FROM job WHERE state = 'leased'") == []
        assert self.sql("SELECT id FROM delivery WHERE state = 'leased'") == []
        told = self.sql("SELECT coalesce(sum(posts), 0), coalesce(sum(users), 0) FROM spend")
        assert told == self.sql("SELECT coalesce(sum(kind = 'post'), 0), coalesce(sum(kind = 'user'), 0) FROM billed")

    def _line(self, words: tuple[str, ...], later: str) -> list[str]:
        moved: list[str] = []
        if later:
            faketime = shutil.which("faketime")
            if faketime is None:
                pytest.skip("the command `faketime` is not installed here")
            moved = [faketime, "-f", later]
        return [*moved, str(COMMAND), "--home", str(self.home), *words]

    def _environment(self, more: dict[str, str]) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("POSTWATCH_")}
        return {**kept, **self.world.environment(), **more}


@contextmanager
def desk_in(path: Path) -> Iterator[Desk]:
    """A desk with the story told, and its usual settings written."""
    with World() as world:
        desk = Desk(world, path / "home")
        desk.write()
        try:
            yield desk
        finally:
            desk.close()


def until(holds: Callable[[], object], seconds: float = 15.0) -> None:
    """Waits until something holds, and fails when it does not in time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
