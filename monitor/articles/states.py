"""Sightings of posts in scripts: linked data, page state, calls that draw embeds. Only what belongs to this article counts."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from monitor.articles.bare_ids import is_named
from monitor.articles.belonging import About
from monitor.articles.find import Find
from monitor.articles.packed import unpacked
from monitor.articles.page import Page, Script, Spot
from monitor.articles.recognise import nested
from monitor.articles.said import ID_KEYS, Said, id_of, said_in, told_platform, told_words, values_in
from monitor.articles.written import addresses_in
from monitor.model.article import CitationKind
from monitor.platforms import PLATFORMS, SIGNS, Address, might_name_a_post, unwrapped

_LONGEST = 4_000_000
_SMALL = 600
_SMALL_DATA = 6_000
"""Characters of code or data that belong to where they stand."""
_ARTICLE = 600
"""Characters of running text that a page has at least that shows its article without scripts."""
_PERHAPS_OTHERS = "only in the page's state, perhaps of another article"
_TELLING = frozenset({"address", "call", "id", "key", "packed"})
"""Shapes of signs that count in scripts."""
_DEEPEST = 60
_ARTICLES = re.compile("Article|Report|Posting|Review")
_SHOWN = frozenset({"video", "associatedMedia", "hasPart"})
_VIDEO_PLACES = frozenset({"embedUrl", "contentUrl", "url"})
_CITING = frozenset({"itemReviewed", "sharedContent", "citation", "appearance", "firstAppearance", "isBasedOn"})


def finds_in_scripts(
    page: Page, scripts: Iterable[Script], known: Collection[str], told: Callable[[], About]
) -> Iterator[Find]:
    """Sightings in the page's scripts of posts that are not `known` already. `told` is asked when a script needs it."""
    told = cache(told)
    is_bare = page.main is None or page.main.prose < _ARTICLE
    for script in scripts:
        if len(script.words) <= _LONGEST and not _tells_nothing(script.words, known):
            for find in _in_script(script.words, page.spot(script.node), told, is_bare):
                if find.address.url not in known:
                    yield find


def _tells_nothing(words: str, known: Collection[str]) -> bool:
    shapes = {sign.shape for sign in SIGNS.within(words.lower().encode("utf-8", "replace"))} & _TELLING
    return not shapes or (shapes == {"address"} and all(found.address.url in known for _, found in addresses_in(words)))


def _in_script(words: str, spot: Spot, told: Callable[[], About], is_bare: bool) -> Iterator[Find]:
    kind = (spot.attrs.get("type") or "").lower()
    words = unpacked(words) or words
    if "html" in kind or "template" in kind:
        yield from nested(words, spot, 1)
    elif "ld+json" in kind:
        yield from _linked_data(words, spot)
    elif "json" in kind:
        data = _loaded(words)
        is_small = len(words) < _SMALL_DATA and spot.in_main
        yield from _state(data, spot, told(), is_bare, is_small) if data is not None else _written(words, spot)
    else:
        yield from _code(words, spot, told, is_bare)


def finds_in_attribute(value: str, spot: Spot, depth: int) -> Iterator[Find]:
    """Sightings in JSON that an attribute of an element holds: one post is an embed, many are somebody's list."""
    data = _loaded(value)
    finds = [find for said in said_in(data) for find in _string(said, spot, depth)]
    if isinstance(data, dict):
        finds += _by_element(data, spot)
        told = told_platform(data)
        finds = [find for find in finds if told in (None, find.address.platform)] or finds
        words = told_words(data)
        finds = [replace(find, text=find.text or words) for find in finds]
    several = len({find.address for find in finds}) > 1
    for find in finds:
        yield find.weaker(0.4, "one of several in an attribute's data") if several else find


def _by_element(data: dict[str, object], spot: Spot) -> Iterator[Find]:
    """The post whose bare id data gives to an element that is named for its platform."""
    for platform, written in ((p, data[key]) for key in ID_KEYS if key in data for p in PLATFORMS):
        address = id_of(platform, str(written)) if is_named(spot, platform) else None
        if address is not None:
            yield Find(address, spot, "embed", "data")


def _loaded(words: str) -> object:
    try:
        return json.loads(words.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _string(said: Said, spot: Spot, depth: int) -> Iterator[Find]:
    text = said.text
    kind: CitationKind = "link" if spot.tag == "a" else "embed"
    if "<" in text:
        yield from nested(text, spot, depth + 1)
    elif address := said.bare_id():
        yield Find(address, spot, kind, "data")
    elif (found := unwrapped(text) if " " not in text.strip() else None) is not None:
        yield Find(found.address, spot, kind, "data")


def _linked_data(words: str, spot: Spot) -> Iterator[Find]:
    yield from _cited_by(_loaded(words), spot, "", 0)


def _cited_by(data: object, spot: Spot, role: str, level: int) -> Iterator[Find]:
    """`role` is the property of an article, or of a claim, that holds the data."""
    if level > _DEEPEST:
        return
    if isinstance(data, list):
        for inner in data:
            yield from _cited_by(inner, spot, role, level + 1)
    elif isinstance(data, Mapping):
        kind = str(data.get("@type", ""))
        for name, inner in data.items():
            if not isinstance(inner, str):
                told = name if name in _CITING or (name in _SHOWN and _ARTICLES.search(kind)) else role
                yield from _cited_by(inner, spot, "" if name == "author" else told, level + 1)
            elif name != "author" and (found := unwrapped(inner) if might_name_a_post(inner) else None):
                yield from _linked(found.address, spot, role, "VideoObject" in kind and name in _VIDEO_PLACES)


def _linked(address: Address, spot: Spot, role: str, is_video: bool) -> Iterator[Find]:
    find = Find(address, spot, "embed", "linked_data", in_state=True)
    if role in _CITING:
        yield find.weaker(0.9, "named by the page's linked data")
    elif is_video:
        yield find.weaker(0.7 if role else 0.45, "a video of the page's linked data")


def _state(data: object, spot: Spot, about: About, is_bare: bool, is_small: bool = False) -> Iterator[Find]:
    for said in said_in(data):
        if about.has(said) or (about.has(said) is None and is_small):
            finds = [_ours(find, is_bare) for find in _string(said, spot, 0)]
        else:
            bare = said.bare_id()
            addresses = [bare] if bare else [found.address for _, found in addresses_in(said.text)]
            finds = [Find(address, spot, "embed", "state", 0.3, _PERHAPS_OTHERS) for address in addresses]
        yield from (replace(find, form="state", in_state=True) for find in finds)


def _ours(find: Find, is_bare: bool) -> Find:
    """A link that only the state has counts where the page has no text but in its state."""
    return find.weaker(0.6 if find.kind == "embed" or is_bare else 0.4, "only in the page's state")


def _code(words: str, spot: Spot, told: Callable[[], About], is_bare: bool) -> Iterator[Find]:
    small = spot.in_main and len(words) < _SMALL
    for platform in PLATFORMS.values():
        for pattern in platform.markup.calls:
            for match in pattern.finditer(words[:200_000]):
                address = platform.of_id("_".join(match.groups())) if platform.of_id else None
                if address:
                    find = Find(address, spot, "embed", "script_call", in_state=not small)
                    yield find if small else find.weaker(0.4, "drawn by a script outside the article")
    values = list(values_in(words))
    for value in values:
        yield from _state(value, spot, told(), is_bare)
    if not values:
        yield from _written(words, spot)


def _written(words: str, spot: Spot) -> Iterator[Find]:
    """The addresses that stand in code; those of players, in a small script within the article, are drawn by it."""
    small = spot.in_main and len(words) < _SMALL
    for written, found in addresses_in(words[:500_000]):
        find = Find(found.address, spot, "embed", "script", in_state=True)
        framed = "/embed/" in written or "player." in written
        yield (
            find.weaker(0.8, "drawn by a script in the article")
            if small and framed
            else find.weaker(0.3, "only in a script")
        )
