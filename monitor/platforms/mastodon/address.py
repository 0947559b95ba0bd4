"""How Mastodon's instances write the address of a post. Any host may be one: the shape of the path, and the id's time, decide."""

import re
from datetime import UTC, datetime

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import SLASH
from monitor.platforms.moments import digits, plausible

HOSTS = ()
_NUMBER = rf"[a-z0-9_.@%-]{{1,200}}{SLASH}[0-9]{{15}}"
SHAPES = {
    "/@": _NUMBER,
    "2f@": _NUMBER,
    "\\@": _NUMBER,
    ";@": _NUMBER,
    "%40": _NUMBER,
    "statuses": rf"{SLASH}[0-9]{{15}}",
}
_ID = re.compile(r"[0-9]{15,19}(?![0-9A-Za-z_])|[0-9]{18}(?=[A-Za-z_])")
_ACTOR = re.compile(r"@[A-Za-z0-9_.-]{1,64}(?:@[A-Za-z0-9.-]+)?")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_NOT_INSTANCES = ("gab.com", "medium.com", "minds.com")
_SINCE = datetime(2016, 3, 16, tzinfo=UTC)


def address_of(url: str) -> Address | None:
    """The post that an address names; `url` stays on the instance that the address was on."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    host, path = location.host, location.path
    path = path[1:] if path[:1] in (("web",), ("deck",)) else path
    if "." not in host or location.on(*_NOT_INSTANCES) or len(path) < 2:
        return None
    if _ACTOR.fullmatch(path[0]):
        return _address(host, path[0][1:], path[1])
    if path[0] == "statuses":
        return _without_name(host, "web/statuses/", path[1])
    if path[0] == "users" and len(path) > 3 and path[2] == "statuses" and _NAME.fullmatch(path[1]):
        return _address(host, path[1], path[3])
    if path[:2] == ("ap", "users") and len(path) > 4 and path[3] == "statuses" and path[2].isdigit():
        return _without_name(host, f"ap/users/{path[2]}/statuses/", path[4])
    return None


def id_time(post_id: str) -> datetime | None:
    """When the instance made the id, to the millisecond; for posts that came from elsewhere, when they say they were written.

    Above the 16 lowest bits stand the milliseconds since 1970 (Mastodon's own source, `lib/mastodon/snowflake.rb`).
    """
    number = digits(post_id, 15, 19)
    return plausible(number >> 16, _SINCE) if number else None


def _address(host: str, name: str, written: str) -> Address | None:
    found = _found(written)
    if found is None:
        return None
    handle = name if "@" in name else f"{name}@{host}"
    return Address("mastodon", found, f"https://{host}/@{name}/{found}", handle)


def _without_name(host: str, path: str, written: str) -> Address | None:
    found = _found(written)
    return Address("mastodon", found, f"https://{host}/{path}{found}") if found else None


def _found(written: str) -> str | None:
    found = leading(_ID, written)
    return found if found and id_time(found) else None
