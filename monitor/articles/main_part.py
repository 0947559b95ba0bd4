"""Where in a page its article stands: the smallest element that holds most of the running text."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from monitor.articles.regions import A_COOKIE_BANNER, A_DIALOG, COMMENTS, beside, names_of

if TYPE_CHECKING:
    from monitor.articles.page import Page, Spot

_PROSE_LENGTH = 60
_LONG = 250
"""Characters that no teaser's link has."""
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
    ["a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "small", "span",
     "strong", "sub", "sup", "time", "tt", "u", "var"]
)  # fmt: skip
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

_Lengths = dict[int, tuple[LexborNode, int]]


class _Prose:
    """Running text that one element holds."""

    __slots__ = ("chain", "length")

    def __init__(self, spot: "Spot", length: int) -> None:
        self.chain = spot.above()
        """The element and all around it, inside out."""
        self.length = length

    def is_beside(self) -> bool:
        """Whether it stands beside the article for all one knows."""
        return any(spot.beside and (spot.firmly or spot.beside == A_COOKIE_BANNER) for spot in self.chain)


def main_of(page: "Page") -> "Spot | None":
    """The part, None where there is no running text. Spots of the page learn their weights."""
    body = page.tree.body
    if body is None:
        return None
    paragraphs, headlines, told = _marked(page)
    if sum(length for _, length in paragraphs.values()) < _ENOUGH_PROSE:
        paragraphs = _in_any_block(page)
    prose = [_Prose(page.spot(holder), length) for holder, length in paragraphs.values()]
    whole = page.spot(body)
    touched = _weigh(prose)
    if not whole.weight:
        return None
    _favour(prose, headlines, told)
    _pardon(touched, whole.weight * _NOT_BESIDE_SHARE, {COMMENTS, A_COOKIE_BANNER, A_DIALOG})
    weighed = [one for one in prose if not one.is_beside()]
    if sum(one.length for one in weighed) < whole.weight * _LEFT_SHARE:
        _pardon(touched, whole.weight * _PART_SHARE, {COMMENTS, A_COOKIE_BANNER})
        weighed = [one for one in prose if not one.is_beside()]
    for spot in touched:
        spot.weight = 0
    return _smallest_with_most(_weigh(weighed), whole)


def _marked(page: "Page") -> "tuple[_Lengths, list[Spot], set[int]]":
    """What holds paragraphs of running text and how much; headlines; elements that are told to be the article's body."""
    lengths: _Lengths = {}
    headlines, told = [], set()
    for node in page.tree.css('p,h1,[itemprop~="articleBody"]'):
        tag = node.tag
        if tag == "h1":
            headlines.append(page.spot(node))
        elif tag != "p":
            told.add(id(page.spot(node)))
        elif (length := len(node.text())) >= _PROSE_LENGTH and not _is_teaser(node, length):
            holder = node.parent
            known = lengths.get(holder.mem_id) if holder is not None else None
            if known is not None:
                lengths[known[0].mem_id] = (known[0], known[1] + length)
            elif holder is not None and not _is_in_link(holder):
                lengths[holder.mem_id] = (holder, length)
    return lengths, headlines, told


def _is_teaser(node: LexborNode, length: int) -> bool:
    return (length < _LONG and 2 * _linked(node) > length) or _is_beside(node)


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


def _in_any_block(page: "Page") -> _Lengths:
    """The same for pages that put their text elsewhere: every piece of text counts for the block that it stands in."""
    lengths: _Lengths = {}
    linked: dict[int, int] = {}
    for node in page.text_nodes():
        parent = block = node.parent
        while block is not None and block.tag in _INLINE:
            block = block.parent
        if parent is None or block is None or block.tag in _NO_PROSE:
            continue
        key, length = block.mem_id, len(node.text_content or "")
        lengths[key] = (block, lengths[key][1] + length if key in lengths else length)
        if parent.tag == "a" or (parent.parent is not None and parent.parent.tag == "a"):
            linked[key] = linked.get(key, 0) + length
    return {
        key: (block, length)
        for key, (block, length) in lengths.items()
        if length >= _PROSE_LENGTH and linked.get(key, 0) * 2 <= length
    }


def _favour(prose: list[_Prose], headlines: "list[Spot]", told: set[int]) -> None:
    """What stands in the article element of the headline counts twice; what holds the headline is not beside the article."""
    for headline in headlines:
        for around in headline.above():
            if around.weight and around.tag not in _TOLD_BY_TAG:
                around.pardon()
            if around.tag == "article":
                told.add(id(around))
    for one in prose if told else ():
        if any(id(spot) in told for spot in one.chain):
            one.length *= 2


def _pardon(touched: "Iterable[Spot]", enough: float, never: set[str]) -> None:
    """What holds much of the page's text is no sidebar, whatever its classes say of its neighbours."""
    for spot in touched:
        if spot.weight > enough and spot.beside and spot.beside not in never and spot.tag not in _TOLD_BY_TAG:
            spot.pardon()


def _weigh(prose: "Iterable[_Prose]") -> "list[Spot]":
    """Adds each length to all that is around it; gives what was touched."""
    touched: dict[int, Spot] = {}
    for one in prose:
        length = one.length
        for around in one.chain:
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
