"""Addresses inside addresses: archives, caches, redirectors, embed services. What a share button carries is not unwrapped."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH

_IN_PATH = re.compile(r"/(https?:/{1,2}.+)$|/((?:www\.)?[a-z0-9-]+\.[a-z]{2,}/.+)$", re.IGNORECASE)
_DEFENDED = re.compile(r"/v3/__(.+?)__;")
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
    "arquivo.pt",
    "webarchive.org.uk",
    "webarchive.nationalarchives.gov.uk",
    "mementoweb.org",
    "megalodon.jp",
    "12ft.io",
)
_SHARING = re.compile(
    r"share|intent|/pin/create|/submit|/compose|/login|/signin|/oauth|/dialog/|/plugins/|mailto:|/send\b|/add\b|/offer\b"
    r"|getpocket|instapaper|bookmark|/follow|//wa\.me/|api\.whatsapp\.com",
    re.IGNORECASE,
)
_WRITING = frozenset({"mailto", "sms", "whatsapp", "tg", "viber", "fb-messenger", "intent", "threema"})
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
SHAPES = {".translate.goog": "", "ghostarchive.org": rf"{SLASH}varchive"}
"""Pieces of addresses that do not show the host of what they copy, lower-case -> what follows."""
_CACHED = re.compile(r"cache:(?:[\w-]+:)?(.+)", re.DOTALL)
_TRANSLATED = ".translate.goog"
_AMP = ".cdn.ampproject.org"


def is_archive(location: Location) -> bool:
    """Whether the address is one of a web archive."""
    return location.on(*_ARCHIVES)


def is_sharing(url: str) -> bool:
    """Whether an address, whatever it carries, is one of a button to share, follow or write."""
    scheme, _, behind = url.lstrip().partition(":")
    if scheme.lower() in _WRITING:
        return True
    return scheme.lower() in ("http", "https") and _SHARING.search(behind.partition("?")[0]) is not None


def inner_addresses(location: Location) -> Iterator[str]:
    """The addresses that one address wraps, likeliest first."""
    copied = _from_googles_copy(location) or _from_ghostarchive(location)
    if copied:
        yield copied
        return
    if location.on("urldefense.com"):
        defended = _DEFENDED.search(location.whole)
        if defended:
            yield _sound(defended.group(1))
        return
    if is_archive(location):
        start = location.whole.find("/", len(location.scheme) + 3)
        found = _IN_PATH.search(location.whole, start) if start > 0 else None
        if found:
            yield _sound(found.group(1) or found.group(2))
        return
    if _SHARING.search("/".join((location.host, *location.path))):
        return
    first = next(iter(location.query), "")
    if first.lower().startswith(("http:", "https:")):
        yield location.whole.partition("?")[2]
    for name in _CARRIERS:
        value = location.query.get(name, "")
        if "/" in value or "%2" in value:
            yield unquote(value) if "%2" in value[:16] else value


def _from_googles_copy(location: Location) -> str:
    """The address whose copy an address of Google names: as AMP, from the cache, translated; "" if it is none of these."""
    host, path = location.host, location.path
    behind = location.whole.partition("://")[2].partition("/")[2]
    if (host.startswith("google.") and path[:1] == ("amp",)) or host.endswith(_AMP):
        return "https://" + behind.partition("/")[2].removeprefix("s/")
    if host.endswith(_TRANSLATED):
        own = host.removesuffix(_TRANSLATED).replace("--", "\0").replace("-", ".").replace("\0", "-")
        return f"https://{own}/{behind}"
    cached = _CACHED.match(location.query.get("q", ""))
    return cached.group(1) if cached else ""


def _from_ghostarchive(location: Location) -> str:
    """The video whose copy an address of that archive names."""
    is_video = location.on("ghostarchive.org") and location.path[:1] == ("varchive",) and len(location.path) > 1
    return f"https://youtu.be/{location.path[-1]}" if is_video else ""


def _sound(written: str) -> str:
    # Some servers collapse the two slashes of an address that stands inside another's path.
    return re.sub(r"^(https?):/+", r"\1://", written, flags=re.IGNORECASE)
