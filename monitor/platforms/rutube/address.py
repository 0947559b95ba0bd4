"""How Rutube writes the address of a video: 32 letters and digits, or the plain number of old embeds."""

import re
from itertools import pairwise

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH

HOSTS = ("rutube.ru",)
POSTS = rf"(?:video|private|embed|shorts|yappy){SLASH}"
_CODE = re.compile(r"[0-9a-z]{32}(?![0-9A-Za-z])")
_NUMBER = re.compile(r"[0-9]{5,10}(?![0-9A-Za-z])")
_BEFORE_ID = frozenset({"video", "private", "embed", "shorts", "yappy"})


def address_at(location: Location) -> Address | None:
    """The video that an address names; None for channels, people, tags, lists."""
    if not location.on(*HOSTS):
        return None
    for before, segment in pairwise(location.path):
        if before in _BEFORE_ID:
            found = _by(_CODE, segment) or (_by(_NUMBER, segment) if before == "embed" else None)
            if found:
                return found
    return None


def of_id(post_id: str) -> Address | None:
    """The address of a video by its code, or by the number of an old embed. The key of a private one is left off."""
    return _by(_CODE, post_id.strip()) or _by(_NUMBER, post_id.strip())


def _by(pattern: re.Pattern[str], written: str) -> Address | None:
    found = leading(pattern, written)
    if found is None:
        return None
    place = "video" if len(found) == 32 else "play/embed"
    return Address("rutube", found, f"https://rutube.ru/{place}/{found}/")
