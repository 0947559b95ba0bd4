"""X is searched for the post that an article tells of: where the settings allow it for the watch's tags, once, and inside the budget."""

from datetime import timedelta
from pathlib import Path

import pytest
from e2e_room import Room, room_in

from monitor import clock
from monitor.demo.world import World

ALIASES = '[[alias]]\nhandle = "Horalenko_demo"\nnames = ["Anton Goralenko"]\n'


def settle(room: Room, *, tags: str = '["demo"]', linking: str = 'search_x = ["demo"]', budget: str = "10") -> None:
    """A home that watches the words-only article alone, and knows its author by an alias."""
    assert room.world
    url = room.world.story.article_url("words")
    room.write(
        watches=f'[[article]]\nurl = "{url}"\ntags = {tags}\n',
        settings=room.world.settings_toml(f"[linking]\n{linking}\n[budget]\nusd_per_month = {budget}\n"),
    )
    (room.home / "config" / "aliases.toml").write_text(ALIASES, encoding="utf-8")


def asked(room: Room) -> list[str]:
    assert room.world
    return [request.path for request in room.world.x.requests]


def test_the_authors_recent_posts_are_searched_kept_and_suggested_and_charged_once(tmp_path: Path) -> None:
    with room_in(tmp_path, World()) as room:
        assert room.world and room.world.story.farewell
        settle(room)
        room.run("once")
        assert asked(room) == ["/2/users/by", "/2/tweets/search/recent"]
        query = room.world.x.requests[-1].query
        assert query["query"] == f"from:{room.world.story.account.id} -is:retweet"
        farewell = room.world.story.farewell.id
        (row,) = [r for r in room.rows("links") if r["kind"] == "mention"]
        assert (row["state"], row["post_id"], row["level"]) == ("suggested", farewell, "strong")
        kept = {p["post_id"]: p["media"] for p in room.rows("posts")}
        assert [m["state"] for m in kept[farewell]] == ["kept"]
        keys = ("day", "requests", "posts", "users", "usd")
        assert [{key: r[key] for key in keys} for r in room.rows("spend")] == room.world.x.meter.days()
        room.run("once", "--all")
        assert len(asked(room)) == 2, "once a version is enough"


def test_an_older_article_is_searched_for_in_the_accounts_timeline(tmp_path: Path) -> None:
    with room_in(tmp_path, World(clock.now() - timedelta(days=20))) as room:
        assert room.world and room.world.story.farewell
        settle(room)
        room.run("once")
        assert asked(room) == ["/2/users/by", f"/2/users/{room.world.story.account.id}/tweets"]
        assert [r["post_id"] for r in room.rows("links")] == [room.world.story.farewell.id]


@pytest.mark.parametrize(
    "change",
    [
        {"tags": '["other"]'},
        {"linking": "search_x = []"},
        {"linking": 'search_x = ["*"]', "budget": "0.001"},
    ],
    ids=["a watch without the tag", "searching left off", "no budget"],
)
def test_x_is_asked_nothing(tmp_path: Path, change: dict[str, str]) -> None:
    with room_in(tmp_path, World()) as room:
        settle(room, **change)
        room.run("once")
        assert asked(room) == []
        assert [r["state"] for r in room.rows("links")] == ["unresolved"]


def test_without_a_key_nothing_is_searched(tmp_path: Path) -> None:
    with room_in(tmp_path, World()) as room:
        settle(room)
        room.run("once", POSTWATCH_X_BEARER_TOKEN="")
        assert asked(room) == []
