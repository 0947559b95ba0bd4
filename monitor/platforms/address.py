"""What every platform's address is: the post it names, and its one canonical way of being written."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Address:
    """The address of one post. `url` is canonical: read again, it gives an equal address."""

    platform: str
    post_id: str
    url: str
    handle: str | None = field(default=None, compare=False)
    """A hint that the address as written gave, never identity: most platforms show the post under any name."""
    trust: float = field(default=1.0, compare=False)
    """How sure it is that this is a post's address, from 0 to 1; `doubt` says why it is below 1."""
    doubt: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ShortLink:
    """A short link of a platform: which post it leads to, if any, is known only to who asks its server."""

    platform: str
    url: str
    trust: float = field(default=1.0, compare=False)
    doubt: str = field(default="", compare=False)

    @property
    def post_id(self) -> None:
        """Not known."""
        return None

    @property
    def handle(self) -> None:
        """Not known."""
        return None


@dataclass(frozen=True, slots=True)
class Lead:
    """Where a short link led when it was asked: to a post, or to something else (`post` is None)."""

    url: str
    post: Address | None


def leading(pattern: re.Pattern[str], segment: str) -> str | None:
    """The id at the start of a path segment, with what clings to it left off; None when the text was cut short there."""
    found = pattern.match(segment)
    if found is None:
        return None
    rest = segment[found.end() :]
    return None if rest.startswith(("…", "...")) else found.group()
