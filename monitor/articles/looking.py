"""From the looks that a source is worth to the elements, texts and scripts of its tree, and to all others where these do not agree."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from monitor.articles.page import Page, Script, Spot, Text
from monitor.articles.source import Looks, id_in, pieces_in, signs_in
from monitor.platforms import SIGNS

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
    lost = _lost(looks, spots)
    scripts = _scripts(page, lost) if lost else []
    lost = _not_commented(page.raw, lost)
    texts = _texts(page) if lost else []
    lost -= pieces_in("\n".join(text.words for text in texts))
    if lost:
        return Worth(_with_any_attribute(page, spots), texts, scripts, None)
    return Worth(spots, texts, scripts, frozenset(name for name, _ in looks.pieces))


def everything(page: Page) -> Worth:
    """The whole page, which is slow: for tests."""
    texts = list(page.texts)
    scripts = [Script(t.spot.node, t.words, signs_in(t.words)[1]) for t in texts if t.spot.tag == "script"]
    return Worth(page.spots, [text for text in texts if text.spot.tag != "script"], scripts, None)


def _spots(page: Page) -> list[Spot]:
    looks = page.looks
    names = {*looks.names, *(name for name, _ in looks.ids)}
    selectors = [*_selectors(looks.pieces), *(f"[{name}]" for name in names), *looks.tags]
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


def _scripts(page: Page, lost: Counter[str]) -> list[Script]:
    """The scripts that hold what is lost, which is found with that."""
    scripts = []
    few = len(lost) <= _MOST_PIECES
    for node in page.tree.css("script"):
        words = node.text() or ""
        if len(words) <= _SHORTEST or (few and not any(piece in words for piece in lost)):
            continue
        pieces, shapes = signs_in(words)
        if not lost.keys().isdisjoint(pieces):
            scripts.append(Script(node, words, shapes))
            lost.subtract(pieces)
    return scripts


def _texts(page: Page) -> list[Text]:
    nodes = list(page.text_nodes())
    words = [(node.text_content or "").encode("utf-8", "replace") for node in nodes]
    ends = list(accumulate(len(one) + 1 for one in words))
    telling = {bisect_right(ends, sign.start) for sign in SIGNS.within(b"\n".join(words).lower())}
    found = []
    for number in sorted(telling):
        parent = nodes[number].parent
        if parent is not None and parent.is_element_node and parent.tag != "script":
            found.append(Text(page.spot(parent), nodes[number].text_content or ""))
    return found


def _lost(looks: Looks, spots: list[Spot]) -> Counter[str]:
    """The pieces that stand in the source more often than in the attributes where they seemed to stand."""
    values: dict[str, list[str]] = {}
    for spot in spots:
        for name, value in spot.attrs.items():
            values.setdefault(name, []).append(value or "")
    found = {name: pieces_in("\n".join(values.get(name, ()))) for name in {name for name, _ in looks.pieces}}
    ids = {name: Counter(id_in(value.encode()) for value in values.get(name, ())) for name in {n for n, _ in looks.ids}}
    lost = Counter(looks.words)
    for told, held in ((looks.pieces, found), (looks.ids, ids)):
        for (name, piece), often in told.items():
            lost[piece] += max(0, often - held[name][piece])
    return +lost


def _not_commented(raw: bytes, lost: Counter[str]) -> Counter[str]:
    """Without the pieces that are lost as often as they stand in what looks like comments."""
    lost = +lost
    if not lost or len(lost) > _MOST_PIECES:
        return lost
    comments = list(_comments(raw))
    return Counter({piece: often for piece, often in lost.items() if _often_in(raw, comments, piece, often) < often})


def _comments(raw: bytes) -> Iterator[tuple[int, int]]:
    """Where what looks like comments begins and ends, those that seem to stand in a tag left out."""
    at = 0
    opened = closed = -1
    while (start := raw.find(b"<!--", at)) >= 0:
        opened = max(opened, raw.rfind(b"<", at, start))
        closed = max(closed, raw.rfind(b">", at, start))
        if opened > closed:
            opened, at = start, start + 4
            continue
        end = raw.find(b"-->", start + 4)
        at = end if end >= 0 else len(raw)
        yield start, at


def _often_in(raw: bytes, ranges: Iterable[tuple[int, int]], piece: str, most: int) -> int:
    found, sought = 0, piece.encode()
    for start, end in ranges:
        found += raw.count(sought, start, end)
        if found >= most:
            break
    return found


def _with_any_attribute(page: Page, known: list[Spot]) -> list[Spot]:
    """The known ones, and all that may name a post in whatever attribute."""
    wanted = {spot.node.mem_id for spot in known}
    nodes = page.tree.css("*")
    values = ["\n".join(filter(None, node.attributes.values())).encode("utf-8", "replace") for node in nodes]
    ends = list(accumulate(len(one) + 1 for one in values))
    telling = {bisect_right(ends, sign.start) for sign in SIGNS.within(b"\n".join(values).lower())}
    return [page.spot(node) for at, node in enumerate(nodes) if at in telling or node.mem_id in wanted]
