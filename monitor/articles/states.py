"""Sightings of posts in scripts: linked data, page state, calls that draw embeds. Only what belongs to this article counts."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from monitor.articles.find import Find
from monitor.articles.page import Page, Script, Spot
from monitor.articles.recognise import nested
from monitor.articles.said import Said, said_in
from monitor.articles.written import addresses_in
from monitor.platforms import PLATFORMS, SIGNS, might_name_a_post, unwrapped

_LONGEST = 4_000_000
_SMALL = 600
_PERHAPS_OTHERS = "only in the page's state, perhaps of another article"
_TELLING = frozenset({"address", "call", "id"})
"""Shapes of signs that count in scripts."""
_DEEPEST = 60
_ASSIGNED = re.compile(r"^[^{\[]{0,200}?=\s*(?=[{\[])")
_HEADLINES = ("headline", "title", "headlines", "name")
_PLACES = ("url", "canonical_url", "canonicalUrl", "canonical", "slug", "webUrl", "link", "uri", "website_url")
_CITING = frozenset({"itemReviewed", "sharedContent", "citation", "appearance", "firstAppearance", "isBasedOn"})


@dataclass(frozen=True, slots=True)
class About:
    """What tells that a piece of state is of this article."""

    title: str
    url: str


def finds_in_scripts(
    page: Page, scripts: Iterable[Script], known: Collection[str], told: Callable[[], About]
) -> Iterator[Find]:
    """Sightings in the page's scripts; one that names only `known` posts is passed over. `told` is asked when a script needs it."""
    told = cache(told)
    for script in scripts:
        if len(script.words) <= _LONGEST and not _tells_nothing(script.words, known):
            yield from _in_script(script.words, page.spot(script.node), told)


def _tells_nothing(words: str, known: Collection[str]) -> bool:
    shapes = {sign.shape for sign in SIGNS.within(words.lower().encode("utf-8", "replace"))} & _TELLING
    return not shapes or (shapes == {"address"} and all(found.address.url in known for _, found in addresses_in(words)))


def _in_script(words: str, spot: Spot, told: Callable[[], About]) -> Iterator[Find]:
    kind = (spot.attrs.get("type") or "").lower()
    if "html" in kind or "template" in kind:
        yield from nested(words, spot, 1)
    elif "ld+json" in kind:
        yield from _linked_data(words, spot)
    elif "json" in kind:
        yield from _state(words, spot, told())
    else:
        yield from _code(words, spot, told)


def finds_in_attribute(value: str, spot: Spot, depth: int) -> Iterator[Find]:
    """Sightings in JSON that an attribute of an element holds: one post is an embed, many are somebody's list."""
    try:
        data = json.loads(value)
    except (ValueError, RecursionError):
        return
    finds = [find for said in said_in(data) for find in _string(said.text, spot, depth)]
    several = len({find.address for find in finds}) > 1
    for find in finds:
        yield find.weaker(0.4, "one of several in an attribute's data") if several else find


def _string(data: str, spot: Spot, depth: int) -> Iterator[Find]:
    if "<" in data:
        yield from nested(data, spot, depth + 1)
        return
    found = unwrapped(data) if " " not in data.strip() else None
    if found:
        yield Find(found.address, spot, "link" if spot.tag == "a" else "embed", "data")


def _linked_data(words: str, spot: Spot) -> Iterator[Find]:
    try:
        data = json.loads(words.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return
    yield from _cited_by(data, spot, False, 0)


def _cited_by(data: object, spot: Spot, citing: bool, level: int) -> Iterator[Find]:
    if level > _DEEPEST:
        return
    if isinstance(data, list):
        for inner in data:
            yield from _cited_by(inner, spot, citing, level + 1)
    elif isinstance(data, Mapping):
        is_video = "VideoObject" in str(data.get("@type", ""))
        for name, inner in data.items():
            if isinstance(inner, str):
                found = unwrapped(inner) if might_name_a_post(inner) else None
                if found and citing and name != "author":
                    yield Find(
                        found.address,
                        spot,
                        "embed",
                        "linked_data",
                        0.9,
                        "named by the page's linked data",
                        in_state=True,
                    )
                elif found and is_video and name in ("embedUrl", "contentUrl", "url"):
                    yield Find(
                        found.address,
                        spot,
                        "embed",
                        "linked_data",
                        0.45,
                        "a video of the page's linked data",
                        in_state=True,
                    )
            else:
                yield from _cited_by(inner, spot, (citing and name != "author") or name in _CITING, level + 1)


def _state(words: str, spot: Spot, about: About) -> Iterator[Find]:
    try:
        data = json.loads(words)
    except (ValueError, RecursionError):
        return
    for said in said_in(data):
        if _belongs(said, about):
            finds = [
                f.weaker(0.6 if f.kind == "embed" else 0.3, "only in the page's state")
                for f in _string(said.text, spot, 0)
            ]
        else:
            finds = [Find(f.address, spot, "embed", "state", 0.3, _PERHAPS_OTHERS) for _, f in addresses_in(said.text)]
        yield from (replace(find, form="state", in_state=True) for find in finds)


def _belongs(said: Said, about: About) -> bool | None:
    """Whether the nearest thing around with a headline or an address is this article; None when nothing tells."""
    return next((ours for thing in said.around() if (ours := _is_ours(thing, about)) is not None), None)


def _is_ours(data: Mapping[str, object], about: About) -> bool | None:
    for name in _HEADLINES:
        value = data.get(name)
        value = value.get("basic") if isinstance(value, Mapping) else value
        if isinstance(value, str) and len(value) > 15:
            return _alike(value, about.title)
    for name in _PLACES:
        value = data.get(name)
        if isinstance(value, str) and len(value) > 15 and about.url and not unwrapped(value):
            return value.rstrip("/") in about.url or about.url in value
    return None


def _alike(one: str, other: str) -> bool:
    a, b = ("".join(filter(str.isalnum, text.lower())) for text in (one, other))
    return bool(a and b) and (a in b or b in a)


def _code(words: str, spot: Spot, told: Callable[[], About]) -> Iterator[Find]:
    small = spot.in_main and len(words) < _SMALL
    for platform in PLATFORMS.values():
        for pattern in platform.markup.calls:
            for match in pattern.finditer(words[:200_000]):
                address = platform.of_id("_".join(match.groups())) if platform.of_id else None
                if address:
                    find = Find(address, spot, "embed", "script_call", in_state=not small)
                    yield find if small else find.weaker(0.4, "drawn by a script outside the article")
    start = _ASSIGNED.match(words.strip())
    if start:
        yield from _state(words.strip()[start.end() :].rstrip().rstrip(";"), spot, told())
        return
    for written, found in addresses_in(words[:500_000]):
        find = Find(found.address, spot, "embed", "script", in_state=True)
        framed = "/embed/" in written or "player." in written
        yield (
            find.weaker(0.8, "drawn by a script in the article")
            if small and framed
            else find.weaker(0.3, "only in a script")
        )
