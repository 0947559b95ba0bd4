"""The citations of a page: sightings judged by where they stand, and put together one a post.

`citations_in(page, numbers, told)` is the call.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from monitor.articles.belonging import About
from monitor.articles.find import Find
from monitor.articles.looking import Worth, worth_a_look
from monitor.articles.page import Page, Spot
from monitor.articles.prose import Paragraph
from monitor.articles.recognise import finds_in
from monitor.articles.regions import A_BUTTON, AN_ASIDE
from monitor.articles.short_links import without_embeds_own
from monitor.articles.states import finds_in_scripts
from monitor.model.article import Citation, CitationKind, Place

SURE = 0.5
"""Confidence from which on a sighting counts as a citation."""
_STRENGTH: dict[CitationKind, int] = {"embed": 3, "link": 2, "quote": 1, "mention": 0, "visual": 0}
_KEY_LENGTH = 48
_ASIDE_PROSE = 300
"""Characters of running text that make an aside within the text a box of the article."""
_NOT_WORD = re.compile(r"\W+")


class Numbers:
    """Which paragraph of the main text an element belongs to."""

    def __init__(self, page: Page, paragraphs: Sequence[Paragraph] = ()) -> None:
        self._own: dict[int, list[tuple[int, str]]] = {}
        self._orders: list[int] = []
        self._numbers: list[int] = []
        homeless: dict[str, tuple[int, str]] = {}
        for number, paragraph in enumerate(paragraphs, 1):
            if paragraph.spot is not None:
                self._own.setdefault(id(paragraph.spot), []).append((number, paragraph.words))
                self._orders.append(paragraph.spot.order)
                self._numbers.append(number)
            else:
                homeless.setdefault(_key(paragraph.words), (number, paragraph.words))
        homeless.pop("", None)
        for block in page.blocks if homeless else ():
            known = homeless.get(_key(block.text))
            if known is not None:
                self._own.setdefault(id(block), []).append(known)
                self._orders.append(block.order)
                self._numbers.append(known[0])

    def of(self, spot: Spot) -> tuple[int | None, bool]:
        """The paragraph, and whether the spot stands in it (else it follows it)."""
        if not self._orders:
            return None, False
        for around in spot.above():
            if id(around) in self._own:
                return _likeliest(self._own[id(around)], spot), True
        at = bisect_right(self._orders, spot.order)
        return (self._numbers[at - 1], False) if at else (None, False)


def _likeliest(parts: list[tuple[int, str]], spot: Spot) -> int:
    """Of the paragraphs that line breaks make of one element, the one that holds a spot's words."""
    words = " ".join((spot.node.text() or "").split()) if len(parts) > 1 else ""
    return next((number for number, part in parts if words and words in part), parts[0][0])


def citations_in(
    page: Page,
    numbers: Numbers,
    told: Callable[[], About],
    look: Callable[[Page], Worth] = worth_a_look,
) -> tuple[Citation, ...]:
    """One citation a post, in the order of the page; doubtful ones last in confidence, never dropped."""
    worth = look(page)
    shown = [judged(find, page) for find in without_embeds_own(finds_in(worth))]
    sure = {find.address.url for find in shown if find.confidence >= SURE}
    finds = [*shown, *finds_in_scripts(page, worth.scripts, sure, told)]
    return merged(finds, numbers)


def judged(find: Find, page: Page) -> Find:
    """The sighting with less confidence where the address, or the page's structure, says that it may be none of the article's."""
    if find.container is None:
        find = find.weaker(find.address.trust, find.address.doubt)
    if find.in_state or find.spot.tag == "meta":
        return find
    firm = find.kind == "embed" or find.form == "attribute"
    if find.form == "attribute" and find.spot.beside == A_BUTTON:
        return find.weaker(0.3, f"in {A_BUTTON}")
    around = find.spot.above()
    if firm and not any(spot.beside for spot in around):
        return find
    for spot in around:
        if spot.holds_main:
            break
        if spot is find.container:
            continue
        if spot.beside == AN_ASIDE and find.spot.in_main and spot.prose > _ASIDE_PROSE:
            continue
        if spot.beside and (spot.firmly or not firm or not find.spot.in_main):
            return find.weaker(0.3, f"in {spot.beside}")
    if not firm and page.main is not None and not find.spot.in_main:
        return find.weaker(0.4, "outside the article's text")
    return find


def merged(finds: Iterable[Find], numbers: Numbers) -> tuple[Citation, ...]:
    """Sightings of one post as one citation with its places; the strongest kind and the best confidence hold."""
    groups: dict[tuple[str, str], list[Find]] = {}
    for find in finds:
        groups.setdefault((find.address.platform, find.address.post_id or find.address.url), []).append(find)
    return tuple(_citation(group, numbers) for group in groups.values())


def _citation(finds: list[Find], numbers: Numbers) -> Citation:
    best = max(finds, key=lambda find: (find.confidence >= SURE, _STRENGTH[find.kind], find.confidence))
    worth = [f for f in finds if f.confidence >= min(SURE, best.confidence)]
    places: dict[tuple[int | None, CitationKind], Place] = {}
    for find in [best, *worth]:
        place = _place(find, numbers)
        places.setdefault((place.paragraph, place.kind), place)
    address = best.address
    handle = address.handle or next((f.address.handle for f in finds if f.address.handle), None)
    return Citation(
        address.platform,
        address.post_id,
        address.url,
        best.kind,
        handle,
        tuple(places.values()),
        best.confidence,
        best.reason,
    )


def _place(find: Find, numbers: Numbers) -> Place:
    form = f"{find.address.platform}.{find.form.replace(' ', '_')}"
    if find.in_state:
        return Place(None, "page state", find.kind, form, find.text)
    if find.spot.tag == "meta":
        return Place(None, "head", find.kind, form, find.text)
    number, inside = numbers.of(find.spot)
    where = f"paragraph {number}" if inside else f"after paragraph {number}" if number else "before the text"
    return Place(number, where, find.kind, form, find.words())


def _key(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())[:_KEY_LENGTH]
