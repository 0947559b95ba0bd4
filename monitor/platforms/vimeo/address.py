"""How Vimeo writes the address of a video. The hash of an unlisted one is left off: the number names it."""

import re
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of

HOSTS = ("vimeo.com",)
POSTS = "[0-9]{5}"
_ID = re.compile(r"[0-9]{5,12}(?![0-9A-Za-z_])")
_BEFORE_ID = frozenset({"video", "videos"})


def address_of(url: str) -> Address | None:
    """The video that an address names; None for people, channels, events."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    path = location.path
    if not location.on(*HOSTS) or not path:
        return None
    if path[0] == "moogaloop.swf":
        return of_id(location.query.get("clip_id", ""))
    if path[0] == "channels" and len(path) == 3:
        return of_id(path[2])
    for before, segment in pairwise(path):
        if before in _BEFORE_ID:
            return of_id(segment)
    return of_id(path[0]) if len(path) <= 2 else None


def of_id(post_id: str) -> Address | None:
    """The address of a video by its number."""
    found = leading(_ID, post_id.strip())
    return Address("vimeo", found, f"https://vimeo.com/{found}") if found else None
