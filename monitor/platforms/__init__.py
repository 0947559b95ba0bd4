"""The platforms whose posts articles cite. A new one is a folder with `address.py` and `embeds.py`, and a row in `table.py`.

`address_of(url)` tells which post an address names, however the address was written, wrapped, archived or mirrored;
`short_link_of(url)` which platform's short link it is, where it names none.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.platforms.address import Address, Lead, ShortLink
from monitor.platforms.location import LONGEST, RELATIVE, Location, location_of
from monitor.platforms.short_links import DOUBTS
from monitor.platforms.signs import Sign, Signs
from monitor.platforms.table import PLATFORMS, Platform
from monitor.platforms.wrapped import SHAPES, inner_addresses, is_sharing

__all__ = [
    "DOUBTS",
    "PLATFORMS",
    "SIGNS",
    "Address",
    "Lead",
    "Platform",
    "ShortLink",
    "Sign",
    "Wrapping",
    "address_of",
    "id_time",
    "is_sharing",
    "might_name_a_post",
    "short_link_of",
    "unwrapped",
]


_BY_SHAPE = "known by the shape of its path: its host could be anybody's"
_OWNERS = {
    host: platform
    for platform in PLATFORMS.values()
    for host in (*platform.hosts, *(host for short in platform.short for host in short.hosts))
}
_ANYWHERE = tuple(platform for platform in PLATFORMS.values() if platform.shapes)


def _signs() -> Signs:
    signs = Signs()
    signs.add_shapes(SHAPES)
    for platform in PLATFORMS.values():
        signs.add_hosts(platform.hosts, platform.posts)
        for short in platform.short:
            signs.add_hosts(short.hosts, short.sign)
        signs.add_shapes(platform.shapes)
        signs.add_markup(platform.markup)
    signs.add_packed(("<iframe", "<blockquote"))
    return signs


SIGNS = _signs()
"""What the source of a page is searched for."""


@dataclass(frozen=True, slots=True)
class Wrapping:
    """A post's address, and whether another address had to be opened to find it."""

    address: Address
    wrapped: bool


def might_name_a_post(text: str) -> bool:
    """A quick look that lets most texts be passed over; never False for an address that `address_of` knows."""
    return SIGNS.addressed(text)


def address_of(url: str) -> Address | None:
    """The post that an address names, whatever host it was shared from; None when it names none."""
    found = unwrapped(url)
    return found.address if found else None


def unwrapped(url: str, depth: int = 0, *, looked_at: bool = False) -> Wrapping | None:
    """`address_of`, telling also whether the address stood inside another one. `looked_at`: that it might name a post is known."""
    if len(url) > LONGEST or not (looked_at or might_name_a_post(url)):
        return None
    location = location_of(url)
    if location is None:
        return None
    bang = location.hash_bang()
    for platform in candidates(location):
        found = platform.address_at(location) or (platform.address_at(bang) if bang else None)
        if found:
            at_home = location.scheme == "at" or location.on(*platform.hosts)
            return Wrapping(found if at_home else replace(found, trust=0.9, doubt=_BY_SHAPE), depth > 0)
    if depth < 3:
        for inner in inner_addresses(location):
            deeper = unwrapped(inner, depth + 1)
            if deeper:
                return deeper
    return None


def short_link_of(url: str, depth: int = 0) -> ShortLink | None:
    """The short link that an address is, or wraps; None when it names a post itself, or is anything else."""
    if len(url) > LONGEST or not might_name_a_post(url):
        return None
    location = location_of(url)
    if location is None:
        return None
    for platform in candidates(location):
        for short in platform.short:
            found = short.at(location, platform.name)
            if found:
                return found if platform.address_at(location) is None else None
    if depth < 3:
        for inner in inner_addresses(location):
            deeper = short_link_of(inner, depth + 1)
            if deeper:
                return deeper
    return None


def candidates(location: Location) -> tuple[Platform, ...]:
    """The platforms that may know an address: the owner of its host, else those that live on any host; none on an odd port."""
    host = location.host
    if host == RELATIVE or location.port:
        return ()
    while host:
        owner = _OWNERS.get(host)
        if owner:
            return (owner,)
        host = host.partition(".")[2]
    return _ANYWHERE


def id_time(platform: str, post_id: str) -> datetime | None:
    """When a post's id was made, aware UTC; None where the id does not tell. Good for checks, never the post's date."""
    known = PLATFORMS.get(platform)
    return known.id_time(post_id) if known and known.id_time else None
