"""Where in a page its article stands: the smallest element that holds most of the running text."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from monitor.articles.regions import A_COOKIE_BANNER, A_DIALOG, COMMENTS, beside, names_of

if TYPE_CHECKING:
    from monitor.articles.page import Page, Spot

_PROSE_LENGTH = 60
_ENOUGH_PROSE = 1_000
"""Characters in paragraph elements that spare the search for running text in others."""
_MAIN_SHARE = 0.6
_NOT_BESIDE_SHARE = 0.4
_LINK_HEIGHT = 3
_LEFT_SHARE = 0.25
_PART_SHARE = 0.05
_NO_MAIN = frozenset({"p", "li", "blockquote", "ul", "ol", "dl", "tr", "pre"})
_TOLD_BY_TAG = frozenset({"aside", "nav", "footer"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
    ]
)
_NO_PROSE = frozenset(
    [
        "script",
        "style",
        "template",
        "textarea",
        "noscript",
        "iframe",
        "svg",
        "option",
        "select",
        "button",
        "title",
        "head",
    ]
)

Prose = "list[tuple[Spot, int]]"


def main_of(page: "Page") -> "Spot | None":
    """The part, None where there is no running text. Spots of the page learn their weights."""
    body = page.tree.body
    if body is None:
        return None
    prose = list(_in_paragraphs(page))
    if sum(length for _, length in prose) < _ENOUGH_PROSE:
        prose = list(_in_any_block(page))
    whole = page.spot(body)
    touched = _weigh(prose)
    if not whole.weight:
        return None
    prose = _favoured(page, prose)
    _pardon(touched, whole.weight * _NOT_BESIDE_SHARE, {COMMENTS, A_COOKIE_BANNER, A_DIALOG})
    weighed = _not_beside(prose)
    if sum(length for _, length in weighed) < whole.weight * _LEFT_SHARE:
        _pardon(touched, whole.weight * _PART_SHARE, {COMMENTS, A_COOKIE_BANNER})
        weighed = _not_beside(prose)
    for spot in touched:
        spot.weight = 0
    return _smallest_with_most(_weigh(weighed), whole)


def _in_paragraphs(page: "Page") -> "Iterator[tuple[Spot, int]]":
    """What holds paragraph elements of running text, and how much."""
    lengths: dict[int, int] = {}
    holders: dict[int, LexborNode] = {}
    for node in page.tree.css("p"):
        length = len(node.text())
        if length < _PROSE_LENGTH or 2 * _linked(node) > length:
            continue
        holder = node.parent
        if holder is None or _is_beside(node) or _is_in_link(holder):
            continue
        key = holder.mem_id
        holders[key] = holder
        lengths[key] = lengths.get(key, 0) + length
    for key, holder in holders.items():
        yield page.spot(holder), lengths[key]


def _linked(node: LexborNode) -> int:
    return sum(len(child.text()) for child in node.iter() if child.tag == "a")


def _is_in_link(node: LexborNode) -> bool:
    around: LexborNode | None = node
    for _ in range(_LINK_HEIGHT):
        if around is None or around.tag == "a":
            break
        around = around.parent
    return around is not None and around.tag == "a"


def _is_beside(node: LexborNode) -> bool:
    attrs = node.attributes
    return bool(attrs) and beside("p", names_of(attrs))[1]


def _in_any_block(page: "Page") -> "Iterator[tuple[Spot, int]]":
    """The same for pages that put their text elsewhere: every piece of text counts for the block that it stands in."""
    lengths: dict[int, int] = {}
    linked: dict[int, int] = {}
    blocks: dict[int, LexborNode] = {}
    for node in page.text_nodes():
        parent = block = node.parent
        while block is not None and block.tag in _INLINE:
            block = block.parent
        if parent is None or block is None or block.tag in _NO_PROSE:
            continue
        key, length = block.mem_id, len(node.text_content or "")
        blocks[key] = block
        lengths[key] = lengths.get(key, 0) + length
        if parent.tag == "a" or (parent.parent is not None and parent.parent.tag == "a"):
            linked[key] = linked.get(key, 0) + length
    for key, length in lengths.items():
        if length >= _PROSE_LENGTH and linked.get(key, 0) * 2 <= length:
            yield page.spot(blocks[key]), length


def _favoured(page: "Page", prose: "list[tuple[Spot, int]]") -> "list[tuple[Spot, int]]":
    """What stands in the article element of the headline counts twice; what holds the headline is not beside the article."""
    told = set(map(id, page.select('[itemprop~="articleBody"]')))
    for headline in page.select("h1"):
        for around in headline.above():
            if around.weight and around.tag not in _TOLD_BY_TAG:
                around.beside = ""
            if around.tag == "article":
                told.add(id(around))
    if not told:
        return prose
    return [(spot, length * 2 if any(id(s) in told for s in spot.above()) else length) for spot, length in prose]


def _not_beside(prose: "Iterable[tuple[Spot, int]]") -> "list[tuple[Spot, int]]":
    return [(spot, length) for spot, length in prose if not any(map(_no_article, spot.above()))]


def _no_article(spot: "Spot") -> bool:
    return bool(spot.beside) and (spot.firmly or spot.beside == A_COOKIE_BANNER)


def _pardon(touched: "Iterable[Spot]", enough: float, never: set[str]) -> None:
    """What holds much of the page's text is no sidebar, whatever its classes say of its neighbours."""
    for spot in touched:
        if spot.beside and spot.beside not in never and spot.weight > enough and spot.tag not in _TOLD_BY_TAG:
            spot.beside = ""


def _weigh(prose: "Iterable[tuple[Spot, int]]") -> "list[Spot]":
    """Adds each length to all that is around it; gives what was touched."""
    touched: dict[int, Spot] = {}
    for block, length in prose:
        for around in block.above():
            around.weight += length
            touched[id(around)] = around
    return list(touched.values())


def _smallest_with_most(touched: "Iterable[Spot]", body: "Spot") -> "Spot":
    best: dict[int, Spot] = {}
    for spot in touched:
        if spot.parent is not None:
            known = best.get(id(spot.parent))
            if known is None or spot.weight > known.weight:
                best[id(spot.parent)] = spot
    main, enough = body, body.weight * _MAIN_SHARE
    while (child := best.get(id(main))) is not None and child.weight >= enough and child.tag not in _NO_MAIN:
        main = child
    article = next(
        (spot for spot in main.above() if spot.tag == "article" or spot.attrs.get("itemprop") == "articleBody"), main
    )
    return article if article.weight * _MAIN_SHARE <= main.weight else main
