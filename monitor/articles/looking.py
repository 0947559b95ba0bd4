"""From the looks that a source is worth to the elements and texts of its tree."""

from collections.abc import Iterable, Iterator

from monitor.articles.page import Page, Spot, Text
from monitor.articles.source import Looks

_MOST_PIECES = 40
"""Pieces of one attribute's values that a selector names each; with more, every element with the attribute is looked at."""


def worth_a_look(page: Page) -> tuple[list[Spot], list[Text]]:
    """The elements whose attributes may name a post, templates, and the texts that may, each in document order."""
    looks = page.looks
    if not looks.everywhere:
        spots, texts = _spots(page, looks), _texts(page, looks)
        if not _are_missing(page, looks, spots, texts):
            return spots, texts
        looks.everywhere = True
    return page.spots, list(page.texts)


def _spots(page: Page, looks: Looks) -> list[Spot]:
    selectors = [*_selectors(looks.pieces), *looks.tags]
    if looks.in_templates:
        selectors.append("template")
    return page.select(",".join(selectors)) if selectors else []


def _texts(page: Page, looks: Looks) -> list[Text]:
    texts = []
    for node in page.text_nodes() if looks.words else ():
        words = node.text_content or ""
        parent = node.parent
        if any(p in words for p in looks.words) and parent is not None and parent.tag not in (None, "script"):
            texts.append(Text(page.spot(parent), words))
    return texts


def _selectors(pieces: Iterable[tuple[str, str]]) -> Iterator[str]:
    by_name: dict[str, list[str]] = {}
    for name, piece in pieces:
        by_name.setdefault(name, []).append(piece)
    for name, several in by_name.items():
        if "" in several or len(several) > _MOST_PIECES:
            yield f"[{name}]"
        else:
            yield from (f'[{name}*="{piece}" i]' for piece in several)


def _are_missing(page: Page, looks: Looks, spots: list[Spot], texts: list[Text]) -> bool:
    """Whether something that stands in the source was not found in the tree where it seemed to stand."""
    if looks.in_scripts > sum(len(script.signs) for script in (page.scripts if looks.in_scripts else ())):
        return True
    values: dict[str, list[str]] = {}
    for spot in spots:
        for name, value in spot.attrs.items():
            values.setdefault(name, []).append(value or "")
    joined = {name: "\n".join(several) for name, several in values.items()}
    lost = {p for (name, p), often in looks.pieces.items() if _count(p, joined.get(name, "")) < often}
    shown = "\n".join(text.words for text in texts)
    lost |= {piece for piece, often in looks.words.items() if shown.count(piece) < often}
    return bool(lost) and not _inert(page, looks, lost)


def _count(piece: str, values: str) -> int:
    return values.count(piece) or values.lower().count(piece)


def _inert(page: Page, looks: Looks, pieces: set[str]) -> bool:
    """Whether the pieces stand in templates, which are no part of the tree."""
    inert = "".join(node.html or "" for node in page.nodes("template")) if looks.in_templates else ""
    return all(piece in inert for piece in pieces)
