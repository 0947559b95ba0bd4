"""What stands at an address that someone asks to watch."""

from typing import Literal

from monitor.articles.fetch import is_readable
from monitor.errors import NotUnderstood
from monitor.feeds.read import feed_of
from monitor.platforms.feed.origin import platform_of

Kind = Literal["feed", "post_feed", "article", "unknown"]


def recognise(url: str, content_type: str, content: bytes) -> Kind:
    """By content, not by type: a feed of posts (YouTube, Mastodon, Bluesky), a feed of articles, a page, or neither."""
    try:
        feed = feed_of(content, content_type, url)
    except NotUnderstood:
        return "article" if is_readable(content, content_type) else "unknown"
    return "feed" if platform_of(feed, url) == "feed" else "post_feed"
