"""How Threads writes the address of a post: a short code, like Instagram's."""

import re
from datetime import UTC, datetime

from monitor.platforms.address import Address, leading
from monitor.platforms.instagram.address import id_time as instagram_time
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH

HOSTS = ("threads.net", "threads.com", "vxthreads.net", "fixthreads.net")
POSTS = rf"{SLASH}(?:post|t){SLASH}"
_CODE = re.compile(r"[0-9A-Za-z_-]{8,20}(?![0-9A-Za-z_-])")
_SINCE = datetime(2023, 6, 1, tzinfo=UTC)


def address_at(location: Location) -> Address | None:
    """The post that an address names; None for profiles."""
    path = location.path
    if not location.on(*HOSTS) or len(path) < 2:
        return None
    if path[0] == "t":
        return of_id(path[1])
    if path[0].startswith("@") and len(path) > 2 and path[1] == "post":
        return of_id(path[2], path[0][1:] or None)
    return None


def of_id(post_id: str, handle: str | None = None) -> Address | None:
    """The address of a post by its short code."""
    found = leading(_CODE, post_id.strip())
    return Address("threads", found, f"https://www.threads.com/t/{found}", handle) if found else None


def id_time(post_id: str) -> datetime | None:
    """When the code was made: codes are built like Instagram's."""
    found = instagram_time(post_id)
    return found if found and found >= _SINCE else None
