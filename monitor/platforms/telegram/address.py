"""How Telegram writes the address of a public channel's post: channel and number, both needed."""

import re

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location, location_of
from monitor.platforms.markup import SLASH

HOSTS = ("t.me", "telegram.me", "telegram.dog")
POSTS = rf"{SLASH}[0-9]"
_CHANNEL = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_NUMBER = re.compile(r"[0-9]{1,12}(?![0-9A-Za-z_])")
_NO_CHANNELS = frozenset(
    {"share", "joinchat", "addstickers", "proxy", "socks", "iv", "addlist", "login", "setlanguage"}
)


def address_of(url: str) -> Address | None:
    """The post that an address names; None for channels, invitations, share links and private chats."""
    location = location_of(url)
    return address_at(location) if location else None


def address_at(location: Location) -> Address | None:
    """`address_of` for an address already taken apart."""
    if location.host not in HOSTS:
        return None
    path = location.path[1:] if location.path[:1] == ("s",) else location.path
    return of_id("/".join((path[0], path[-1]))) if 2 <= len(path) <= 3 else None


def of_id(post_id: str) -> Address | None:
    """The address of "channel/number", as Telegram's widget writes it; None for anything else."""
    channel, _, written = post_id.strip().partition("/")
    number = leading(_NUMBER, written)
    if number is None or not _CHANNEL.fullmatch(channel) or channel.lower() in _NO_CHANNELS:
        return None
    return Address("telegram", f"{channel}/{number}", f"https://t.me/{channel}/{number}", channel)
