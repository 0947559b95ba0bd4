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
        if any(piece in words for piece in looks.words) and node.parent is not None and node.parent.is_element_node:
            texts.append(Text(page.spot(node.parent), words))
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
    values: dict[str, str] = {}
    for spot in spots:
        for name, value in spot.attrs.items():
            values[name] = f"{values.get(name, '')}\n{value or ''}"
    lost = {p for name, p in looks.pieces if p not in (held := values.get(name, "")) and p not in held.lower()}
    if looks.in_scripts > sum(len(script.signs) for script in (page.scripts if looks.in_scripts else ())):
        return True
    lost |= {piece for piece in looks.words if not any(piece in text.words for text in texts)}
    return bool(lost) and not _inert(page, looks, lost)


def _inert(page: Page, looks: Looks, pieces: set[str]) -> bool:
    """Whether the pieces stand in templates, which are no part of the tree."""
    inert = "".join(node.html or "" for node in page.nodes("template")) if looks.in_templates else ""
    return all(piece in inert for piece in pieces)
