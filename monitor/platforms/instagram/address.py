"""How Instagram writes the address of a post, reel or IGTV clip: one space of short codes."""

import re
from datetime import UTC, datetime, timedelta

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import SLASH

HOSTS = ("instagram.com", "instagr.am", "ddinstagram.com", "kkinstagram.com")
POSTS = rf"{SLASH}(?:p|tv|reels?){SLASH}"
_CODE = re.compile(r"[0-9A-Za-z_-]{5,40}(?![0-9A-Za-z_-])")
_KINDS = frozenset({"p", "reel", "reels", "tv"})
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_EPOCH = datetime(2011, 8, 24, 21, 7, 1, 721000, tzinfo=UTC)


def address_of(url: str) -> Address | None:
    """The post that an address names; None for profiles, stories, hashtags."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    if not location.on(*HOSTS):
        return None
    path = location.path
    for at in (0, 1):
        if len(path) > at + 1 and path[at] in _KINDS and path[0] not in ("share", "explore", "embed"):
            return of_id(path[at + 1], path[0] if at else None)
    return None


def of_id(post_id: str, handle: str | None = None) -> Address | None:
    """The address of a post by its short code; None when the text is none."""
    found = leading(_CODE, post_id.strip())
    if found is None or found in ("audio", "explore"):
        return None
    return Address("instagram", found, f"https://www.instagram.com/p/{found}/", handle)


def id_time(post_id: str) -> datetime | None:
    """When the code was made: at upload, up to a minute or two before the post appeared."""
    code = post_id[:11]
    if len(code) < 10 or any(letter not in _DIGITS for letter in code):
        return None
    number = 0
    for letter in code:
        number = number * 64 + _DIGITS.index(letter)
    return _EPOCH + timedelta(milliseconds=number >> 23)
