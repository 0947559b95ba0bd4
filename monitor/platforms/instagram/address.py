"""How Instagram writes the address of a post, reel or IGTV clip: one space of short codes."""

import re
from datetime import UTC, datetime

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH
from monitor.platforms.moments import plausible
from monitor.platforms.short_links import Short

HOSTS = (
    "instagram.com", "instagr.am", "ddinstagram.com", "kkinstagram.com", "vxinstagram.com", "eeinstagram.com", "imginn.com",
)  # fmt: skip
POSTS = rf"{SLASH}(?:p|tv|reels?){SLASH}"
SHORT = (Short(("instagram.com",), re.compile(r"share/(?:(?:p|reel)/)?[\w-]{8,24}"), sign=rf"{SLASH}share{SLASH}"),)
_CODE = re.compile(r"(?:[0-9A-Za-z_-]{5,16}|[0-9A-Za-z_-]{36,42})(?![0-9A-Za-z_-])")
"""The longer ones are of private posts, whose code is followed by a key."""
_KINDS = frozenset({"p", "reel", "reels", "tv"})
_NO_CODES = frozenset({"audio", "explore", "videos", "saved"})
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_EPOCH_MS = 1_314_220_021_721
_SINCE = datetime(2011, 8, 24, tzinfo=UTC)


def address_at(location: Location) -> Address | None:
    """The post that an address names; None for profiles, stories, hashtags."""
    if not location.on(*HOSTS):
        return None
    path = location.path
    for at in (0, 1):
        if len(path) > at + 1 and path[at].lower() in _KINDS and path[0] not in ("share", "explore", "embed"):
            return of_id(path[at + 1], path[0] if at else None)
    return None


def of_id(post_id: str, handle: str | None = None) -> Address | None:
    """The address of a post by its short code; None when the text is none."""
    found = leading(_CODE, post_id.strip())
    if found is None or found in _NO_CODES:
        return None
    return Address("instagram", found, f"https://www.instagram.com/p/{found}/", handle)


def id_time(post_id: str) -> datetime | None:
    """When the code was made: at upload, up to a minute or two before the post appeared.

    The code is a number in base 64; above its 23 lowest bits stand the milliseconds since Instagram's epoch
    ("Sharding & IDs at Instagram", its engineers' account of 2012). The longer code of a private post begins with it.
    """
    code = post_id[:11]
    if len(code) < 10 or any(letter not in _DIGITS for letter in code):
        return None
    number = 0
    for letter in code:
        number = number * 64 + _DIGITS.index(letter)
    return plausible((number >> 23) + _EPOCH_MS, _SINCE)
