"""From the looks that a source is worth to the elements, texts and scripts of its tree, and to all others where these do not agree."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from monitor.articles.page import Page, Script, Spot, Text

_MOST_PIECES = 40
"""Pieces of one attribute's values that a selector names each; with more, every element with the attribute is looked at."""


_SHORTEST = 8
"""Characters that an address or id has at least."""


class Worth(NamedTuple):
    """What of a page may name a post, each in document order."""

    spots: list[Spot]
    """Elements whose attributes may, and templates."""
    texts: list[Text]
    scripts: list[Script]
    names: frozenset[str] | None
    """The attributes that are worth it; None for all."""


def worth_a_look(page: Page) -> Worth:
    """Nothing else of the page names a post."""
    looks = page.looks
    if not looks:
        return Worth([], [], [], None)
    spots = _spots(page)
    lost = _lost(looks.pieces, spots) + looks.words
    scripts = _scripts(page, lost) if lost else []
    lost = _not_commented(page.raw, lost - _counted(lost, [script.words for script in scripts]))
    texts = _texts(page, lost) if lost else []
    lost -= _counted(lost, [text.words for text in texts])
    if lost:
        return Worth(_with_any_attribute(page, lost, spots), texts, scripts, None)
    return Worth(spots, texts, scripts, frozenset(name for name, _ in looks.pieces))


def everything(page: Page) -> Worth:
    """The whole page, which is slow: for tests."""
    texts = list(page.texts)
    scripts = [Script(text.spot.node, text.words) for text in texts if text.spot.tag == "script"]
    return Worth(page.spots, [text for text in texts if text.spot.tag != "script"], scripts, None)


def _spots(page: Page) -> list[Spot]:
    looks = page.looks
    selectors = [*_selectors(looks.pieces), *(f"[{name}]" for name in looks.names), *looks.tags]
    if looks.in_templates:
        selectors.append("template")
    return page.select(",".join(selectors)) if selectors else []


def _selectors(pieces: Iterable[tuple[str, str]]) -> Iterator[str]:
    by_name: dict[str, list[str]] = {}
    for name, piece in pieces:
        by_name.setdefault(name, []).append(piece)
    for name, several in by_name.items():
        if len(several) > _MOST_PIECES:
            yield f"[{name}]"
        else:
            yield from (f'[{name}*="{_quoted(piece)}" i]' for piece in several)


def _quoted(piece: str) -> str:
    return piece.replace("\\", "\\\\")


def _scripts(page: Page, pieces: Iterable[str]) -> list[Script]:
    scripts = (Script(node, node.text() or "") for node in page.tree.css("script"))
    return [script for script in scripts if any(piece in script.words for piece in pieces)]


def _texts(page: Page, pieces: Iterable[str]) -> list[Text]:
    nodes = list(page.text_nodes())
    words = [node.text_content or "" for node in nodes]
    ends = list(accumulate(len(one) + 1 for one in words))
    joined = "\n".join(words)
    telling = {bisect_right(ends, at) for piece in pieces for at in _places(joined, piece)}
    found = []
    for number in sorted(telling):
        parent = nodes[number].parent
        if parent is not None and parent.is_element_node and parent.tag != "script":
            found.append(Text(page.spot(parent), words[number]))
    return found


def _places(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + len(piece))


def _lost(pieces: Counter[tuple[str, str]], spots: list[Spot]) -> Counter[str]:
    """The pieces that stand in the source more often than in the attributes where they seemed to stand."""
    values: dict[str, list[str]] = {}
    for spot in spots:
        for name, value in spot.attrs.items():
            values.setdefault(name, []).append(value or "")
    joined = {name: "\n".join(several) for name, several in values.items()}
    lost: Counter[str] = Counter()
    for (name, piece), often in pieces.items():
        short = often - joined.get(name, "").count(piece)
        if short > 0:
            lost[piece] += short
    return lost


def _not_commented(raw: bytes, lost: Counter[str]) -> Counter[str]:
    """Without the pieces that are lost as often as they stand in what looks like comments."""
    if len(lost) > _MOST_PIECES:
        return lost
    return Counter({piece: short for piece, short in lost.items() if _commented(raw, piece.encode(), short) < short})


def _commented(raw: bytes, piece: bytes, most: int) -> int:
    found = at = 0
    while found < most and (at := raw.find(piece, at)) >= 0:
        opened = raw.rfind(b"<!--", 0, at)
        found += opened > raw.rfind(b"-->", 0, at)
        at += len(piece)
    return found


def _counted(pieces: Iterable[str], texts: list[str]) -> Counter[str]:
    joined = "\n".join(texts)
    return Counter({piece: joined.count(piece) for piece in pieces})


def _with_any_attribute(page: Page, pieces: Iterable[str], known: list[Spot]) -> list[Spot]:
    """The known ones, and all that hold a piece in whatever attribute."""
    wanted = {spot.node.mem_id for spot in known}
    found = []
    for node in page.tree.css("*"):
        values = "\n".join(filter(None, node.attributes.values()))
        if node.mem_id in wanted or (len(values) > _SHORTEST and any(piece in values for piece in pieces)):
            found.append(page.spot(node))
    return found
