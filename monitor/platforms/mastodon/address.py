"""How Mastodon's instances write the address of a post. Any host may be one: the shape of the path decides."""

import re
from datetime import UTC, datetime, timedelta

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import SLASH

HOSTS = ()
_NUMBER = rf"[a-z0-9_.@%-]{{1,200}}{SLASH}[0-9]{{15}}"
SHAPES = {"/@": _NUMBER, "2f@": _NUMBER, "%40": _NUMBER, "statuses": rf"{SLASH}[0-9]{{15}}"}
_ID = re.compile(r"[0-9]{15,19}(?![0-9A-Za-z_])")
_ACTOR = re.compile(r"@[A-Za-z0-9_.-]{1,64}(?:@[A-Za-z0-9.-]+)?")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_NOT_INSTANCES = ("tiktok.com", "threads.net", "threads.com", "truthsocial.com", "gab.com", "medium.com", "youtube.com",
                  "x.com", "twitter.com", "t.me", "telegram.me", "rumble.com", "odysee.com")  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def address_of(url: str) -> Address | None:
    """The post that an address names; `url` stays on the instance that the address was on."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    path = location.path[1:] if location.path[:1] in (("web",), ("deck",)) else location.path
    if len(path) < 2 or "." not in location.host or location.on(*_NOT_INSTANCES):
        return None
    if _ACTOR.fullmatch(path[0]):
        return _address(location.host, path[0][1:], path[1])
    if path[0] == "users" and len(path) > 3 and path[2] == "statuses" and _NAME.fullmatch(path[1]):
        return _address(location.host, path[1], path[3])
    return None


def id_time(post_id: str) -> datetime | None:
    """When the instance made the id, to the millisecond."""
    return _EPOCH + timedelta(milliseconds=int(post_id) >> 16) if _ID.fullmatch(post_id) else None


def _address(host: str, name: str, written: str) -> Address | None:
    found = leading(_ID, written)
    if found is None:
        return None
    handle = name if "@" in name else f"{name}@{host}"
    return Address("mastodon", found, f"https://{host}/@{name}/{found}", handle)
