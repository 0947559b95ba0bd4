"""How Rumble writes the address of a video: one number in its embeds, another in its page's address.

Both are counted with the same letters, so the page `v2abcd` and the embed `v2abcd` are different videos, and only the page's
source tells which belong together. An embed's id stands alone, as everybody who plays it knows it; a page's has "page/" before it.
"""

import re

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH

HOSTS = ("rumble.com",)
POSTS = rf"{SLASH}(?:embed|shorts|v[0-9a-z])"
_EMBED = re.compile(r"(?:[0-9a-z]{1,12}\.)?(v[0-9a-z]{3,9})(?![0-9a-z])")
_PAGE = re.compile(r"v[0-9a-z]{3,9}(?![0-9a-z_])")
_NO_PAGES = frozenset({"videos", "video", "verify", "vendor", "vip"})


def address_at(location: Location) -> Address | None:
    """The video that an address names; None for channels, users, lists."""
    path = location.path
    if not location.on(*HOSTS) or not path:
        return None
    if path[0] in ("embed", "embedJS") and len(path) > 1:
        return of_id(path[1])
    if path[0] == "shorts" and len(path) > 1:
        return _page(path[1])
    return _page(path[0]) if len(path) == 1 else None


def of_id(post_id: str) -> Address | None:
    """The address of a video by the id of its embed, with or without the publisher's code before it."""
    found = _EMBED.match(post_id.strip().lower())
    return Address("rumble", found.group(1), f"https://rumble.com/embed/{found.group(1)}/") if found else None


def _page(written: str) -> Address | None:
    found = leading(_PAGE, written.lower())
    if found is None or found in _NO_PAGES:
        return None
    if not any(letter.isdigit() for letter in found) and not written.endswith(".html"):
        return None
    return Address("rumble", f"page/{found}", f"https://rumble.com/{found}.html")
