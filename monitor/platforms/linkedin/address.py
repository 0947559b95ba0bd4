"""How LinkedIn writes the address of a post: by a URN that says of what kind its number is.

One post has a number as an activity and another as a share or "UGC post"; which belong together only LinkedIn tells.
"""

import re
from datetime import UTC, datetime
from itertools import pairwise

from monitor.platforms.address import Address
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH
from monitor.platforms.moments import digits, plausible
from monitor.platforms.short_links import Short

HOSTS = ("linkedin.com",)
POSTS = rf"(?:activity|share|ugcpost)(?::|%3a|-)[0-9]|urn|(?:posts|update|event|live){SLASH}"
SHORT = (Short(("lnkd.in",), re.compile(r"(?:p/)?[\w-]{5,16}"), anything=True),)
_KINDS = {"activity": "activity", "share": "share", "ugcpost": "ugcPost"}
_URN = re.compile(r"(?:urn:li:)?(activity|share|ugcPost):([0-9]{15,20})(?![0-9A-Za-z_])", re.IGNORECASE)
_SLUG = re.compile(r"(?:.*[-_])?(activity|share|ugcPost)-([0-9]{15,20})(?![0-9])", re.IGNORECASE | re.DOTALL)
_LATE_SLUG = re.compile(r".*-()([0-9]{19})-[\w-]{4}", re.DOTALL)
_NUMBER = re.compile(r"()([0-9]{15,20})")
_HANDLE = re.compile(r"([A-Za-z0-9%-]{2,100})_")
_SINCE = datetime(2003, 5, 5, tzinfo=UTC)


def address_at(location: Location) -> Address | None:
    """The post that an address names; None for people, companies, jobs, and long-form articles, which have no number."""
    if not location.on(HOSTS[0]):
        return None
    path, query = location.path, location.query
    for name in ("highlightedUpdateUrn", "updateEntityUrn"):
        found = _URN.search(query.get(name, ""))
        if found:
            return _address(found)
    for before, segment in pairwise(path):
        if before == "posts":
            return _address(_SLUG.match(segment) or _LATE_SLUG.fullmatch(segment), segment)
        if before in ("update", "event", "live"):
            return _address(_URN.match(segment) or _NUMBER.fullmatch(segment))
    return None


def of_id(post_id: str) -> Address | None:
    """The address of a post by its URN, or by its number, which then counts as an activity's."""
    return _address(_URN.fullmatch(post_id.strip()) or _NUMBER.fullmatch(post_id.strip()))


def id_time(post_id: str) -> datetime | None:
    """When the number was made, to the millisecond: above its 22 lowest bits stand the milliseconds since 1970.

    Checked against the times of events that yt-dlp's tests record.
    """
    number = digits(post_id, 15, 20)
    return plausible(number >> 22, _SINCE) if number else None


def _address(found: re.Match[str] | None, slug: str = "") -> Address | None:
    if found is None or found.string[found.end() :].startswith(("…", "...")):
        return None
    kind, number = _KINDS.get(found.group(1).lower(), "activity"), found.group(2)
    named = _HANDLE.match(slug)
    url = f"https://www.linkedin.com/feed/update/urn:li:{kind}:{number}/"
    return Address("linkedin", number, url, named.group(1) if named else None)
