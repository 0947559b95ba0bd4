"""Every way of writing a post's address leads to the same post, and nothing else passes for one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.platforms import PLATFORMS, address_of, id_time, might_name_a_post, unwrapped
from monitor.platforms.location import location_of

POST = "1812345678901234567"
X = f"https://x.com/i/status/{POST}"

SAME_X_POST = [
    f"https://x.com/harbour_demo/status/{POST}",
    f"http://www.twitter.com/harbour_demo/statuses/{POST}?s=20&t=abc",
    f"//mobile.twitter.com/harbour_demo/status/{POST}/video/1",
    f"https://twitter.com/i/web/status/{POST}",
    f"https://twitter.com/statuses/{POST}",
    f"https://twitter.com/#!/harbour_demo/status/{POST}",
    f"https://x.com/i/status/{POST}",
    f"twitter.com/harbour_demo/status/{POST}",
    f"https:\\/\\/twitter.com\\/harbour_demo\\/status\\/{POST}",
    f"https%3A%2F%2Ftwitter.com%2Fharbour_demo%2Fstatus%2F{POST}",
    f"https://twitter.com/harbour_demo/status/{POST}&amp;ref=x",
    f"https://platform.twitter.com/embed/Tweet.html?dnt=true&id={POST}",
    f"https://platform.x.com/embed/index.html?id={POST}",
    f"https://vxtwitter.com/harbour_demo/status/{POST}",
    f"https://d.fxtwitter.com/harbour_demo/status/{POST}",
    f"https://fixupx.com/harbour_demo/status/{POST}",
    f"https://xcancel.com/harbour_demo/status/{POST}#m",
    f"https://nitter.example.org/harbour_demo/status/{POST}#m",
]
WRAPPED_X_POST = [
    f"https://web.archive.org/web/20240714120000/https://twitter.com/harbour_demo/status/{POST}",
    f"https://web.archive.org/web/20240714120000id_/https:/twitter.com/harbour_demo/status/{POST}",
    f"https://archive.ph/newest/https://twitter.com/harbour_demo/status/{POST}",
    f"https://archive.today/20240714120000/https://x.com/harbour_demo/status/{POST}",
    f"https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Fharbour_demo%2Fstatus%2F{POST}&h=AT",
    f"https://www.google.com/url?q=https://x.com/harbour_demo/status/{POST}&sa=D",
    f"https://cdn.embedly.com/widgets/media.html?url=https%3A%2F%2Fx.com%2Fharbour_demo%2Fstatus%2F{POST}",
    f"https://publish.twitter.com/oembed?url=https%3A%2F%2Fx.com%2Fharbour_demo%2Fstatus%2F{POST}",
    f"/extras/embed?url=https%3A%2F%2Fx.com%2Fharbour_demo%2Fstatus%2F{POST}",
]


@pytest.mark.parametrize("url", SAME_X_POST)
def test_any_way_of_writing_names_the_same_post(url: str) -> None:
    found = unwrapped(url)
    assert found is not None
    assert (found.address.post_id, found.address.url, found.wrapped) == (POST, X, False)


@pytest.mark.parametrize("url", WRAPPED_X_POST)
def test_a_wrapped_address_is_opened_and_said_to_be_wrapped(url: str) -> None:
    found = unwrapped(url)
    assert found is not None
    assert (found.address.url, found.wrapped) == (X, True)


@pytest.mark.parametrize(
    ("url", "platform", "post_id"),
    [
        ("https://youtu.be/Demo_Clip-1?t=5", "youtube", "Demo_Clip-1"),
        ("https://m.youtube.com/watch?list=PL1&v=Demo_Clip-1", "youtube", "Demo_Clip-1"),
        ("https://www.youtube.com/shorts/Demo_Clip-1", "youtube", "Demo_Clip-1"),
        ("https://www.youtube.com/live/Demo_Clip-1?feature=share", "youtube", "Demo_Clip-1"),
        ("https://www.youtube.com/attribution_link?a=b&u=%2Fwatch%3Fv%3DDemo_Clip-1", "youtube", "Demo_Clip-1"),
        ("https://www.instagram.com/reel/C1DemoAbc/?igsh=x", "instagram", "C1DemoAbc"),
        ("https://www.instagram.com/harbour_demo/p/C1DemoAbc/", "instagram", "C1DemoAbc"),
        ("https://www.tiktok.com/@demo/photo/7312345678901234567", "tiktok", "7312345678901234567"),
        ("https://www.tiktok.com/embed/v2/7312345678901234567", "tiktok", "7312345678901234567"),
        ("https://www.facebook.com/demo/videos/a-long-name/987654321098765/", "facebook", "987654321098765"),
        ("https://www.facebook.com/watch/?v=987654321098765", "facebook", "987654321098765"),
        ("https://m.facebook.com/story.php?story_fbid=123456789&id=77", "facebook", "123456789"),
        ("https://www.facebook.com/groups/harbour/permalink/123456789/", "facebook", "123456789"),
        ("https://t.me/s/harbour_demo/413", "telegram", "harbour_demo/413"),
        ("https://bsky.app/profile/harbour.example/post/3kdemo2222222", "bluesky", "3kdemo2222222"),
        ("at://did:plc:demo/app.bsky.feed.post/3kdemo2222222", "bluesky", "3kdemo2222222"),
        ("https://social.example/@harbour/112345678901234567", "mastodon", "112345678901234567"),
        ("https://social.example/users/harbour/statuses/112345678901234567", "mastodon", "112345678901234567"),
        ("https://www.threads.com/@harbour_demo/post/C9DemoCode1", "threads", "C9DemoCode1"),
        ("https://player.vimeo.com/video/123456789?h=abc", "vimeo", "123456789"),
        ("https://vimeo.com/channels/staffpicks/123456789", "vimeo", "123456789"),
        ("https://dai.ly/x8demo1", "dailymotion", "x8demo1"),
        ("https://www.dailymotion.com/video/x8demo1_a-title", "dailymotion", "x8demo1"),
        ("https://old.reddit.com/r/harbour/comments/1demo23/title/abc/", "reddit", "1demo23"),
        ("https://redd.it/1demo23", "reddit", "1demo23"),
    ],
)
def test_each_platform_knows_its_posts(url: str, platform: str, post_id: str) -> None:
    address = address_of(url)
    assert address is not None
    assert (address.platform, address.post_id) == (platform, post_id)
    again = address_of(address.url)
    assert again is not None
    assert (again.platform, again.post_id, again.url) == (platform, post_id, address.url)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/harbour_demo",
        "https://twitter.com/intent/tweet?url=https%3A%2F%2Fx.com%2Fa%2Fstatus%2F1",
        "https://twitter.com/intent/like?tweet_id=1812345678901234567",
        "https://twitter.com/share?url=https%3A%2F%2Fyoutu.be%2FDemo_Clip-1",
        "https://twitter.com/i/web/status/1…",
        "https://x.com@news.example/demo/status/1812345678901234567",
        "https://news.example/x.com/demo/status/1812345678901234567",
        "https://notx.com/demo/status/1812345678901234567",
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fyoutu.be%2FDemo_Clip-1",
        "https://www.pinterest.com/pin/create/button/?url=https%3A%2F%2Fyoutu.be%2FDemo_Clip-1",
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://www.youtube.com/channel/UCdemo",
        "https://www.instagram.com/harbour_demo/",
        "https://t.me/share/url?url=https://x.com/a/status/1812345678901234567",
        "https://t.me/joinchat/AAAA",
        "https://vimeo.com/harbour",
        "https://medium.example/@harbour/a-story-1234",
        "https://[::1",
        "mailto:demo@x.com",
        "",
    ],
)
def test_what_names_no_post_gives_nothing(url: str) -> None:
    assert address_of(url) is None


@given(st.integers(min_value=20, max_value=2**63 - 1), st.from_regex(r"[A-Za-z0-9_]{1,15}", fullmatch=True))
def test_an_x_id_survives_the_round_trip(number: int, handle: str) -> None:
    address = address_of(f"https://twitter.com/{handle}/status/{number}?s=21")
    assert address is not None
    assert address.post_id == str(number)
    assert address_of(address.url) is not None


@given(
    st.from_regex(r"[0-9A-Za-z_-]{11}", fullmatch=True).filter(lambda code: code not in ("videoseries", "live_stream"))
)
def test_a_youtube_id_survives_the_round_trip(code: str) -> None:
    for url in (f"https://youtu.be/{code}", f"https://www.youtube.com/embed/{code}?rel=0"):
        address = address_of(url)
        assert address is not None
        assert address.post_id == code


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_addresses(text: str) -> None:
    for url in (text, "https://x.com/" + text, "https://web.archive.org/web/" + text, "//" + text):
        address = address_of(url)
        if address is not None:
            assert might_name_a_post(url)


@given(st.sampled_from(SAME_X_POST), st.text(alphabet="/?&=#%.@:ab1", max_size=30))
def test_no_two_platforms_claim_one_address(url: str, tail: str) -> None:
    location = location_of(url + tail)
    if location is not None:
        assert len([p for p in PLATFORMS.values() if p.address_at(location)]) <= 1


def test_ids_tell_their_time_where_the_platform_made_them_from_a_clock() -> None:
    assert id_time("x", "1212092628029698048") == datetime(2019, 12, 31, 19, 26, 16, 771000, UTC)
    assert id_time("x", "20") is None
    assert id_time("youtube", "Demo_Clip-1") is None
    assert id_time("nowhere", "1") is None
    made = id_time("instagram", "CEWvdGNhDny")
    assert made is not None
    assert made.year == 2020
    bluesky = id_time("bluesky", "3kdemo2222222")
    assert bluesky is not None
    assert bluesky.tzinfo is UTC
