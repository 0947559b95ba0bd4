"""Every command's last line for people is the next command worth typing, and that command exists."""

import re
from collections.abc import Iterator

import pytest
from e2e_room import Room, room_in

from monitor.cli.app import cli
from monitor.demo.world import World
from monitor.jobs import open_cases
from monitor.model.case import Hand
from monitor.store.open import open_store


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A home that has worked once."""
    with room_in(tmp_path_factory.mktemp("next"), World()) as made:
        made.run("once")
        with open_store(made.home / "storage" / "postwatch.db") as store:
            post = store.one("SELECT platform, post_id FROM post ORDER BY id LIMIT 1")
            assert post is not None
            open_cases.run(
                store, open_cases.on_post(store, post["platform"], post["post_id"]), Hand("user:demo", "user:demo")
            )
        yield made


@pytest.mark.parametrize(
    "words",
    [
        "once",
        "status",
        "doctor --offline",
        "posts",
        "articles",
        "links",
        "alerts",
        "cases show 1",
        "cases",
        "media",
        "jobs",
        "watches",
        "observations",
        "spend",
        "search waving",
    ],
)
def test_the_last_line_is_a_command_worth_typing(room: Room, words: str) -> None:
    last = room.run(*words.split()).stderr.splitlines()[-1]
    found = re.search(r"next: postwatch (\w+)", last)
    assert found, last
    assert found[1] in cli.commands


def test_inspect_leads_to_check(room: Room) -> None:
    assert room.world is not None
    page = room.world.story.article_url("embed")
    assert f"next: postwatch check {page}" in room.run("inspect", page).stderr


def test_what_programs_read_holds_rows_alone(room: Room) -> None:
    assert "next:" not in room.run("posts", "--json").stderr
