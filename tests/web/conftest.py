"""One desk a module: a home of its own, filled, and served on loopback."""

from collections.abc import Iterator

import httpx
import pytest
from desk_room import Room, entered, room_in, written_home


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A filled desk."""
    with room_in(written_home(tmp_path_factory.mktemp("desk"))) as made:
        yield made


@pytest.fixture(scope="module")
def admin(room: Room) -> httpx.Client:
    """The first administrator's browser."""
    return entered(room)
