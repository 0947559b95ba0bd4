from datetime import UTC, datetime

import pytest
import written_feeds as feeds

from monitor.errors import NotUnderstood
from monitor.model.exchange import Exchange
from monitor.model.post import Page
from monitor.platforms.feed.collector import posts_of

AT = datetime(2026, 11, 23, tzinfo=UTC)


def read(content: bytes, url: str, body: bytes | None = None) -> Page:
    exchange = Exchange("http", url, url, 200, (), content if body is None else body, AT, AT)
    return posts_of(content, "application/xml", url, exchange)


def test_a_youtube_channel_gives_its_videos_oldest_first():
    page = read(feeds.YOUTUBE, feeds.YOUTUBE_URL)
    assert [post.post_id for post in page.posts] == ["qUAYqUAYq01", "qUAYqUAYq02"]
    assert page.newest_id == "qUAYqUAYq02"
    newest = page.posts[-1]
    assert (newest.platform, newest.url) == ("youtube", "https://www.youtube.com/watch?v=qUAYqUAYq02")
    assert (newest.account.platform_id, newest.account.name) == ("UCharbourlightsdemo00001", "Harbour Lights")
    assert newest.text == "Ferry leaves the quay\n\nFilmed at dawn.\nWind < 3 knots."
    assert newest.posted_at == datetime(2026, 11, 22, 10, tzinfo=UTC)
    (clip,) = newest.media
    assert (clip.key, clip.kind, clip.url, clip.variants) == ("qUAYqUAYq02", "video", None, ())
    assert clip.preview_url == "https://i.ytimg.com/vi/qUAYqUAYq02/hqdefault.jpg"
    assert len(page.accounts) == 1


def test_a_mastodon_feed_gives_words_files_and_what_describes_them():
    page = read(feeds.MASTODON, feeds.MASTODON_URL)
    assert [post.post_id for post in page.posts] == ["115593100000000001", "115593200000000002"]
    newest = page.posts[-1]
    assert (newest.platform, newest.account.platform_id) == ("mastodon", "olga_pier@boats.example")
    assert newest.text == "The ferry & the crane.\nSee https://news.example/quay\n\nMore tomorrow."
    assert [(file.kind, file.url, file.alt_text) for file in newest.media] == [
        ("video", "https://files.boats.example/a.mp4", "A ferry turns"),
        ("photo", "https://files.boats.example/b.png", "A crane"),
    ]
    assert newest.id_time is not None


@pytest.mark.parametrize(("declared", "platform"), [("mastodon", "mastodon"), ("", "feed"), ("x", "feed")])
def test_a_feed_that_does_not_name_mastodon_is_what_its_watch_says(declared: str, platform: str):
    silent = feeds.MASTODON.replace(b"Mastodon v", b"Kin v")
    assert silent != feeds.MASTODON
    exchange = Exchange("http", feeds.MASTODON_URL, feeds.MASTODON_URL, 200, (), silent, AT, AT)
    page = posts_of(silent, "application/xml", feeds.MASTODON_URL, exchange, declared)
    assert {post.platform for post in page.posts} == {platform}


def test_a_bluesky_feed_knows_the_account_by_its_did():
    (post,) = read(feeds.BLUESKY, feeds.BLUESKY_URL).posts
    assert (post.platform, post.post_id) == ("bluesky", "3m6a2b3c4d52e")
    assert (post.account.platform_id, post.account.handle) == ("did:plc:demodemodemodemodemodemo", "marek.demo.example")
    assert post.url == "https://bsky.app/profile/marek.demo.example/post/3m6a2b3c4d52e"
    assert (post.text, post.posted_at) == ("Fog over the docks\nagain", datetime(2026, 11, 22, 10, tzinfo=UTC))


def test_any_other_feed_is_an_account_by_its_address():
    undated, post = read(feeds.BRIDGE, feeds.BRIDGE_URL).posts
    assert (post.platform, post.account.platform_id, post.account.name) == ("feed", feeds.BRIDGE_URL, "Dock Watch")
    assert (post.post_id, post.url) == ("https://t.me/dockwatch/42", "https://t.me/dockwatch/42")
    assert post.text == "The gate is open. Lorries are moving again."
    assert [(file.kind, file.url) for file in post.media] == [
        ("video", "https://bridge.example/files/42.mp4"),
        ("audio", "https://bridge.example/files/42.ogg"),
    ]
    assert (len(undated.post_id), undated.posted_at) == (32, None)
    assert undated.post_id == read(feeds.BRIDGE, feeds.BRIDGE_URL).posts[0].post_id


@pytest.mark.parametrize("name", ["YOUTUBE", "MASTODON", "BLUESKY", "BRIDGE"])
def test_each_post_is_a_slice_of_the_answer(name: str):
    content, url = getattr(feeds, name), getattr(feeds, f"{name}_URL")
    page = read(content, url)
    raw = {post.post_id: post.raw for post in page.posts}
    assert {part.key: content[part.start : part.end] for part in page.slices} == raw
    assert read(content, url, body=b"still gzipped").slices == ()


def test_json_feeds_and_repeated_entries_are_read():
    (_, post) = read(feeds.JSON_FEED, "https://coast.example/feed.json").posts
    assert (post.post_id, post.has_video) == ("8", True)
    twice = feeds.BLUESKY.replace(b"</channel>", feeds.BLUESKY[feeds.BLUESKY.index(b"<item>") :])
    page = read(twice, feeds.BLUESKY_URL)
    assert len(page.posts) == 1


def test_a_page_in_place_of_a_feed_carries_its_exchange():
    with pytest.raises(NotUnderstood, match="an HTML page") as told:
        read(b"<!doctype html><html></html>", feeds.MASTODON_URL)
    assert told.value.exchange is not None
