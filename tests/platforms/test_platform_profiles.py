"""Addresses of accounts: which feed lists their posts, and which platforms list them to nobody."""

import pytest

from monitor.platforms.profiles import profile_at

LISTED = [
    ("https://x.com/someone_demo", "x", "someone_demo", None),
    ("https://mobile.twitter.com/someone_demo?lang=de", "x", "someone_demo", None),
    (
        "https://www.youtube.com/channel/UCdemoDEMOdemoDEMOdemo00/videos",
        "youtube",
        "UCdemoDEMOdemoDEMOdemo00",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCdemoDEMOdemoDEMOdemo00",
    ),
    ("https://youtube.com/@demo-harbour", "youtube", "@demo-harbour", None),
    (
        "https://bsky.app/profile/demo.bsky.social",
        "bluesky",
        "demo.bsky.social",
        "https://bsky.app/profile/demo.bsky.social/rss",
    ),
    (
        "https://bsky.app/profile/did:plc:demodemodemodemodemodemo",
        "bluesky",
        "did:plc:demodemodemodemodemodemo",
        "https://bsky.app/profile/did:plc:demodemodemodemodemodemo/rss",
    ),
    (
        "https://social.demo.invalid/@demo",
        "mastodon",
        "demo@social.demo.invalid",
        "https://social.demo.invalid/@demo.rss",
    ),
    ("http://127.0.0.1:8081/@demo", "mastodon", "demo@127.0.0.1", "http://127.0.0.1:8081/@demo.rss"),
    ("https://old.reddit.com/u/demo_user/", "reddit", "demo_user", "https://www.reddit.com/user/demo_user/.rss"),
    ("https://www.reddit.com/r/demo", "reddit", "demo", "https://www.reddit.com/r/demo/.rss"),
    ("https://demo-blog.tumblr.com/", "tumblr", "demo-blog", "https://demo-blog.tumblr.com/rss"),
    ("https://www.tumblr.com/demo-blog", "tumblr", "demo-blog", "https://demo-blog.tumblr.com/rss"),
    ("https://vimeo.com/demofilms", "vimeo", "demofilms", "https://vimeo.com/demofilms/videos/rss"),
    ("https://odysee.com/@demo:1", "odysee", "@demo:1", "https://odysee.com/$/rss/@demo:1"),
]


@pytest.mark.parametrize(("url", "platform", "name", "feed"), LISTED, ids=[row[0] for row in LISTED])
def test_an_account_and_its_feed(url: str, platform: str, name: str, feed: str | None) -> None:
    found = profile_at(url)
    assert found is not None
    assert (found.platform, found.name, found.feed_url) == (platform, name, feed)
    assert found.ask_page == (platform == "youtube" and feed is None)


@pytest.mark.parametrize(
    ("url", "platform"),
    [
        ("https://www.tiktok.com/@demo", "tiktok"),
        ("https://www.instagram.com/demo/", "instagram"),
        ("https://www.facebook.com/demo", "facebook"),
        ("https://t.me/s/demo_channel", "telegram"),
        ("https://www.threads.net/@demo", "threads"),
        ("https://truthsocial.com/@demo", "truthsocial"),
        ("https://vk.com/demo", "vk"),
        ("https://www.linkedin.com/company/demo/", "linkedin"),
    ],
)
def test_who_lists_posts_to_nobody(url: str, platform: str) -> None:
    found = profile_at(url)
    assert found is not None
    assert (found.platform, found.feed_url, found.ask_page) == (platform, None, False)


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/home",
        "https://x.com/i/lists/1",
        "https://x.com/demo/status/1803739203040000000",
        "https://x.com/search?q=demo",
        "https://www.youtube.com/watch?v=demo_DEMO-1",
        "https://www.youtube.com/playlist?list=PLdemo",
        "https://bsky.app/profile/demo.bsky.social/post/3demodemo2224",
        "https://vimeo.com/76979871",
        "https://www.reddit.com/r/demo/comments/abc123/title/",
        "https://news.demo.invalid/2026/story",
        "https://news.demo.invalid/",
        "not an address",
        "",
    ],
)
def test_what_is_no_account(url: str) -> None:
    assert profile_at(url) is None
