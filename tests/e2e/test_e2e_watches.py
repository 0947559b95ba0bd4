"""Watches: added by hand or declared in the file; removed, paused, and printed as a file again."""

import tomllib
from pathlib import Path

from e2e_room import Room, room_in

from monitor.demo.world import World

_FILE = """# what we watch

[[account]]
handle = "@SelaneAir_demo"
purpose = "The airport."

[[feed]]
url = "URL"
every = "10m"
tags = ["coast", "föhn"]
own = true
backfill = "7d"
tell_backfill = true
"""


def _watches(room: Room) -> dict[str, dict[str, object]]:
    return {str(row["target"]): row for row in room.rows("watches")}


def test_watches_by_hand_are_shown_as_a_file_that_reads_back_the_same(tmp_path: Path) -> None:
    room = Room(tmp_path / "home")
    room.run("init")
    said = room.run(
        "add", "@Horalenko_demo", "--purpose", 'Says "hello"', "--tag", "a", "--tag", "b", "--every", "2m"
    ).stderr
    assert "at most 20 posts: at most $0.11" in said
    room.run(
        "add", "https://x.com/SelaneAir_demo", "--purpose", "The airport", "--replies", "--backfill", "7d", "--yes"
    )
    room.run("add", "https://x.com/SelaneAir_demo/status/1803739203040000000")
    known = _watches(room)
    assert set(known) == {"x:horalenko_demo", "x:selaneair_demo", "x:1803739203040000000"}
    assert {row["origin"] for row in known.values()} == {"cli"}
    printed = room.run("watches", "--toml").stdout
    accounts = tomllib.loads(printed)["account"]
    assert accounts[0] == {
        "platform": "x",
        "handle": "Horalenko_demo",
        "every": "2m",
        "tags": ["a", "b"],
        "purpose": 'Says "hello"',
    }
    assert (accounts[1]["backfill"], accounts[1]["replies"]) == ("7d", True)
    room.run("remove", "@horalenko_demo")
    assert set(_watches(room)) == {"x:selaneair_demo", "x:1803739203040000000"}
    room.run("remove", "@horalenko_demo", code=64)


def test_what_add_does_not_understand_or_may_not_do_is_wrong_use(tmp_path: Path) -> None:
    room = Room(tmp_path / "home")
    room.run("init")
    assert "purpose" in room.run("add", "@Horalenko_demo", code=64).stderr
    assert "--yes" in room.run("add", "@Horalenko_demo", "--purpose", "x", "--backfill", "all", code=64).stderr
    assert "https://" in room.run("add", "not a handle", code=64).stderr
    assert room.rows("watches") == []


def test_watches_of_the_file_follow_the_file_and_nothing_else(tmp_path: Path) -> None:
    with room_in(tmp_path, World(told=False)) as room:
        assert room.world
        url = f"{room.world.news.url}/feed.xml"
        text = _FILE.replace("URL", url)
        room.write(watches=text)
        room.run("once")
        known = _watches(room)
        assert (known["x:selaneair_demo"]["declared_in"], known[url]["declared_in"]) == (
            "watches.toml:3",
            "watches.toml:7",
        )
        for words in (
            ("remove", "@SelaneAir_demo"),
            ("watches", "pause", "@SelaneAir_demo"),
            ("add", "@selaneair_DEMO", "--purpose", "again"),
        ):
            assert "declared in watches.toml:3" in room.run(*words, code=64).stderr
        printed = tomllib.loads(room.run("watches", "--toml").stdout)
        assert printed["feed"] == tomllib.loads(text)["feed"]
        room.write(watches=text[: text.index("[[feed]]")])
        room.run("once")
        assert _watches(room)[url]["state"] == "paused"
        room.write(watches=text)
        room.run("once")
        assert _watches(room)[url]["state"] == "active"
