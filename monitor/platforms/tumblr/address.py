"""How Tumblr writes the address of a post: blog and number; in embeds a code for the blog. The number alone is the post's id.

A blog with a host of its own is not recognised by its links, only by its embeds.
"""

import re
from datetime import UTC, datetime

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.moments import digits, plausible
from monitor.platforms.short_links import Short

HOSTS = ("tumblr.com",)
POSTS = "[0-9]{6}"
SHORT = (
    Short(("tmblr.co",), re.compile(r"[\w-]{8,24}")),
    Short(("at.tumblr.com",), re.compile(r"[a-z0-9-]{1,32}/(?:[^/]{1,120}/)?[a-z0-9]{8,16}")),
)
_ID = re.compile(r"[0-9]{6,20}(?![0-9A-Za-z_])")
_BLOG = re.compile(r"[a-z0-9][a-z0-9-]{0,31}", re.IGNORECASE)
_CODE = re.compile(r"[0-9A-Za-z_-]{6,40}")
_OWN_HOSTS = frozenset(
    {"", "m", "embed", "assets", "api", "static", "media", "at", "t", "safe", "help", "about", "engineering"}
)
_BEFORE_BLOG = (("blog", "view"), ("dashboard", "blog"), ("blog",), ("video",))
_BEFORE_ID = frozenset({"post", "video", "image"})
_SINCE = datetime(2020, 1, 1, tzinfo=UTC)
_START = 1_000_000_000_000


def address_at(location: Location) -> Address | None:
    """The post that an address names; None for blogs, tags, searches, share buttons."""
    if not location.on(HOSTS[0]):
        return None
    path = location.path
    blog = location.host.removesuffix(HOSTS[0]).rstrip(".")
    if blog == "embed":
        return _embedded(path)
    if blog not in _OWN_HOSTS:
        own = len(path) > 1 and (path[0] in _BEFORE_ID or path[0] == blog)
        return _address(blog, path[1]) if own else None
    if blog in ("", "m"):
        start = next((len(before) for before in _BEFORE_BLOG if path[: len(before)] == before), 0)
        return _address(path[start], path[start + 1]) if len(path) > start + 1 else None
    return None


def id_time(post_id: str) -> datetime | None:
    """When the number was made, to the millisecond; None for those before 2020, which were counted.

    Above its 20 lowest bits stand the milliseconds since 1,000,000,000 s (September 2001); found by comparing the posts of
    yt-dlp's tests with their times. A post that waited in a queue was numbered when it was put there.
    """
    number = digits(post_id, 17, 19)
    return plausible((number >> 20) + _START, _SINCE) if number else None


def _address(blog: str, written: str) -> Address | None:
    found = leading(_ID, written)
    if found is None or not _BLOG.fullmatch(blog):
        return None
    name = blog.lower()
    return Address("tumblr", found, f"https://www.tumblr.com/{name}/{found}", name)


def _embedded(path: tuple[str, ...]) -> Address | None:
    if path[:2] != ("embed", "post") or len(path) < 4 or not _CODE.fullmatch(path[2]):
        return None
    found = leading(_ID, path[3])
    return Address("tumblr", found, f"https://embed.tumblr.com/embed/post/{path[2]}/{found}") if found else None
