"""A newsroom in the demo's world: a home, the real command run in it as a process of its own, and what it kept."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from monitor.demo.teller import Teller
from monitor.demo.world import World
from monitor.errors import PostwatchError
from monitor.places import Places

Row = dict[str, Any]
Noun = Literal["posts", "articles", "links", "suggestions", "alerts", "spend"]
_LONGEST = 60
"""Seconds that one command may take."""


class Newsroom:
    """Runs `postwatch` in a home that is written when this is made."""

    def __init__(self, world: World, home: Path, teller: Teller, more: str = "") -> None:
        """`more` is added to its settings."""
        self.home = home
        self._teller = teller
        self._world = world
        # A first look tells one summary a watch, as it does by default.
        world.write_home(home, watches=world.watches_toml(tell_backfill=False), more=more)
        # The caller's own home, token and channels have no part in the demo.
        foreign = {k: v for k, v in os.environ.items() if not k.startswith("POSTWATCH_")}
        self._environment = {**foreign, "PYTHONUTF8": "1", **world.environment()}

    def run(self, *words: str, code: int = 0) -> str:
        """Shows the command, runs it, and gives what it printed. Raises PostwatchError when it ends with another code."""
        self._teller.command(" ".join(("postwatch", *self._shown(words))))
        command = [sys.executable, "-m", "monitor", "--home", str(self.home), *words]
        with self._teller.busy("working"):
            done = subprocess.run(
                command, env=self._environment, capture_output=True, text=True, encoding="utf-8", timeout=_LONGEST
            )
        if done.returncode != code:
            raise PostwatchError(f"the demo's own `postwatch {' '.join(words)}` failed: {done.stderr.strip()}")
        return done.stdout

    def rows(self, noun: Noun) -> list[Row]:
        """The rows that `postwatch NOUN --json` prints."""
        from monitor.store import alerts, articles, links, reading, spend, suggestions
        from monitor.store.open import Store, open_store

        readers: dict[Noun, Callable[[Store], list[Row]]] = {
            "posts": reading.posts,
            "articles": articles.listing,
            "links": links.listing,
            "suggestions": suggestions.listing,
            "alerts": alerts.listing,
            "spend": spend.by_day,
        }
        with open_store(Places(self.home).database) as store:
            return readers[noun](store)

    def file_of(self, sha256: str) -> Path:
        """Where the vault holds a file."""
        from monitor.media.vault import Vault

        return Vault(Places(self.home).vault).path_of(sha256)

    def shown(self, path: Path) -> str:
        """A path as people read it: from the home on."""
        return str(path.relative_to(self.home)) if path.is_relative_to(self.home) else str(path)

    def _shown(self, words: tuple[str, ...]) -> list[str]:
        return [self.shown(Path(word)) if word.startswith(str(self.home)) else word for word in words]
