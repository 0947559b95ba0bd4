"""`post.html` of a package: kept posts as a person reads them, drawn from their raw answers and titled as a rendering.

Whatever comes from outside is escaped by the template; the page asks nothing of anybody (its policy allows no address).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the package, by its path below `data/`."""

    path: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Wording:
    """An earlier version of a post."""

    version_id: str
    seen_at: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One post. Times are RFC 3339 texts in UTC."""

    number: int
    platform: str
    url: str
    text: str
    name: str | None
    handle: str | None
    account_id: str | None
    posted_at: str | None
    id_time: str | None
    captured_at: str
    method: str
    raw_sha256: str
    counts: Sequence[tuple[str, int]] = ()
    """What the platform counted at `counted_at`: likes, reposts and so on, in its own words."""
    counted_at: str | None = None
    pictures: Sequence[Picture] = ()
    not_kept: Sequence[str] = ()
    """Files of the post that are not in the package, and why."""
    earlier: Sequence[Wording] = ()


def page_of(cards: Sequence[Card]) -> bytes:
    """The page, one card a post."""
    text: str = _environment().get_template("post.html").render(cards=cards)
    return text.encode()


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("monitor.evidence"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
