"""What stands at an address that someone asks to watch."""

from typing import Literal

from monitor.articles.fetch import is_readable
from monitor.errors import NotUnderstood, TooLarge
from monitor.feeds.listing import listing_of
from monitor.feeds.read import feed_of
from monitor.platforms.feed.origin import platform_of

Kind = Literal["feed", "post_feed", "list", "article", "unknown"]


def recognise(url: str, content_type: str, content: bytes) -> Kind:
    """By content, not by type: a feed of posts (YouTube, Mastodon, Bluesky), a feed of articles, a page, or neither.

    A "list" is every other list of articles: a sitemap, an index of sitemaps, the posts of a WordPress site.
    """
    try:
        feed = feed_of(content, content_type, url)
    except NotUnderstood:
        if _is_list(url, content_type, content):
            return "list"
        return "article" if is_readable(content, content_type) else "unknown"
    return "feed" if platform_of(feed, url) == "feed" else "post_feed"


def _is_list(url: str, content_type: str, content: bytes) -> bool:
    try:
        return listing_of(content, content_type, url).kind != "feed"
    except (NotUnderstood, TooLarge):
        return False
