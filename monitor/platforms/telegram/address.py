"""How Telegram writes the address of a public channel's post: channel and number, both needed.

A channel's name is the same in any case, so the id holds it in lower case.
"""

import re

from monitor.platforms.address import Address, leading
from monitor.platforms.location import Location
from monitor.platforms.markup import SLASH

HOSTS = ("t.me", "telegram.me", "telegram.dog", "telesco.pe")
POSTS = rf"{SLASH}[0-9]"
_CHANNEL = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_NUMBER = re.compile(r"[0-9]{1,12}(?![0-9A-Za-z_])")
_NO_CHANNELS = frozenset(
    {"share", "joinchat", "addstickers", "addemoji", "addtheme", "proxy", "socks", "iv", "addlist", "login", "setlanguage",
     "confirmphone", "contact", "invoice", "giftcode", "boost"}
)  # fmt: skip


def address_at(location: Location) -> Address | None:
    """The post that an address names; None for channels, invitations, share links and private chats."""
    host, path = location.host, location.path
    if host.endswith(".t.me"):
        return of_id("/".join((host.removesuffix(".t.me"), path[-1]))) if 1 <= len(path) <= 2 else None
    if host not in HOSTS:
        return None
    path = path[1:] if path[:1] == ("s",) else path
    return of_id("/".join((path[0], path[-1]))) if 2 <= len(path) <= 3 else None


def of_id(post_id: str) -> Address | None:
    """The address of "channel/number", as Telegram's widget writes it; None for anything else."""
    channel, _, written = post_id.strip().removeprefix("@").partition("/")
    number = leading(_NUMBER, written)
    if number is None or not _CHANNEL.fullmatch(channel) or channel.lower() in _NO_CHANNELS:
        return None
    name = f"{channel.lower()}/{number}"
    return Address("telegram", name, f"https://t.me/{name}", channel)
