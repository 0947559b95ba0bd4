"""How Vimeo writes the address of a video, or of an event. The hash of an unlisted one is left off: the number names it."""

import re
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location

HOSTS = ("vimeo.com", "vimeopro.com")
POSTS = "[0-9]{5}"
_ID = re.compile(r"[0-9]{5,12}(?![0-9A-Za-z_])")
_BEFORE_ID = frozenset({"video", "videos", "m", "external"})


def address_at(location: Location) -> Address | None:
    """The video or event that an address names; None for people, channels, showcases."""
    path = location.path
    if not location.on(*HOSTS) or not path:
        return None
    if path[0] == "moogaloop.swf":
        return of_id(location.query.get("clip_id", ""))
    if path[0] == "event" and len(path) > 1:
        return _event(path[1])
    if path[0] in ("channels", "ondemand") and len(path) == 3:
        return of_id(path[2])
    for before, segment in pairwise(path):
        if before in _BEFORE_ID:
            return of_id(segment)
    return of_id(path[0]) if len(path) <= 2 and location.on(HOSTS[0]) else None


def of_id(post_id: str) -> Address | None:
    """The address of a video by its number."""
    found = leading(_ID, post_id.strip())
    return Address("vimeo", found, f"https://vimeo.com/{found}") if found else None


def _event(written: str) -> Address | None:
    found = leading(_ID, written)
    return Address("vimeo", f"event/{found}", f"https://vimeo.com/event/{found}") if found else None
