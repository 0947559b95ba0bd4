"""`add`: what it finds, what it will do, what that costs, why; on a terminal, in scripts, and from lists."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_room import Room
from e2e_terminal import Terminal

from monitor.demo.world import World

WHY = ("--purpose", "The demo shows it.")


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The demo's servers."""
    with World() as running:
        yield running


@pytest.fixture
def room(tmp_path: Path, world: World) -> Room:
    """A home that watches nothing yet."""
    world.write_home(tmp_path / "home", watches="")
    return Room(tmp_path / "home", world)


def _watches(room: Room) -> dict[str, dict[str, object]]:
    return {str(row["target"]): row for row in room.rows("watches")}


def test_an_account_is_introduced_priced_and_confirmed(room: Room, world: World) -> None:
    terminal = Terminal(room.home, "add", "@Horalenko_demo", environment=room.environment)
    terminal.answer("Why is this account watched?", "spokesman (demo)")
    terminal.answer("Watch it?", "")
    assert terminal.end() == 0, terminal.said
    for words in (
        "found: Anton Horalenko, stable id",
        "on X since",
        "posts a day",
        "with video",
        "will:  look every 5m; the first look takes at most 24 hours and 20 posts",
        "costs: its first look reads at most 20 posts: at most $0.11",
        "a month at $0.005 a post",
        "are left for watching",
        "undo: postwatch remove 1",
    ):
        assert words in terminal.said, terminal.said
    assert _watches(room)["x:horalenko_demo"]["purpose"] == "spokesman (demo)"
    charged = sum(row["usd"] for row in room.rows("spend"))
    assert charged == pytest.approx(world.x.meter.usd)
    room.run("once")
    assert sum(row["usd"] for row in room.rows("spend")) == pytest.approx(world.x.meter.usd)


def test_no_at_the_end_writes_nothing(room: Room) -> None:
    terminal = Terminal(room.home, "add", "@SelaneAir_demo", *WHY, environment=room.environment)
    terminal.answer("Watch it?", "n")
    assert terminal.end() == 130
    assert _watches(room) == {}


def test_a_wide_first_look_is_agreed_to_by_its_price(room: Room) -> None:
    terminal = Terminal(room.home, "add", "@SelaneAir_demo", *WHY, "--backfill", "all", environment=room.environment)
    terminal.answer("go on?", "y")
    terminal.answer("Watch it?", "y")
    assert terminal.end() == 0
    assert "at most 800 posts, $4.00" in terminal.said
    assert _watches(room)["x:selaneair_demo"]["backfill"] == "all"


def test_slips_of_the_finger_get_suggestions(room: Room) -> None:
    room.run("add", "@Horalenko_demo", *WHY, "--yes")
    assert "did you mean @Horalenko_demo?" in room.run("add", "@Horalneko_demo", *WHY, "--yes", code=1).stderr
    assert "did you mean @Horalenko_demo?" in room.run("add", "@Horalenko-demo", *WHY, "--yes", code=64).stderr
    assert (
        "did you mean https://news.demo.invalid/feed?"
        in room.run("add", "htps://news.demo.invalid/feed", code=64).stderr
    )
    assert len(_watches(room)) == 1


def test_protected_and_closed_accounts_are_refused_with_the_reason(room: Room) -> None:
    assert "protected: its posts are never collected" in room.run("add", "@Locked_demo", *WHY, code=64).stderr
    said = room.run("add", "https://www.tiktok.com/@someone_demo", *WHY, code=64).stderr
    assert "without a login or a key" in said and "--posts" in said
    assert _watches(room) == {}


def test_a_profile_leads_to_the_feed_of_its_posts(room: Room, world: World) -> None:
    said = room.run("add", f"{world.social.url}/@apron_demo", *WHY).stderr
    assert "a feed of an account's posts" in said and "Apron Watcher (demo) on Mastodon" in said
    assert f"{world.social.url}/@apron_demo.rss" in _watches(room)


def test_pages_are_told_apart_and_say_what_they_hold(room: Room, world: World) -> None:
    assert "cites 1 post now" in room.run("add", world.story.article_url("embed")).stderr
    said = room.run("add", f"{world.news.url}/feed.xml", "--own").stderr
    assert "a feed of articles" in said and "entries" in said
    kinds = {str(row["kind"]) for row in _watches(room).values()}
    assert kinds == {"article", "feed"}


def test_without_a_terminal_an_account_needs_its_purpose(room: Room) -> None:
    assert "--purpose" in room.run("add", "@SelaneAir_demo", code=64).stderr


def test_a_list_adds_what_it_can_and_names_what_it_cannot(room: Room, world: World, tmp_path: Path) -> None:
    table = tmp_path / "watch.csv"
    table.write_text(
        "handle;purpose;tags\n@Horalenko_demo;spokesman;ministry harbour\n@SelaneAir_demo;;\nnot a handle;x;\n"
        f"{world.news.url}/feed.xml;;own-site\n",
        encoding="utf-8",
    )
    said = room.run("add", table, code=1).stderr
    assert "line 3: NOT added: @SelaneAir_demo is an account: give it a purpose" in said
    assert "line 4: NOT added: not a handle" in said
    assert "2 added, 2 not" in said and "undo: postwatch remove 1 2" in said
    found = _watches(room)
    assert found["x:horalenko_demo"]["tags"] == ["ministry", "harbour"]
    assert f"{world.news.url}/feed.xml" in found
    room.run("remove", "1", "2")
    assert _watches(room) == {}


def test_feed_readers_lists_and_plain_lists_are_understood(room: Room, world: World, tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        f"""<?xml version="1.0"?><opml version="2.0"><body><outline text="Port News">
        <outline type="rss" text="Demo" xmlUrl="{world.news.url}/feed.xml"/></outline></body></opml>"""
    )
    assert "1 added, 0 not" in room.run("add", opml).stderr
    assert _watches(room)[f"{world.news.url}/feed.xml"]["tags"] == ["port-news"]
    plain = tmp_path / "list.txt"
    plain.write_text(f"# our beat\n@Horalenko_demo\n\n{world.social.feed_url(world.story.mastodon)}\n")
    assert "2 added, 0 not" in room.run("add", plain, "--yes", *WHY).stderr
    broken = tmp_path / "broken.opml"
    broken.write_text("<opml><body><outline xmlUrl='x'>")
    assert "not well-formed" in room.run("add", broken, code=1).stderr
    (tmp_path / "empty.txt").write_text("\n# nothing\n")
    assert "lists nothing" in room.run("add", tmp_path / "empty.txt", code=1).stderr
