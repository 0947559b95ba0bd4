"""The elements that make of an address an embed: a platform's official ones, and boxes that are named for it."""

import re
from functools import lru_cache

from monitor.articles.attributes import CONTAINERS, NAMES, PROVIDERS
from monitor.articles.page import Spot
from monitor.articles.regions import words_of
from monitor.platforms import PLATFORMS, unwrapped

_HEIGHT = 5
_ENDS = frozenset({"li", "article", "section", "main", "body"})
_NO_TEXT = 30
"""Characters that a quotation has at least."""
_LONGEST = 3_000
_CREDIT = re.compile(r"[—–-]\s*[^()]{1,80}\( ?@ ?\w{1,20} ?\)")
_MARKS = {p.name: dict(p.markup.marks) for p in PLATFORMS.values() if p.markup.marks}
_EMBEDDING = frozenset({"embed", "embedded", "oembed", "embeds", "tweet"})
_SERVICES = frozenset({"embedly", "iframely"})
"""Services that draw embeds of any platform."""
_KNOWN = _SERVICES | {"wp", "oembed"}
_NO_EMBED = frozenset({"share", "follow"})


def container_of(spot: Spot, platform: str) -> Spot | None:
    """The official embed of the platform that holds a spot, or is it."""
    for around in spot.above():
        if _is_embed(around, platform):
            return around
        if around.tag in ("article", "main", "body"):
            return None
    return None


def boxed(spot: Spot, platform: str) -> str:
    """The form, when a link or address stands for an embed without the official class; "" when it does not.

    It does in a box named for the platform and for embedding that holds more than the bare address, in a box of an embed service, and in a quotation with its credit.
    """
    for height, around in enumerate(spot.above()):
        if height > _HEIGHT or (around.tag in _ENDS and height > 1):
            return ""
        if around.classes and _is_box(around, platform):
            return "" if around.holds_main or _is_only_link(spot, around) else "box"
        if around.tag == "blockquote":
            if len(around.words) <= _LONGEST and _CREDIT.search(around.words):
                return "" if around.holds_main else "blockquote"
            if len(around.words) > _NO_TEXT:
                return ""
    return ""


def is_alone(spot: Spot, written: str) -> bool:
    """Whether an address is all that its block says, in an element made for embeds."""
    block = spot.block()
    named = (_EMBEDDING.intersection(words_of(s.classes)) for s in block.above()[:_HEIGHT] if s.classes)
    return any(named) and block.text == written


def _is_only_link(spot: Spot, box: Spot) -> bool:
    """Whether a publisher's own box holds nothing but an address to click on: so it was served, whatever a script makes of it.

    Boxes of WordPress and of embed services are drawn by scripts that are known, and are embeds.
    """
    if spot.tag != "a" or _KNOWN.intersection(words_of(box.classes)):
        return False
    return box.words == spot.words and unwrapped(spot.words) is not None


def _is_box(spot: Spot, platform: str) -> bool:
    words = set(words_of(spot.classes))
    if words & _SERVICES:
        return True
    if spot.tag in ("a", "p", "span"):
        return False
    named = any(NAMES.get(word) == platform for word in words) or any(
        NAMES.get((spot.attrs.get(name) or "").lower()) == platform for name in PROVIDERS
    )
    return named and bool(words & _EMBEDDING) and not words & _NO_EMBED


def _is_embed(spot: Spot, platform: str) -> bool:
    classes = spot.attrs.get("class")
    if classes and platform in _embeds_of(classes):
        return True
    marks = _MARKS.get(platform, {})
    return any((spot.attrs.get(name) or "").lower() == value for name, value in marks.items())


@lru_cache(maxsize=4096)
def _embeds_of(classes: str) -> frozenset[str]:
    """The platforms whose official embeds have one of these classes."""
    return frozenset(CONTAINERS[name] for name in classes.lower().split() if name in CONTAINERS)
