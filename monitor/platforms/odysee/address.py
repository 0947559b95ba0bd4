"""How Odysee (and LBRY before it) writes the address of a post: names, each with the first letters of its claim's id.

`@channel:x/name:y`: y is as short as is unique in the channel, so the channel belongs to the id; with all forty letters it
does not. A name without any letters goes to whoever bids most for it, so a page's name alone is not taken for a post.
"""

import re
from urllib.parse import quote

from monitor.platforms.address import Address
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH

HOSTS = ("odysee.com", "lbry.tv", "open.lbry.com")
POSTS = SLASH
_PART = re.compile(r"(@?[^@:/?#$\s\x00-\x1f]{1,255})(?::([0-9a-f]{1,40})(?![0-9A-Za-z]))?")
_CLAIM = re.compile(r"[0-9a-f]{40}(?![0-9A-Za-z])")
_WHOLE = 40


def address_at(location: Location) -> Address | None:
    """The post that an address names; None for channels, lists, searches."""
    path = location.path
    if location.host not in (*HOSTS, "beta.lbry.tv", "beta.odysee.com"):
        return None
    if path[:1] == ("$",):
        path = path[2:] if path[1:2] in (("embed",), ("download",)) else ()
    parts = [_part(segment) for segment in path[:2]]
    if not parts or parts[0] is None:
        return None
    name, claim = parts[0]
    if not name.startswith("@"):
        bare = _CLAIM.match(path[1]) if len(path) > 1 and not claim else None
        claim = bare.group() if bare else claim
        return _address("", "", name, claim) if claim else None
    if len(parts) < 2 or parts[1] is None or parts[1][0].startswith("@"):
        return None
    return _address(name, claim, *parts[1])


def _part(segment: str) -> tuple[str, str] | None:
    found = _PART.match(segment)
    if found is None or segment[found.end() :].startswith(("…", "...", ":")):
        return None
    return found.group(1), found.group(2) or ""


def _address(channel: str, channel_claim: str, name: str, claim: str) -> Address:
    post = f"{name}:{claim}" if claim else name
    if channel and len(claim) < _WHOLE:
        post = f"{channel}:{channel_claim}/{post}" if channel_claim else f"{channel}/{post}"
    url = f"https://odysee.com/{quote(post, safe='@:/()!,~*$&+=')}"
    return Address("odysee", post, url, channel.removeprefix("@") or None)
