"""Sightings of posts in scripts: linked data, page state, calls that draw embeds. Only what belongs to this article counts."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from monitor.articles.belonging import About
from monitor.articles.cited_data import cited_by
from monitor.articles.embed_data import finds_in_text, loaded
from monitor.articles.find import Find
from monitor.articles.flattened import unflattened
from monitor.articles.packed import unpacked
from monitor.articles.page import Page, Script
from monitor.articles.recognise import nested
from monitor.articles.said import Said, said_in, values_in
from monitor.articles.written import addresses_in
from monitor.platforms import PLATFORMS

_LONGEST = 4_000_000
_CALLS_WITHIN, _ADDRESSES_WITHIN = 200_000, 500_000
_SMALL = 600
_SMALL_DATA = 6_000
"""Characters of code or data that belong to where they stand."""
_ARTICLE = 600
"""Characters of running text that a page has at least that shows its article without scripts."""
_PERHAPS_OTHERS = "only in the page's state, perhaps of another article"


def finds_in_scripts(
    page: Page, scripts: Iterable[Script], known: Collection[str], told: Callable[[], About]
) -> Iterator[Find]:
    """Sightings in the page's scripts of posts that are not `known` already. `told` is asked when a script needs it."""
    reading = _Reading(page, told)
    for script in scripts:
        if len(script.words) <= _LONGEST and not _tells_nothing(script, known):
            yield from (find for find in reading.finds_in(script) if find.address.url not in known)


def _tells_nothing(script: Script, known: Collection[str]) -> bool:
    if script.shapes - {"address"}:
        return False
    return all(found.address.url in known for _, found in addresses_in(script.words))


class _Reading:
    """Reads the scripts of one page."""

    def __init__(self, page: Page, told: Callable[[], About]) -> None:
        self._page = page
        self._told = told

    @cached_property
    def _about(self) -> About:
        return self._told()

    @cached_property
    def _is_bare(self) -> bool:
        """Whether the page shows no article but by its scripts."""
        return self._page.main is None or self._page.main.prose < _ARTICLE

    def finds_in(self, script: Script) -> Iterator[Find]:
        """By what the script is."""
        spot = self._page.spot(script.node)
        kind = (spot.attrs.get("type") or "").lower()
        words = unpacked(script.words) or script.words
        if "html" in kind or "template" in kind:
            yield from nested(words, spot, 1)
        elif "ld+json" in kind:
            yield from cited_by(loaded(words), spot)
        elif "json" in kind:
            data = unflattened(loaded(words))
            yield from self._state(data, script) if data is not None else self._written(script)
        else:
            yield from self._code(script)

    def _state(self, data: object, script: Script) -> Iterator[Find]:
        spot = self._page.spot(script.node)
        for said in said_in(data, "key" in script.shapes):
            if self._is_ours(said, script):
                finds = [self._weighed(find) for find in finds_in_text(said, spot, 0)]
            else:
                bare = said.bare_id()
                addresses = [bare] if bare else [found.address for _, found in addresses_in(said.text)]
                finds = [Find(address, spot, "embed", "state", 0.3, _PERHAPS_OTHERS) for address in addresses]
            yield from (replace(find, form="state", in_state=True) for find in finds)

    def _is_ours(self, said: Said, script: Script) -> bool:
        ours = self._about.has(said)
        most = _SMALL_DATA if "json" in (script.node.attributes.get("type") or "") else _SMALL
        if ours is None and len(script.words) < most:
            return self._page.spot(script.node).in_main
        return bool(ours)

    def _weighed(self, find: Find) -> Find:
        """A link that only the state has counts where the page has no text but in its state."""
        return find.weaker(0.6 if find.kind == "embed" or self._is_bare else 0.4, "only in the page's state")

    def _code(self, script: Script) -> Iterator[Find]:
        if "call" in script.shapes:
            yield from self._calls(script)
        values = list(values_in(script.words))
        for value in values:
            yield from self._state(value, script)
        if not values:
            yield from self._written(script)

    def _calls(self, script: Script) -> Iterator[Find]:
        spot = self._page.spot(script.node)
        small = len(script.words) < _SMALL and spot.in_main
        for platform in PLATFORMS.values():
            for match in (m for p in platform.markup.calls for m in p.finditer(script.words[:_CALLS_WITHIN])):
                address = platform.of_id("_".join(match.groups())) if platform.of_id else None
                if address:
                    find = Find(address, spot, "embed", "script_call", in_state=not small)
                    yield find if small else find.weaker(0.4, "drawn by a script outside the article")

    def _written(self, script: Script) -> Iterator[Find]:
        """The addresses that stand in code; those of players, in a small script within the article, are drawn by it."""
        spot = self._page.spot(script.node)
        small = len(script.words) < _SMALL and spot.in_main
        for written, found in addresses_in(script.words[:_ADDRESSES_WITHIN]):
            find = Find(found.address, spot, "embed", "script", in_state=True)
            if small and ("/embed/" in written or "player." in written):
                yield find.weaker(0.8, "drawn by a script in the article")
            else:
                yield find.weaker(0.3, "only in a script")
