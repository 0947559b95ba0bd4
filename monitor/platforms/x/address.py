"""How X writes the address of a post, on its own hosts, in its embed frames, and on the mirrors that people share."""

import re
from datetime import UTC, datetime, timedelta

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import EQUALS, SLASH

OWN = ("twitter.com", "x.com")
SYNDICATION = ("cdn.syndication.twimg.com", "syndication.twitter.com")
MIRRORS = (
    "fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com", "twittpr.com", "cunnyx.com", "girlcockx.com",
    "xcancel.com", "twiiit.com", "twitter-thread.com", "nitter.net", "nitter.it", "nitter.cz", "nitter.poast.org",
    "nitter.privacydev.net", "nitter.space", "lightbrd.com", "fixtweet.com", "pxtwitter.com",
)  # fmt: skip
HOSTS = (*OWN, *MIRRORS, SYNDICATION[0])
POSTS = rf"status(?:es)?{SLASH}|{SLASH}i{SLASH}|embed{SLASH}|id{EQUALS}"
SHAPES = {"nitter.": rf"[^\s\"'<>]{{0,80}}status(?:es)?{SLASH}"}
"""Anyone may run a mirror of this name."""
_ID = re.compile(r"[0-9]{1,20}(?![0-9A-Za-z_])")
_HANDLE = re.compile(r"@?([A-Za-z0-9_]{1,20})")
_NO_HANDLES = frozenset({"i", "web", "statuses", "status", "anyuser", "intent", "share"})
_FIRST_TIMED = 29_700_859_247
"""Ids below were counted, not made from the clock (before November 2010)."""
_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)


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
    if not location.on(*OWN, *MIRRORS) and not location.host.startswith("nitter."):
        return None
    if location.fragment.startswith("!/"):
        return _in_path(tuple(filter(None, location.fragment[2:].split("?")[0].split("/"))))
    return _in_path(location.path)


def of_id(post_id: str, handle: str | None = None) -> Address | None:
    """The address of a post by its id alone; None when the text is no id."""
    found = leading(_ID, post_id.strip())
    return Address("x", found, f"https://x.com/i/status/{found}", handle) if found else None


def id_time(post_id: str) -> datetime | None:
    """When the id was made, to the millisecond; None for ids from before November 2010."""
    number = int(post_id) if post_id.isascii() and post_id.isdigit() and len(post_id) <= 19 else 0
    return _EPOCH + timedelta(milliseconds=number >> 22) if number > _FIRST_TIMED else None


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
        if word.lower() in ("status", "statuses") and at + 1 < len(path):
            return of_id(path[at + 1], _handle(path[at - 1]) if at else None)
    return None


def _handle(segment: str) -> str | None:
    found = _HANDLE.fullmatch(segment)
    return found.group(1) if found and found.group(1).lower() not in _NO_HANDLES else None
