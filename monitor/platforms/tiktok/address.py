"""How TikTok writes the address of a video or photo post. Short links (vm., vt., /t/) name no id until they are resolved."""

import re
from datetime import UTC, datetime
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH
from monitor.platforms.moments import digits, plausible
from monitor.platforms.short_links import Short

HOSTS = ("tiktok.com", "vxtiktok.com", "tnktok.com", "tfxktok.com", "tiktxk.com")
POSTS = rf"{SLASH}(?:video|photo|v[123]?|embed){SLASH}"
SHORT = (
    Short(("vm.tiktok.com", "vt.tiktok.com"), re.compile(r"[A-Za-z0-9]{5,20}")),
    Short(
        ("tiktok.com", "m.tiktok.com", "lite.tiktok.com"), re.compile(r"t/[A-Za-z0-9]{5,20}"), sign=rf"{SLASH}t{SLASH}"
    ),
)
_ID = re.compile(r"[0-9]{8,20}(?![0-9A-Za-z_])|[0-9]{19}(?=[A-Za-z_])")
_BEFORE_ID = frozenset({"video", "photo", "v", "v1", "v2", "v3", "embed"})
_NAME = re.compile(r"[\w.]{1,40}")
_SINCE = datetime(2014, 4, 1, tzinfo=UTC)


def address_at(location: Location) -> Address | None:
    """The post that an address names; None for profiles, tags, sounds and short links."""
    if not location.on(*HOSTS):
        return None
    path = location.path
    handle = path[0][1:] if path and path[0].startswith("@") and _NAME.fullmatch(path[0][1:]) else None
    for before, segment in pairwise(path):
        if before.lower() in _BEFORE_ID and segment not in _BEFORE_ID:
            return of_id(segment, handle if handle != "_" else None)
    return None


def of_id(post_id: str, handle: str | None = None) -> Address | None:
    """The address of a post by its id alone; None when the text is no id."""
    found = leading(_ID, post_id.strip())
    return Address("tiktok", found, f"https://www.tiktok.com/@_/video/{found}", handle) if found else None


def id_time(post_id: str) -> datetime | None:
    """When the upload began, to the second: up to a minute before the post appeared.

    Above the 32 lowest bits stand the seconds since 1970; found, and widely checked, by those who study TikTok. None for the
    shorter ids of its first years, which tell nothing.
    """
    number = digits(post_id, 18, 20)
    return plausible((number >> 32) * 1000, _SINCE) if number else None
