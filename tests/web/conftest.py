"""One desk a module: a home of its own, filled, and served on loopback."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from desk_room import Room, entered, room_in

from monitor.settings import example


def written_home(folder: Path) -> Path:
    """A home as `init` writes it."""
    config = folder / "home" / "config"
    config.mkdir(parents=True)
    (config / "postwatch.toml").write_text(example.postwatch_toml(), encoding="utf-8")
    (config / "watches.toml").write_text(example.watches_toml(), encoding="utf-8")
    (config / "rules.toml").write_text(example.rules_toml(), encoding="utf-8")
    return config.parent


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A filled desk."""
    with room_in(written_home(tmp_path_factory.mktemp("desk"))) as made:
        yield made


@pytest.fixture(scope="module")
def admin(room: Room) -> httpx.Client:
    """The first administrator's browser."""
    return entered(room)
