import json
from datetime import UTC, datetime

import pytest

from monitor.errors import NotUnderstood
from monitor.platforms.ytdlp.post import platform_of, post_of

X_URL = "https://x.com/dock_watch/status/1990000000000000001"
CLIP = {
    "id": "1989999999999999990",
    "display_id": "1990000000000000001",
    "extractor_key": "Twitter",
    "title": "Dock Watch - The gate is open",
    "description": "The gate is open",
    "uploader": "Dock Watch",
    "uploader_id": "dock_watch",
    "channel_id": "700000001",
    "timestamp": 1795341600,
    "age_limit": 18,
    "duration": 12.5,
    "thumbnail": "https://pbs.example/t.jpg",
    "like_count": 3,
    "formats": [{"url": "https://video.example/expires", "vcodec": "h264"}],
}


def test_a_post_of_x_is_known_by_its_own_id_not_by_its_clips():
    post = post_of(json.dumps(CLIP).encode(), X_URL)
    assert (post.platform, post.post_id, post.text) == ("x", "1990000000000000001", "The gate is open")
    account = post.account
    assert (account.platform_id, account.handle, account.name) == ("700000001", "dock_watch", "Dock Watch")
    assert post.posted_at == datetime.fromtimestamp(1795341600, UTC)
    (clip,) = post.media
    assert (clip.key, clip.kind, clip.duration_ms) == ("1989999999999999990", "video", 12_500)
    assert (clip.url, clip.variants) == (None, ())
    assert post.sensitive
    assert ("like_count", 3) in post.metrics


def test_a_post_with_several_clips_has_one_attachment_each():
    both = {
        "_type": "playlist",
        "id": "1990000000000000001",
        "extractor_key": "Twitter",
        "entries": [CLIP, {**CLIP, "id": "2"}],
    }
    post = post_of(json.dumps(both).encode(), X_URL)
    assert [clip.key for clip in post.media] == ["1989999999999999990", "2"]
    assert (post.post_id, post.account.platform_id) == ("1990000000000000001", "700000001")


def test_a_video_of_youtube_has_its_title_and_description():
    info = {
        "id": "qUAYqUAYq02",
        "extractor_key": "Youtube",
        "title": "Ferry",
        "description": "At dawn",
        "channel_id": "UCdemo",
    }
    post = post_of(json.dumps({**info, "uploader_id": "@lights"}).encode(), "https://youtu.be/qUAYqUAYq02")
    assert (post.platform, post.post_id, post.text) == ("youtube", "qUAYqUAYq02", "Ferry\n\nAt dawn")
    assert (post.account.platform_id, post.account.handle) == ("UCdemo", "lights")


@pytest.mark.parametrize("key", ["Generic", "HTML5MediaEmbed"])
def test_a_generic_page_is_known_by_its_address_and_has_no_date(key: str):
    info = {"id": "clip", "extractor_key": key, "title": "clip", "timestamp": 1795341600}
    one = post_of(json.dumps(info).encode(), "https://a.example/clip.mp4")
    two = post_of(json.dumps(info).encode(), "https://b.example/clip.mp4")
    assert (one.platform, one.posted_at, one.account.platform_id) == ("web", None, "a.example")
    assert len(one.post_id) == 32
    assert one.post_id != two.post_id


@pytest.mark.parametrize(
    ("info", "account_id", "handle"),
    [
        ({"extractor_key": "TikTok", "uploader": "pier", "uploader_id": "77", "channel_id": "MS4w"}, "77", "pier"),
        ({"extractor_key": "Reddit", "uploader": "pier", "channel_id": "harbours"}, "pier", "pier"),
        (
            {"extractor_key": "Bluesky", "uploader_id": "pier.example", "channel_id": "did:plc:demo"},
            "did:plc:demo",
            "pier.example",
        ),
        ({"extractor_key": "Rumble", "uploader": "Pier"}, "Pier", None),
    ],
)
def test_the_account_is_known_by_what_is_stable_on_its_platform(
    info: dict[str, str], account_id: str, handle: str | None
):
    post = post_of(json.dumps({"id": "1", **info}).encode(), "https://site.example/1")
    assert (post.account.platform_id, post.account.handle) == (account_id, handle)
    assert post.platform == platform_of(info["extractor_key"])


def test_odd_values_are_passed_over():
    odd = {
        "id": 5,
        "extractor_key": None,
        "timestamp": 1e300,
        "duration": "x",
        "width": -1,
        "age_limit": None,
        "title": "a\0b\ud800",
    }
    post = post_of(json.dumps(odd).encode(), "https://site.example/1")
    assert (post.text, post.posted_at, post.media[0].duration_ms, post.media[0].key) == ("ab", None, None, "5")


def test_sound_without_pictures_is_audio():
    info = {"id": "1", "extractor_key": "Generic", "vcodec": "none", "acodec": "mp3"}
    assert post_of(json.dumps(info).encode(), "https://site.example/1").media[0].kind == "audio"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"<html>", b'{"a":' * 100_000])
def test_what_is_no_info_is_not_understood(content: bytes):
    with pytest.raises(NotUnderstood):
        post_of(content, "https://site.example/1")
