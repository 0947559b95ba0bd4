"""How Reddit writes the address of a thread, or of a comment in it: the thread's id names both."""

import re
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import ROOT, SLASH
from monitor.platforms.short_links import Short

HOSTS = ("reddit.com", "redd.it", "redditmedia.com", "rxddit.com", "vxreddit.com")
POSTS = rf"(?:comments|gallery|tb|poll|duplicates){SLASH}|(?<=redd\.it){ROOT}"
_THREAD = rf"[^\s\"'<>]{{0,120}}comments{SLASH}"
SHAPES = {"libreddit.": _THREAD, "redlib.": _THREAD, "teddit.": _THREAD}
"""Anyone may run a mirror of these names."""
_OWN = tuple(host for host in HOSTS if host != "redd.it")
SHORT = (
    Short(("v.redd.it",), re.compile(r"[0-9a-z]{10,16}")),
    Short(
        ("reddit.com", "old.reddit.com", "new.reddit.com", "m.reddit.com"),
        re.compile(r"(?:r|u|user)/[\w-]{1,40}/s/[A-Za-z0-9]{6,20}|video/[0-9a-z]{10,16}"),
        sign=rf"{SLASH}(?:s|video){SLASH}",
    ),
    Short(("reddit.app.link",), re.compile(r"[A-Za-z0-9]{6,20}"), anything=True),
)
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
