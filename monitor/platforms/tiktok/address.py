"""How TikTok writes the address of a video or photo post. Short links (vm., vt.) name no id until they are resolved."""

import re
from datetime import UTC, datetime
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import SLASH

HOSTS = ("tiktok.com",)
POSTS = rf"{SLASH}(?:video|photo|v[12]?|embed){SLASH}"
_ID = re.compile(r"[0-9]{8,20}(?![0-9A-Za-z_])")
_BEFORE_ID = frozenset({"video", "photo", "v", "v1", "v2", "embed"})


def address_of(url: str) -> Address | None:
    """The post that an address names; None for profiles, tags and short links."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    if not location.on(*HOSTS):
        return None
    path = location.path
    handle = path[0][1:] if path and path[0].startswith("@") else None
    for before, segment in pairwise(path):
        if before in _BEFORE_ID and segment not in _BEFORE_ID:
            return of_id(segment, handle or None)
    return None


def of_id(post_id: str, handle: str | None = None) -> Address | None:
    """The address of a post by its id alone; None when the text is no id."""
    found = leading(_ID, post_id.strip())
    return Address("tiktok", found, f"https://www.tiktok.com/@_/video/{found}", handle) if found else None


def id_time(post_id: str) -> datetime | None:
    """When the upload began, to the second: up to a minute before the post appeared."""
    if not (post_id.isascii() and post_id.isdigit() and 18 <= len(post_id) <= 20):
        return None
    return datetime.fromtimestamp(int(post_id) >> 32, UTC)
