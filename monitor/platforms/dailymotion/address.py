"""How Dailymotion writes the address of a video."""

import re
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import ROOT

HOSTS = ("dailymotion.com", "dai.ly")
POSTS = rf"video|swf|(?<=dai\.ly){ROOT}"
_ID = re.compile(r"[kx][0-9A-Za-z]{4,20}(?![0-9A-Za-z])")
_AFTER_HASH = re.compile(r"(?:^|[!&?])video=([^&]+)")


def address_at(location: Location) -> Address | None:
    """The video that an address names; None for channels and playlists."""
    path = location.path
    if location.on("dai.ly"):
        return of_id(path[0]) if path else None
    if not location.on(HOSTS[0]):
        return None
    after_hash = _AFTER_HASH.search(location.fragment)
    named = location.query.get("video") or (after_hash.group(1) if after_hash else "")
    if named:
        return of_id(named)
    for before, segment in pairwise(path):
        if before in ("video", "swf") and segment != "video":
            return of_id(segment)
    return None


def of_id(post_id: str) -> Address | None:
    """The address of a video by its id."""
    found = leading(_ID, post_id.strip())
    return Address("dailymotion", found, f"https://www.dailymotion.com/video/{found}") if found else None
