"""Citations of all kinds of posts: edited, unknown, gone; and who is told of what."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from e2e_room import Room, Row, room_in

from monitor import clock
from monitor.demo.world import World
from monitor.demo.world import clip as clips
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.x.state import XPost

_RULES = """[[rule]]
name = "videos of the minister"
kinds = ["post_new"]
accounts = ["@horalenko_DEMO"]
has_video = true
priority = "flash"
channels = ["desk"]

[[rule]]
name = "detours"
keywords = ["DETOUR"]
channels = ["roads"]

[[rule]]
name = "the demo's articles"
kinds = ["citation_new"]
tags = ["demo", "else"]
priority = "info"
channels = ["roads", "desk"]

[[rule]]
name = "nothing has this tag"
tags = ["else"]
channels = ["nobody"]
"""


@pytest.fixture(scope="module")
def world() -> World:
    """The story, its video post edited after it is known, and a second round of articles."""
    return World()


@pytest.fixture(scope="module")
def posts(world: World) -> dict[str, XPost]:
    """Posts of another account, by what becomes of them."""
    state, now = world.x.state, world.story.now
    other = state.add_account("Ferry_demo", "The ferry", now - timedelta(days=90))
    media = world.video.put_clip("ferry", clips.SMALL, "7_1790000000000000099")
    made = {
        "unknown": state.add_post(other, "A ferry (demo).", now - timedelta(days=2), media=[media]),
        "edited": state.add_post(other, "A fery (demo).", now - timedelta(days=2)),
        "gone": state.add_post(other, "Regretted (demo).", now - timedelta(days=2)),
    }
    made["second"] = state.edit_post(
        made["edited"], "A ferry, spelt right (demo).", now - timedelta(days=2, minutes=-5)
    )
    state.delete_post(made["gone"])
    return made


@pytest.fixture(scope="module")
def room(
    tmp_path_factory: pytest.TempPathFactory, world: World, posts: dict[str, XPost]
) -> Iterator[tuple[Room, list[Row]]]:
    """After two looks; with the alerts of the first."""
    folder = tmp_path_factory.mktemp("citations")
    with room_in(folder, world, rules=_RULES, channels=["roads", "nobody"]) as made:
        made.run("once")
        first = made.rows("alerts")
        story, now = world.story, clock.now()
        assert story.farewell
        edited = world.x.state.edit_post(story.farewell, "They went on waving. Corrected (demo).", now)
        for name, post in {**posts, "new version": edited, "old version": story.farewell}.items():
            link = f'<p>A <a href="https://x.com/someone/status/{post.id}">post</a>.</p>'
            world.news.publish(
                NewsArticle("courier", name.replace(" ", "-"), f"Cites: {name}", "Mira Tolvaj", now, (link,))
            )
        made.run("once", "--all")
        yield made, first


@pytest.fixture(scope="module")
def links(room: tuple[Room, list[Row]]) -> dict[str, Row]:
    """The second round's links by the article's title."""
    return {row["article_title"].removeprefix("Cites: "): row for row in room[0].rows("links")}


def test_an_edit_is_a_second_version_of_one_post(room: tuple[Room, list[Row]], world: World) -> None:
    assert world.story.farewell
    (row,) = [row for row in room[0].rows("posts") if row["post_id"] == world.story.farewell.id]
    assert (row["versions"], row["text"]) == (2, "They went on waving. Corrected (demo).")
    assert [m["state"] for m in row["media"]] == ["kept"]
    told = [a["kind"] for a in room[0].rows("alerts") if "Corrected" in a["subject"]]
    assert told == ["post_edited"]


def test_each_version_that_is_cited_leads_to_the_one_post(links: dict[str, Row], world: World) -> None:
    assert world.story.farewell
    first, second = world.story.farewell.chain
    for name, cited in (("old version", first), ("new version", second)):
        row = links[name]
        assert (row["state"], row["post_id"], row["cited_post_id"]) == ("confirmed", first, cited)


def test_unknown_cited_posts_are_looked_up_kept_and_archived(
    room: tuple[Room, list[Row]], links: dict[str, Row], posts: dict[str, XPost]
) -> None:
    kept = {row["post_id"]: row for row in room[0].rows("posts")}
    unknown = kept[posts["unknown"].id]
    assert (unknown["handle"], unknown["media"][0]["state"]) == ("Ferry_demo", "kept")
    assert (links["unknown"]["state"], links["unknown"]["copy"]) == ("confirmed", unknown["media"][0]["sha256"])
    first, second = posts["edited"].chain
    assert kept[first]["handle"] == "Ferry_demo"
    assert second not in kept
    assert [(links[n]["post_id"], links[n]["cited_post_id"]) for n in ("edited", "second")] == [
        (first, first),
        (first, second),
    ]


def test_a_cited_post_that_is_not_there_stays_unresolved(links: dict[str, Row], room: tuple[Room, list[Row]]) -> None:
    assert (links["gone"]["state"], links["gone"]["post_id"], links["gone"]["kind"]) == ("unresolved", None, "link")
    assert room[0].run("once", "--all").returncode == 0


def test_no_cited_post_is_asked_for_twice(world: World, posts: dict[str, XPost]) -> None:
    asked = [post_id for r in world.x.requests_to("/2/tweets") for post_id in r.query["ids"].split(",")]
    assert len(asked) == len(set(asked))
    assert {posts["unknown"].id, posts["gone"].id} <= set(asked)


def test_rules_say_who_hears_of_what_and_how_urgently(room: tuple[Room, list[Row]], world: World) -> None:
    told = {row["subject"]: (row["priority"], [d["channel"] for d in row["deliveries"]]) for row in room[1]}
    by_start = {subject.split(":")[0] if row[0] == "flash" else subject: row for subject, row in told.items()}
    assert by_start["@Horalenko_demo posted a video"] == ("flash", ["desk"])
    assert told["@Horalenko_demo posted: This explains the detour."] == ("normal", ["roads"])
    (note,) = [row for subject, row in told.items() if "A long note" in subject]
    assert note == ("normal", [])
    cited = [row for subject, row in told.items() if subject.startswith("“") and "seems to" not in subject]
    assert cited == [("info", ["desk", "roads"])] * 2
    paths = [delivery.path for delivery in world.sink.deliveries]
    assert "/nobody" not in paths
    assert {"/desk", "/roads"} == set(paths)
