"""Addresses inside addresses: archives, redirectors, embed services. What a share button carries is not unwrapped."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from monitor.platforms.location import Location

_ARCHIVED = re.compile(r"/(https?:/{1,2}.+)$|/((?:www\.)?[a-z0-9-]+\.[a-z]{2,}/.+)$", re.IGNORECASE)
_ARCHIVES = (
    "archive.org",
    "archive.ph",
    "archive.today",
    "archive.is",
    "archive.li",
    "archive.vn",
    "archive.md",
    "archive.fo",
    "ghostarchive.org",
)
_SHARING = re.compile(
    r"share|intent|/pin/create|/submit|/compose|/login|/signin|/oauth|mailto:|/send\b|/add\b|bookmark|/follow",
    re.IGNORECASE,
)
_CARRIERS = (
    "url",
    "u",
    "q",
    "src",
    "href",
    "target",
    "to",
    "link",
    "z",
    "embed_url",
    "dest",
    "destination",
    "uri",
    "l",
)


def is_archive(location: Location) -> bool:
    """Whether the address is one of a web archive."""
    return location.on(*_ARCHIVES)


def inner_addresses(location: Location) -> Iterator[str]:
    """The addresses that one address wraps, likeliest first."""
    if is_archive(location):
        start = location.whole.find("/", len(location.scheme) + 3)
        found = _ARCHIVED.search(location.whole, start) if start > 0 else None
        if found:
            yield _sound(found.group(1) or found.group(2))
        return
    if location.host.startswith("google.") and location.path[:1] == ("amp",):
        yield "https://" + "/".join(location.path[2:] if location.path[1:2] == ("s",) else location.path[1:])
    if _SHARING.search("/".join((location.host, *location.path))):
        return
    for name in _CARRIERS:
        value = location.query.get(name, "")
        if "/" in value or "%2" in value:
            yield unquote(value) if "%2" in value[:16] else value


def _sound(written: str) -> str:
    # Some servers collapse the two slashes of an address that stands inside another's path.
    return re.sub(r"^(https?):/+", r"\1://", written, flags=re.IGNORECASE)
