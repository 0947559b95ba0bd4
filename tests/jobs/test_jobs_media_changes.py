"""Files that are replaced under the same post: noticed by the key, believed by the hash."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from moved_room import START, Room, moved_room

from monitor.demo.world import clip as clips
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.social.oembed import blockquote
from monitor.demo.world.x import XPost
from monitor.jobs import read_articles
from monitor.store import alerts
from monitor.store.articles import Origin


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with moved_room(tmp_path) as made:
        yield made


def _cited(room: Room) -> XPost:
    x = room.world.x.state
    author = x.add_account("demo_author", "Demo", START)
    photo = room.world.video.put_photo("one", clips.SMALL, "3_1790000000000000021")
    post = x.add_post(author, "The harbour (demo).", START - timedelta(hours=3), media=[photo])
    article = NewsArticle("courier", "story", "Demo story", "Mira Tolvaj", START, (blockquote(x, post),))
    read_articles.read(room.context, room.world.news.publish(article), Origin(own=True), silent=True)
    room.pass_time(1)
    return post


def _told(room: Room) -> list[dict[str, Any]]:
    return [a for a in alerts.listing(room.context.store) if a["kind"] == "post_edited"]


def test_another_picture_in_the_place_of_the_first_is_told_at_once(room: Room) -> None:
    post = _cited(room)
    other = clips.Clip(
        clips.SMALL.seconds, clips.SMALL.width, clips.SMALL.height, clips.SMALL.frames_per_second, seed=9
    )
    post.media = (room.world.video.put_photo("two", other, "3_1790000000000000022"),)
    room.pass_time(20)
    (told,) = _told(room)
    assert told["priority"] == "flash" and "another file now" in told["subject"]
    change = told["media_replaced"]
    assert change["before"] != change["after"] and told["places"]
    room.pass_time(40)
    assert len(_told(room)) == 1


def test_the_same_bytes_under_another_key_are_no_news(room: Room) -> None:
    post = _cited(room)
    post.media = (room.world.video.put_photo("again", clips.SMALL, "3_1790000000000000023"),)
    room.pass_time(20)
    assert _told(room) == []
