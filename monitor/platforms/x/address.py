"""How X writes the address of a post, on its own hosts, in its embed frames, and on the mirrors that people share."""

import re
from datetime import UTC, datetime

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import EQUALS, SLASH
from monitor.platforms.moments import digits, plausible
from monitor.platforms.short_links import Short

OWN = ("twitter.com", "x.com")
MIRRORS = (
    "fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com", "twittpr.com", "cunnyx.com", "girlcockx.com",
    "xcancel.com", "twiiit.com", "twitter-thread.com", "threadreaderapp.com", "rattibha.com", "twstalker.com", "sotwe.com",
    "nitter.net", "nitter.it", "nitter.cz", "nitter.poast.org", "nitter.privacydev.net", "nitter.space", "lightbrd.com",
    "fixtweet.com", "pxtwitter.com",
)  # fmt: skip
SYNDICATION = ("cdn.syndication.twimg.com", "syndication.twitter.com")
HOSTS = (*OWN, *MIRRORS, SYNDICATION[0])
POSTS = rf"status(?:es)?{SLASH}|{SLASH}(?:i|t|thread|tweet){SLASH}|embed{SLASH}|id{EQUALS}"
SHAPES = {"nitter.": rf"[^\s\"'<>]{{0,80}}status(?:es)?{SLASH}"}
"""Anyone may run a mirror of this name."""
SHORT = (
    Short(("pic.twitter.com", "pic.x.com"), re.compile(r"[A-Za-z0-9]{6,12}")),
    Short(("t.co",), re.compile(r"[A-Za-z0-9]{6,12}"), anything=True),
)
_ID = re.compile(r"[0-9]{1,20}(?![0-9A-Za-z_])|[0-9]{15,19}(?=[A-Za-z_])")
_HANDLE = re.compile(r"@?([A-Za-z0-9_]{1,20})")
_NO_HANDLES = frozenset({"i", "web", "statuses", "status", "anyuser", "intent", "share"})
_BEFORE_ID = frozenset({"status", "statuses"})
_UNROLLED = frozenset({"thread", "t", "tweet"})
_FIRST_TIMED = 29_700_859_247
"""Ids below were counted, not made from the clock (before November 2010)."""
_EPOCH_MS = 1_288_834_974_657
_SINCE = datetime(2010, 11, 4, tzinfo=UTC)


def address_of(url: str) -> Address | None:
    """The post that an address names; None for profiles, searches, intents and all else."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    if location.on("platform.twitter.com", "platform.x.com"):
        return _in_frame(location)
    if location.host in SYNDICATION:
        return of_id(location.query.get("id", ""))
    if location.on(*OWN):
        return _in_path(location.path)
    if not location.on(*MIRRORS) and not location.host.startswith("nitter."):
        return None
    if len(location.path) > 1 and location.path[0] in _UNROLLED:
        return of_id(location.path[1])
    return _in_path(location.path)


def of_id(post_id: str, handle: str | None = None) -> Address | None:
    """The address of a post by its id alone; None when the text is no id."""
    found = leading(_ID, post_id.strip())
    return Address("x", found, f"https://x.com/i/status/{found}", handle) if found else None


def id_time(post_id: str) -> datetime | None:
    """When the id was made, to the millisecond; None for ids from before November 2010.

    Above the 22 lowest bits stand the milliseconds since Twitter's epoch (its "Snowflake" announcement of 2010).
    """
    number = digits(post_id, 11, 19) or 0
    return plausible((number >> 22) + _EPOCH_MS, _SINCE) if number > _FIRST_TIMED else None


def _in_frame(location: Location) -> Address | None:
    if location.path[:1] != ("embed",):
        return None
    return of_id(location.query.get("id", "") or location.query.get("tweetId", ""))


def _in_path(path: tuple[str, ...]) -> Address | None:
    if path[:3] == ("i", "videos", "tweet") or path[:4] == ("i", "cards", "tfw", "v1"):
        return of_id(path[-1])
    if path[:2] == ("i", "videos") and len(path) > 2:
        return of_id(path[2])
    for at, word in enumerate(path[:4]):
        if word.lower() in _BEFORE_ID and at + 1 < len(path):
            return of_id(path[at + 1], _handle(path[at - 1]) if at else None)
    return None


def _handle(segment: str) -> str | None:
    found = _HANDLE.fullmatch(segment)
    return found.group(1) if found and found.group(1).lower() not in _NO_HANDLES else None
