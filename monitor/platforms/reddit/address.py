"""How Reddit writes the address of a thread, or of a comment in it: the thread's id names both."""

import re
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import SLASH

HOSTS = ("reddit.com", "redd.it", "redditmedia.com", "rxddit.com", "vxreddit.com")
POSTS = rf"(?:comments|gallery){SLASH}|(?<=redd\.it){SLASH}"
_ID = re.compile(r"[0-9a-z]{4,10}(?![0-9A-Za-z_])")


def address_of(url: str) -> Address | None:
    """The thread that an address names; None for communities, users, media files."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    path = location.path
    if location.host == "redd.it":
        return of_id(path[0]) if path else None
    if not location.on("reddit.com", "redditmedia.com", "rxddit.com", "vxreddit.com"):
        return None
    for before, segment in pairwise(path):
        if before in ("comments", "gallery"):
            return of_id(segment)
    return None


def of_id(post_id: str) -> Address | None:
    """The address of a thread by its id."""
    found = leading(_ID, post_id.strip())
    return Address("reddit", found, f"https://www.reddit.com/comments/{found}") if found else None
