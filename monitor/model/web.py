"""What the specialists ask of the one HTTP client, so that they need not know it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from monitor.model.exchange import Exchange

MayFollow = Callable[[str], None]


class Fetched(Protocol):
    """An answer that was read to its end."""

    @property
    def exchange(self) -> Exchange:
        """The last exchange; its body is still content-coded."""

    @property
    def content(self) -> bytes:
        """The body without content coding."""

    @property
    def hops(self) -> Sequence[str]:
        """Every address asked, in order; the last is the exchange's final one."""


class Web(Protocol):
    """Fetches addresses. A status that tells of trouble is an answer here, not an error."""

    def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        may_follow: MayFollow | None = None,
    ) -> Fetched:
        """`may_follow` is told each address that a redirect leads to, before it is asked, and raises where it must not be.

        Raises Refused, ServerTrouble, TooLarge, NotUnderstood, each with its exchange when an answer had begun."""
