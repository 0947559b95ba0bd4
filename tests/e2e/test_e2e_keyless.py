"""Every source that needs no key, added by its address and followed from its served feed or page."""

from collections.abc import Iterator

import pytest
from e2e_room import Room, Row

from monitor import clock
from monitor.demo.world import World
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.social.posts import SocialPost
from monitor.demo.world.x import TOKEN

NOT_THERE = "https://x.com/nobody_demo/status/1803739203040000000"


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with World() as made:
        yield made


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, world: World) -> Room:
    """All sources added by hand, without X's token, and looked at once. Videos come from loopback only."""
    home = tmp_path_factory.mktemp("keyless") / "home"
    world.write_home(home, watches="")
    made = Room(home, world)
    made.write(settings=world.settings_toml().replace("[media]\n", '[media]\nextractors = ["vimeo"]\n'))
    del made.environment["POSTWATCH_X_BEARER_TOKEN"]
    why = ("--purpose", "To see sources without a key.", "--yes", "--tell-backfill")
    for profile in world.social.profiles:
        assert "a feed of an account's posts" in made.run("add", world.social.feed_url(profile), *why).stderr
    assert "a feed of an account's posts" in made.run("add", f"{world.news.url}/radio/feed.xml", "--posts", *why).stderr
    assert "a page with a video" in made.run("add", world.story.video_page, *why).stderr
    for address in (world.story.farewell_url, NOT_THERE):
        assert "a post on x" in made.run("add", address, *why).stderr
    # YouTube's own pages are not asked for the video: its extractor is not allowed here.
    made.run("once", code=3)
    return made


@pytest.fixture(scope="module")
def posts(room: Room) -> dict[str, Row]:
    """What was kept, by platform: one post of each source."""
    found = room.rows("posts")
    assert len(found) == len({row["platform"] for row in found}) == 6
    return {row["platform"]: row for row in found}


def test_a_youtube_channel_feed_gives_its_videos(posts: dict[str, Row]) -> None:
    row = posts["youtube"]
    assert (row["post_id"], row["account_id"]) == ("demo_DEMO-1", "UCdemoDEMOdemoDEMOdemo00")
    assert row["url"] == "https://www.youtube.com/watch?v=demo_DEMO-1"
    assert row["text"].startswith("Harbour, morning (demo)")
    (media,) = row["media"]
    assert (media["kind"], media["state"]) == ("video", "failed")
    assert "extractor" in media["reason"]


def test_a_mastodon_feed_gives_posts_and_their_attached_video(posts: dict[str, Row], world: World) -> None:
    row = posts["mastodon"]
    assert (row["post_id"], row["text"]) == ("116000000000000001", "The apron an hour before (demo).")
    assert row["handle"].startswith("apron_demo@")
    (media,) = row["media"]
    assert (media["kind"], media["state"]) == ("video", "kept")
    assert world.video.requests_to("/video/apron.mp4")


def test_a_bluesky_feed_gives_posts(posts: dict[str, Row]) -> None:
    row = posts["bluesky"]
    assert (row["account_id"], row["handle"]) == ("did:plc:demodemodemodemodemodemo", "ferryfan.demo.invalid")
    assert row["url"] == "https://bsky.app/profile/ferryfan.demo.invalid/post/3demodemo2224"


def test_any_feed_of_posts_can_be_an_account(posts: dict[str, Row], world: World) -> None:
    row = posts["feed"]
    assert row["url"] == world.story.article_url("words")
    assert row["text"].startswith("Ferries, fish and an unusual farewell")


def test_one_post_by_its_address_through_the_generic_extractor(posts: dict[str, Row], world: World) -> None:
    row = posts["web"]
    assert row["found_by"] == "watch"
    assert (row["url"], row["media"][0]["state"]) == (world.story.video_page, "kept")
    assert "The apron (demo)" in row["text"]
    assert row["media"][0]["sha256"] == posts["mastodon"]["media"][0]["sha256"]


def test_a_post_on_x_is_described_by_oembed_without_a_token(posts: dict[str, Row], world: World, room: Room) -> None:
    assert world.story.farewell
    row = posts["x"]
    assert (row["post_id"], row["handle"]) == (world.story.farewell.id, "Horalenko_demo")
    assert row["text"].startswith("President Dovrin and Premier Teshko went on waving")
    assert len(world.social.requests_to("/oembed")) == 2
    assert world.x.requests == []
    assert room.rows("spend") == []
    gone = next(w for w in room.rows("watches") if w["target"] == "x:1803739203040000000")
    assert (gone["state"], gone["posts"]) == ("done", 0)
    assert "not there" in gone["state_reason"]


def test_each_post_of_a_feed_is_told_once_and_a_new_one_when_it_comes(room: Room, world: World) -> None:
    first = room.rows("alerts")
    assert [row["kind"] for row in first] == ["post_new"] * 4
    now = clock.now()
    world.story.youtube.add(SocialPost("demo_DEMO-2", "Noon (demo).", now, title="Harbour, noon (demo)"))
    world.story.mastodon.add(SocialPost("116000000000000002", "It left (demo).", now))
    world.story.bluesky.add(SocialPost("3demodemo3335", "Blue, still (demo).", now))
    world.news.publish(
        NewsArticle("radio", "fog", "Fog (demo)", "Jelka Marsin", now, ("<p>Fog.</p>",), lead="Fog (demo).")
    )
    room.run("once", "--all", code=3)
    new = room.rows("alerts")[len(first) :]
    assert {row["platform"] for row in new} == {"youtube", "mastodon", "bluesky", "feed"}
    assert len(new) == 4
    room.run("once", "--all")
    assert len(room.rows("alerts")) == 8
    assert set(world.sink.attempts().values()) == {1}
    polled = world.social.requests_to("/@apron_demo.rss")[-1]
    assert polled.headers["if-none-match"]
    assert polled.answer is not None
    assert polled.answer.status == 304


def test_feeds_of_posts_in_the_file_have_a_silent_first_look_and_no_need_of_a_token(
    tmp_path_factory: pytest.TempPathFactory, world: World
) -> None:
    home = tmp_path_factory.mktemp("file") / "home"
    feeds = world.watches_toml(tell_backfill=False, keyless=True).split("[[account]]")[3:]
    world.write_home(home, watches="".join(f"[[account]]{entry}" for entry in feeds))
    made = Room(home, world)
    del made.environment["POSTWATCH_X_BEARER_TOKEN"]
    assert "token" not in made.run("once").stderr
    assert {row["platform"] for row in made.rows("posts")} == {"mastodon", "bluesky"}
    assert [row["kind"] for row in made.rows("alerts")] == ["first_look"] * 2
    assert TOKEN not in "".join(made.printed)
