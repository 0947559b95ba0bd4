"""How Bluesky writes the address of a post: by handle or DID, and a record key."""

import re
from datetime import UTC, datetime

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import SLASH
from monitor.platforms.moments import plausible
from monitor.platforms.short_links import Short

HOSTS = ("bsky.app", "fxbsky.app", "bskyx.app", "bskye.app", "bskx.app", "bsyy.app", "cbsky.app")
POSTS = rf"post{SLASH}|embed{SLASH}"
_RECORD = r"[^\s\"'<>]{3,120}app\.bsky"
SHAPES = {"at:/": _RECORD, "at:\\": _RECORD, "at%3a": _RECORD, "at:&#x2f": _RECORD}
"""at://, the scheme of its protocol."""
SHORT = (Short(("go.bsky.app",), re.compile(r"[A-Za-z0-9]{5,16}"), anything=True),)
_KEY = re.compile(r"[A-Za-z0-9._:~-]{1,64}")
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_ACTOR = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]+|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_SINCE = datetime(2022, 11, 1, tzinfo=UTC)


def address_of(url: str) -> Address | None:
    """The post that a web or at:// address names; None for profiles, feeds, lists."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    path = location.path
    if location.scheme == "at":
        return _from(location.whole.partition("://")[2].partition("?")[0].partition("#")[0].split("/"))
    if location.host == "embed.bsky.app" and path[:1] == ("embed",):
        return _from(list(path[1:]))
    if location.on(*HOSTS) and len(path) >= 4:
        return _from([path[1], "app.bsky.feed.post", path[3]]) if path[0] == "profile" and path[2] == "post" else None
    return None


def id_time(post_id: str) -> datetime | None:
    """When the record key was made, as the author's client claims: the key can be forged, and is backdated for imported posts.

    A key is 13 digits in base 32, microseconds since 1970 above 10 bits (the AT Protocol's "TID").
    """
    if len(post_id) != 13 or any(letter not in _DIGITS for letter in post_id) or post_id[0] not in "234567abcdefghij":
        return None
    number = 0
    for letter in post_id:
        number = number * 32 + _DIGITS.index(letter)
    return plausible((number >> 10) / 1000, _SINCE)


def _from(parts: list[str]) -> Address | None:
    if len(parts) < 3 or parts[1] != "app.bsky.feed.post":
        return None
    actor = parts[0].removeprefix("@")
    key = leading(_KEY, parts[2])
    if key is None or not _ACTOR.fullmatch(actor):
        return None
    return Address("bluesky", key, f"https://bsky.app/profile/{actor}/post/{key}", actor)
