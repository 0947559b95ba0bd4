"""Short links: which of them a platform has, and what they lead to for who may ask."""

import re
from dataclasses import dataclass

from monitor.platforms.address import ShortLink
from monitor.platforms.location import Location
from monitor.platforms.markup import ROOT

_TO_A_POST = "a short link: which post it leads to, if any, only its server tells"
_TO_ANYTHING = "a short link that may lead to anything: only its server tells"
DOUBTS = frozenset({_TO_A_POST, _TO_ANYTHING})
"""What asking resolves."""


@dataclass(frozen=True, slots=True)
class Short:
    """One kind of short link."""

    hosts: tuple[str, ...]
    path: re.Pattern[str]
    """All of the path, without its first slash."""
    anything: bool = False
    """Whether the service shortens any address, not only those of the platform."""
    sign: str = rf"{ROOT}[a-z0-9]"
    """For the first look: a pattern of lower-case text for what follows the host."""

    def at(self, location: Location, platform: str) -> ShortLink | None:
        """The short link that an address is; its `url` without what only tells how a reader came."""
        if location.host not in self.hosts or not self.path.fullmatch("/".join(location.path)):
            return None
        trust, doubt = (0.4, _TO_ANYTHING) if self.anything else (0.7, _TO_A_POST)
        host = f"www.{location.host}" if f"//www.{location.host}" in location.whole.lower() else location.host
        end = "/" if location.whole.partition("?")[0].partition("#")[0].endswith("/") else ""
        return ShortLink(platform, f"https://{host}/{'/'.join(location.path)}{end}", trust, doubt)
