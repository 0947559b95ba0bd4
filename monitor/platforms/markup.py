"""The shapes in which a platform's embeds stand in pages, told as data; `articles.recognise` reads them."""

import re
from dataclasses import dataclass

SLASH = "/{1,3}"
"""A slash in patterns for addresses, doubled perhaps; escaped ones are made plain before patterns are tried (see `signs`)."""
EQUALS = "="
"""An equals sign, likewise."""
ROOT = rf"\.?(?::[0-9]{{1,5}})?{SLASH}"
"""The slash right behind a host."""


@dataclass(frozen=True, slots=True)
class BareId:
    """An attribute that holds a post's id and nothing else. Without `tags` any element may carry it."""

    attribute: str
    tags: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    """The element counts only when it has one of these classes."""
    needs_name: bool = False
    """The element counts only when its class, or an attribute that tells the provider, names the platform."""
    after: str = ""
    """Another attribute whose value, and a "_", go before this one's to make the id."""


@dataclass(frozen=True, slots=True)
class Markup:
    """How one platform is embedded."""

    names: frozenset[str]
    """What pages call the platform in class names and provider attributes, lower-case."""
    containers: frozenset[str] = frozenset()
    """Classes of the official embed: what stands inside is the embed's own, and the last address in it is the post."""
    buttons: frozenset[str] = frozenset()
    """Classes of the platform's other widgets, such as buttons and comments: what they name is cited by nobody."""
    marks: frozenset[tuple[str, str]] = frozenset()
    """Attributes, with their values in lower case, that tell an official embed as those classes do."""
    bare_ids: tuple[BareId, ...] = ()
    calls: tuple[re.Pattern[str], ...] = ()
    """Calls in scripts that draw an embed; the groups, joined by "_", are the id."""
    call_signs: tuple[str, ...] = ()
    """A word of each call, lower-case: a script without one of them, and without an address, is not read."""
    thumbnails: tuple[re.Pattern[str], ...] = ()
    """Addresses of a post's preview picture; group 1 is the id. Weak evidence."""
    thumbnail_hosts: tuple[str, ...] = ()
    """Lower-case pieces of such addresses, one of which stands in each."""


def on(*tags: str) -> frozenset[str]:
    """Tag names, for reading `BareId` tables aloud."""
    return frozenset(tags)
