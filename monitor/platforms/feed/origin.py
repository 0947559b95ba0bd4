"""Which platform a feed of posts comes from, by its content; by its address only where it has no entries yet."""

from typing import Literal
from urllib.parse import urlsplit

from monitor.model.feed import Entry, Feed

Origin = Literal["youtube", "mastodon", "bluesky", "feed"]
BLUESKY_POST = "/app.bsky.feed.post/"


def platform_of(feed: Feed, feed_url: str, declared: str = "") -> Origin:
    """The platform of all the feed's posts; "feed" for bridges and for feeds of anything else.

    `declared` is what the watch says, believed where the feed itself does not tell: few of Mastodon's kin name Mastodon.
    """
    first = feed.entries[0] if feed.entries else None
    told = _by_address(feed_url, feed.generator) if first is None else _by_entry(feed, first)
    if told == "feed" and declared in ("youtube", "mastodon"):
        return "youtube" if declared == "youtube" else "mastodon"
    return told


def _by_entry(feed: Feed, first: Entry) -> Origin:
    if first.video_id:
        return "youtube"
    if feed.generator.startswith("Mastodon"):
        return "mastodon"
    if first.id.startswith("at://") and BLUESKY_POST in first.id:
        return "bluesky"
    return "feed"


def _by_address(feed_url: str, generator: str) -> Origin:
    parts = urlsplit(feed_url)
    if generator.startswith("Mastodon"):
        return "mastodon"
    if parts.hostname in ("www.youtube.com", "youtube.com") and parts.path == "/feeds/videos.xml":
        return "youtube"
    if parts.hostname == "bsky.app" and parts.path.startswith("/profile/") and parts.path.endswith("/rss"):
        return "bluesky"
    return "feed"
