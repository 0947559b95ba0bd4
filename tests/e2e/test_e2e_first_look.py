"""A first look is small and silent by default; `backfill` widens it, `tell_backfill` tells all."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from e2e_room import Room, Row, room_in

from monitor import clock
from monitor.demo.world import World
from monitor.demo.world.news.article import NewsArticle

_ACCOUNT = """[[account]]
handle = "{handle}"
backfill = "{backfill}"
purpose = "To see how far a first look goes."
tell_backfill = {told}
"""
_FEED = """[[feed]]
url = "{url}/{section}/feed.xml"
backfill = "{backfill}"
tell_backfill = {told}
"""
_SECTIONS = {"none": "courier", "7d": "evening", "all": "radio"}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Three accounts and three feeds, each with something of an hour, three days and ten days ago; then new things."""
    world = World(told=False)
    now, watches = world.story.now, ""
    for backfill, section in _SECTIONS.items():
        account = world.x.state.add_account(f"{section}_demo", section, now - timedelta(days=100))
        for hours in (240, 72, 1):
            at = now - timedelta(hours=hours)
            post = world.x.state.add_post(account, f"{hours} hours ago (demo)", at)
            link = (
                f'<p>A <a href="https://x.com/{account.username}/status/{post.id}">post</a> of {hours} hours ago.</p>'
            )
            world.news.publish(NewsArticle(section, f"h{hours}", f"{hours} hours", "Mira Tolvaj", at, (link,)))
        told = "true" if backfill == "all" else "false"
        watches += _ACCOUNT.format(handle=account.username, backfill=backfill, told=told)
        watches += "{feed:" + section + "}"
    with world:
        for backfill, section in _SECTIONS.items():
            told = "true" if backfill == "all" else "false"
            feed = _FEED.format(url=world.news.url, section=section, backfill=backfill, told=told)
            watches = watches.replace("{feed:" + section + "}", feed)
        with_home = world.write_home(tmp_path_factory.mktemp("first") / "home", watches=watches)
        made = Room(with_home, world)
        made.run("once")
        yield made


def _hours(room: Room, section: str) -> list[str]:
    return [
        row["text"].split()[0]
        for row in room.rows("posts")
        if row["handle"] == f"{section}_demo" and row["found_by"] == "watch"
    ]


def test_backfill_says_how_far_the_first_look_goes(room: Room) -> None:
    assert _hours(room, "courier") == []
    assert _hours(room, "evening") == ["72", "1"]
    assert _hours(room, "radio") == ["240", "72", "1"]
    read = Counter(row["url"].split("/")[3] for row in room.rows("articles"))
    assert read == {"evening": 2, "radio": 3}


def test_only_tell_backfill_tells_of_each(room: Room) -> None:
    alerts = room.rows("alerts")
    told = Counter((row["kind"], row.get("handle")) for row in alerts if row["kind"] != "first_look")
    assert told == {("post_new", "radio_demo"): 3, ("citation_new", "radio_demo"): 3}
    posts = [row["post_id"] for row in alerts if row["kind"] == "post_new"]
    assert posts == sorted(posts, key=int)
    silent = [row["subject"] for row in alerts if row["kind"] == "first_look"]
    assert len(silent) == 2
    assert any("@evening_demo: 2 posts" in subject for subject in silent)
    assert any("/evening/feed.xml: 2 articles" in subject for subject in silent)
    assert all(row["deliveries"][0]["state"] == "sent" for row in alerts)


def test_what_comes_after_the_first_look_is_told_once(room: Room) -> None:
    assert room.world
    world, now = room.world, clock.now()
    known = {row["id"] for row in room.rows("alerts")}
    for section in _SECTIONS.values():
        account = world.x.state.account_named(f"{section}_demo")
        assert account
        post = world.x.state.add_post(account, "0 hours ago (demo)", now)
        link = f'<p>A <a href="https://x.com/{account.username}/status/{post.id}">post</a> of this minute.</p>'
        world.news.publish(NewsArticle(section, "new", "Just now", "Mira Tolvaj", now, (link,)))
    charged = world.x.meter.usd
    room.run("once", "--all")
    new = [row for row in room.rows("alerts") if row["id"] not in known]
    assert Counter(row["kind"] for row in new) == {"post_new": 3, "citation_new": 3}
    assert world.x.meter.usd == pytest.approx(charged + 3 * 0.005)
    room.run("once", "--all")
    assert len(room.rows("alerts")) == len(known) + 6
    assert set(world.sink.attempts().values()) == {1}


def test_by_default_a_first_look_takes_a_day_and_twenty_posts(tmp_path: Path) -> None:
    world = World(told=False)
    for minutes in range(30, 2, -1):
        world.x.state.add_post(world.story.account, f"post {minutes}", world.story.now - timedelta(minutes=minutes))
    watches = _ACCOUNT.format(handle="Horalenko_demo", backfill="24h", told="false")
    with room_in(tmp_path, world, watches=watches) as made:
        made.run("once")
        kept: list[Row] = made.rows("posts")
        assert [row["text"] for row in kept] == [f"post {minutes}" for minutes in range(22, 2, -1)]
        (alert,) = made.rows("alerts")
        assert (alert["kind"], alert["priority"], alert["count"]) == ("first_look", "info", 20)
        assert world.x.meter.usd == pytest.approx(20 * 0.005 + 0.010)
