"""What every channel is: something that sends a message; and what a channel is made of."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TextIO

from monitor.model.alert import Message, Outcome


class Sender(Protocol):
    """One channel, ready to send."""

    def send(self, message: Message) -> Outcome:
        """Tries once. A delivery that fails is an outcome, never an exception."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """A channel's URL and secret, and the ways out that it may use."""

    name: str
    url: str
    secret: str | None
    guard_pass: Callable[[Sequence[str]], str]
    """From exact host:port pairs to the URL of the guard's proxy, with a credential that lets these out too."""
    connect: Callable[[str, int], socket.socket]
    """A socket to an address that the guard has checked."""
    ca_bundle: str | None
    console: TextIO


class Channel(Protocol):
    """A row of the table: a module with these two."""

    def pairs(self, url: str) -> tuple[str, ...]:
        """The exact host:port pairs that the channel connects to, as far as its URL tells."""

    def opened(self, wiring: Wiring) -> Sender:
        """The channel's sender. Raises UnusableSettings when URL or secret cannot work."""
