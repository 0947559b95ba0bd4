"""How PeerTube's instances write the address of a video. Any host may be one: the shape of the path, and the id, decide.

A video's id is a random UUID, the same on every instance that shows it, written whole or in 22 letters of base 58.
"""

import re
from uuid import UUID

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH

HOSTS = ()
_SHORT_ID = rf"(?:{SLASH})?[0-9a-z-]{{20}}"
SHAPES = {
    "videos": rf"{SLASH}(?:embed|watch){SLASH}[0-9a-z]{{8}}",
    **dict.fromkeys(("/w/", "\\/w\\/", "\\w\\", "%2fw%2f", "2fw\\u002f", ";w&#x2f;", ";w&#47;"), _SHORT_ID),
}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9A-Za-z])", re.IGNORECASE)
_SHORT = re.compile(r"[1-9A-HJ-NP-Za-km-z]{21,22}(?![0-9A-Za-z_-])")
_LETTERS = "123456789abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"


def address_at(location: Location) -> Address | None:
    """The video that an address names; `url` stays on its instance. None for channels, accounts, lists."""
    path = location.path
    if path[:2] in (("videos", "watch"), ("videos", "embed")) and len(path) > 2:
        found = _id(path[2])
    elif path[:1] == ("w",) and len(path) > 1:
        found = _id(path[1])
    else:
        return None
    if found is None or "." not in location.host:
        return None
    return Address("peertube", found, f"https://{location.host}/videos/watch/{found}")


def _id(written: str) -> str | None:
    whole = leading(_UUID, written)
    if whole:
        return whole.lower()
    short = leading(_SHORT, written)
    return _spelt_out(short) if short else None


def _spelt_out(short: str) -> str | None:
    number = 0
    for letter in short:
        number = number * 58 + _LETTERS.index(letter)
    if number >> 128:
        return None
    found = str(UUID(int=number))
    return found if _UUID.fullmatch(found) else None
