"""How Dailymotion writes the address of a video."""

import re
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import SLASH

HOSTS = ("dailymotion.com", "dai.ly")
POSTS = rf"video|swf|(?<=dai\.ly){SLASH}"
_ID = re.compile(r"[kx][0-9A-Za-z]{4,20}(?![0-9A-Za-z])")


def address_of(url: str) -> Address | None:
    """The video that an address names; None for channels and playlists."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    path = location.path
    if location.on("dai.ly"):
        return of_id(path[0]) if path else None
    if not location.on("dailymotion.com"):
        return None
    if location.query.get("video"):
        return of_id(location.query["video"])
    for before, segment in pairwise(path):
        if before in ("video", "swf") and segment != "video":
            return of_id(segment)
    return None


def of_id(post_id: str) -> Address | None:
    """The address of a video by its id."""
    found = leading(_ID, post_id.strip())
    return Address("dailymotion", found, f"https://www.dailymotion.com/video/{found}") if found else None
