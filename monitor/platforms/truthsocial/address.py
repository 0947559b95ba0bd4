"""How Truth Social writes the address of a post: like Mastodon, from which it is made, and with "posts" before the number."""

import re
from datetime import UTC, datetime
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.moments import digits, plausible

HOSTS = ("truthsocial.com",)
POSTS = "[0-9]{15}"
_ID = re.compile(r"[0-9]{15,20}(?![0-9A-Za-z_])|[0-9]{18}(?=[A-Za-z_])")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_SINCE = datetime(2021, 10, 20, tzinfo=UTC)


def address_at(location: Location) -> Address | None:
    """The post that an address names, also as the frame that embeds it; None for people, tags, lists."""
    path = location.path
    if not location.on(*HOSTS) or len(path) < 2:
        return None
    if path[0].startswith("@"):
        return of_id(path[2] if path[1] == "posts" and len(path) > 2 else path[1], path[0][1:])
    for before, segment in pairwise(path):
        if before in ("posts", "statuses"):
            return of_id(segment, path[1] if path[0] == "users" else None)
    return None


def of_id(post_id: str, handle: str | None = None) -> Address | None:
    """The address of a post by its number; it is found under any name."""
    found = leading(_ID, post_id.strip())
    if found is None:
        return None
    name = handle if handle and handle != "_" and _NAME.fullmatch(handle) else None
    return Address("truthsocial", found, f"https://truthsocial.com/@{name or '_'}/posts/{found}", name)


def id_time(post_id: str) -> datetime | None:
    """When the post was made, to the millisecond: the number is made as Mastodon's is (milliseconds above 16 bits)."""
    number = digits(post_id, 15, 20)
    return plausible(number >> 16, _SINCE) if number else None
