"""How Reddit writes the address of a thread, or of a comment in it: the thread's id names both."""

import re
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import ROOT, SLASH

HOSTS = ("reddit.com", "redd.it", "redditmedia.com", "rxddit.com", "vxreddit.com", "reddit.app.link")
POSTS = rf"(?:comments|gallery|tb|poll|duplicates){SLASH}|(?<=redd\.it){ROOT}"
_THREAD = rf"[^\s\"'<>]{{0,120}}comments{SLASH}"
SHAPES = {"libreddit.": _THREAD, "redlib.": _THREAD, "teddit.": _THREAD}
"""Anyone may run a mirror of these names."""
_OWN = HOSTS[:1] + HOSTS[2:5]
_ID = re.compile(r"[0-9a-z]{4,10}(?![0-9A-Za-z_])")
_BEFORE_ID = frozenset({"comments", "gallery", "tb", "poll", "duplicates"})


def address_at(location: Location) -> Address | None:
    """The thread that an address names; None for communities, users, media files."""
    path = location.path
    if location.host == "redd.it":
        return of_id(path[0]) if path else None
    if not location.on(*_OWN) and not location.host.startswith(("libreddit.", "redlib.", "teddit.")):
        return None
    for before, segment in pairwise(path):
        if before in _BEFORE_ID:
            return of_id(segment)
    return None


def of_id(post_id: str) -> Address | None:
    """The address of a thread by its id, with or without Reddit's "t3_" before it."""
    found = leading(_ID, post_id.strip().lower().removeprefix("t3_"))
    return Address("reddit", found, f"https://www.reddit.com/comments/{found}") if found else None
