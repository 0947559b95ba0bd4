"""What every platform's address is: the post it names, and its one canonical way of being written."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """The address of one post. `url` is canonical; `handle` a hint that the address as written gave, never identity."""

    platform: str
    post_id: str
    url: str
    handle: str | None = None


def leading(pattern: re.Pattern[str], segment: str) -> str | None:
    """The id at the start of a path segment, with what clings to it left off; None when the text was cut short there."""
    found = pattern.match(segment)
    if found is None:
        return None
    rest = segment[found.end() :]
    return None if rest.startswith(("…", "...")) else found.group()
