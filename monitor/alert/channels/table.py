"""Which channel serves which URL."""

import socket
from collections.abc import Callable, Sequence
from typing import TextIO

from monitor.alert.channels import by_apprise, by_mail, console, webhook
from monitor.alert.channels.sender import Channel, Sender, Wiring
from monitor.settings.channels import Channel as Declared

CHANNELS: dict[str, Channel] = {
    "webhook+http": webhook,
    "webhook+https": webhook,
    "mailto": by_mail,
    "mailtos": by_mail,
    "console": console,
}
"""By URL scheme; any other scheme is Apprise's."""


def open_channel(
    channel: Declared,
    url: str,
    secret: str | None,
    *,
    guard_pass: Callable[[Sequence[str]], str],
    connect: Callable[[str, int], socket.socket],
    ca_bundle: str | None,
    console: TextIO,
) -> Sender:
    """The sender of a channel; nothing is contacted yet. Raises UnusableSettings when URL or secret cannot work."""
    return _of(url).opened(Wiring(channel.name, url, secret, guard_pass, connect, ca_bundle or None, console))


def pairs(url: str) -> tuple[str, ...]:
    """The exact host:port pairs that a channel may reach, whatever their addresses; () for an unreadable URL."""
    try:
        return _of(url).pairs(url)
    except ValueError:
        return ()


def _of(url: str) -> Channel:
    return CHANNELS.get(url.strip().partition("://")[0].lower(), by_apprise)
