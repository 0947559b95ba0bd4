"""How Weibo writes the address of a post: a number, or the same number in base 62 behind its author's; videos have their own."""

import re
from datetime import UTC, datetime

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import EQUALS, SLASH
from monitor.platforms.moments import digits, plausible
from monitor.platforms.short_links import Short

HOSTS = ("weibo.com", "weibo.cn")
POSTS = rf"{SLASH}[0-9a-z]{{9}}|fid{EQUALS}|show{SLASH}"
SHORT = (Short(("t.cn",), re.compile(r"[A-Za-z0-9]{5,12}"), anything=True),)
_NUMBER = re.compile(r"[0-9]{16}(?![0-9A-Za-z_])")
_CODE = re.compile(r"[0-9A-Za-z]{9}(?![0-9A-Za-z_])")
_AUTHOR = re.compile(r"[0-9]{1,12}")
_VIDEO = re.compile(r"[0-9]{4}:(?:[0-9a-f]{32}|[0-9]{13,20})(?![0-9A-Za-z])")
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SINCE = datetime(2009, 8, 14, tzinfo=UTC)
_START = 515_483_463


def address_at(location: Location) -> Address | None:
    """The post or video that an address names; None for people, topics, long articles."""
    path, query = location.path, location.query
    if not location.on(*HOSTS):
        return None
    video = query.get("fid", "") or (path[-1] if "show" in path[:-1] else "")
    if _VIDEO.match(video):
        return _post(query.get("mid", "")) or _video(video)
    if len(path) > 1 and (path[0] in ("status", "detail", "statuses") or _AUTHOR.fullmatch(path[0])):
        return _post(path[1])
    return None


def of_id(post_id: str) -> Address | None:
    """The address of a post by its number in either writing, or of a video by its own."""
    return _post(post_id.strip()) or _video(post_id.strip())


def id_time(post_id: str) -> datetime | None:
    """When the number was made, to some minutes: above its 22 lowest bits stand seconds, counted from 515,483,463.

    The constant is known among those who study Weibo; posts in yt-dlp's tests are less than four minutes off it.
    """
    number = digits(post_id.partition(":")[2] or post_id, 16, 16)
    return plausible(((number >> 22) + _START) * 1000, _SINCE) if number else None


def _post(written: str) -> Address | None:
    found = leading(_NUMBER, written) or _number(leading(_CODE, written) or "")
    if found is None or id_time(found) is None:
        return None
    return Address("weibo", found, f"https://m.weibo.cn/status/{found}")


def _video(written: str) -> Address | None:
    found = leading(_VIDEO, written)
    return Address("weibo", found, f"https://weibo.com/tv/show/{found}") if found else None


def _number(code: str) -> str | None:
    """Base 62, four letters at a time from the right, each group seven digits."""
    groups = [code[max(0, end - 4) : end] for end in range(len(code), 0, -4)]
    values = []
    for group in groups:
        value = 0
        for letter in group:
            value = value * 62 + _LETTERS.index(letter)
        values.append(value)
    if not values or any(value >= 10_000_000 for value in values):
        return None
    first, *rest = reversed(values)
    return str(first) + "".join(f"{value:07}" for value in rest)
