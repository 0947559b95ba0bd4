"""The main text of an article in paragraphs, each with the element that it stands in: read from the page's own tree.

Headlines of the page, pictures' captions, embeds and what stands beside the article are no part of it; headings within are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from monitor.articles.attributes import CONTAINERS
from monitor.articles.page import Page, Spot
from monitor.platforms import address_of

_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_WHOLE = frozenset(["p", "pre", "dt", "tr", *_HEADINGS])
_PARTS = frozenset(["li", "dd", "blockquote", "div", "td", "th", "section", "article", "main", "center", "body"])
_SELECTOR = ",".join(sorted(_WHOLE | _PARTS))
_BLOCKS_IN_ROW = "p,div,table,ul,ol,section,article,h2,h3,h4"
_INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
     "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"]
)  # fmt: skip
_NEVER = frozenset(
    ["figure", "figcaption", "nav", "footer", "form", "button", "script", "style", "template", "svg", "iframe", "select", "textarea",
     "aside", "dialog", "address"]
)  # fmt: skip
_SHARE = 0.75
"""Of the page's running text, beside which nothing stands: texts are often parted by boxes."""
_LONG, _SENTENCE = 80, 30
_MOST_LINKS = 5
_ENDS = tuple(".!?…:”\"»“’')。」")
_APART = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, white space collapsed, and the element that holds it: None where that is not known."""

    words: str
    spot: Spot | None = None
    names_post: bool = False
    """Whether it links to a post: however short, and be it nothing but that link, it belongs to the article."""


def paragraphs_of(page: Page) -> list[Paragraph]:
    """The paragraphs in order; none where the page has no running text."""
    main = page.main
    if main is None:
        return []
    enough = main.above()[-1].weight * _SHARE
    root = next((around for around in main.above() if around.weight >= enough), main)
    return _trimmed([paragraph for node in root.node.css(_SELECTOR) for paragraph in _in(page, node, root)])


def _in(page: Page, node: LexborNode, main: Spot) -> Iterator[Paragraph]:
    tag = node.tag or ""
    pieces: list[str] = []
    linked = _row(node, pieces) if tag == "tr" else _gather(node, pieces, tag == "pre")
    text = "".join(pieces)
    mostly_linked = linked * 2 > len(text) and tag not in _HEADINGS
    names_post = tag == "p" and linked > 0 and _names_post(node)
    if not text or text.isspace() or (mostly_linked and not names_post):
        return
    spot = page.spot(node)
    if _stands_beside(spot, main):
        return
    for part in _APART.split(text) if "\n" in text else (text,):
        words = " ".join(part.split())
        if words:
            yield Paragraph(words, spot, names_post)


def _names_post(node: LexborNode) -> bool:
    return any(address_of(link.attributes.get("href") or "") for link in node.css("a[href]")[:_MOST_LINKS])


def _gather(node: LexborNode, pieces: list[str], is_plain: bool = False) -> int:
    """Collects the text of a block without that of blocks in it, line breaks kept; gives how many of its letters are linked."""
    linked = 0
    for child in node.iter(include_text=True):
        tag = child.tag
        if child.is_text_node:
            text = child.text_content or ""
            pieces.append(text if is_plain else text.replace("\n", " "))
        elif tag == "br":
            pieces.append("\n")
        elif tag in _INLINE:
            before = len(pieces)
            inner = _gather(child, pieces, is_plain)
            linked += sum(map(len, pieces[before:])) if tag == "a" else inner
    return linked


def _row(node: LexborNode, pieces: list[str]) -> int:
    if node.css_first(_BLOCKS_IN_ROW) is not None:
        return 0
    cells = [" ".join(cell.text().split()) for cell in node.iter()]
    pieces.append(" | ".join(filter(None, cells)))
    return sum(len(link.text()) for link in node.css("a"))


def _stands_beside(spot: Spot, main: Spot) -> bool:
    for around in spot.above():
        if around is main:
            return False
        if around.tag in _NEVER or around.beside or not CONTAINERS.keys().isdisjoint(around.classes.lower().split()):
            return True
        if around.tag == "tr" and around is not spot and around.node.css_first(_BLOCKS_IN_ROW) is None:
            return True
    return False


def _trimmed(found: Sequence[Paragraph]) -> list[Paragraph]:
    """Without short lines before the first and after the last sentence: names, dates, buttons, tags."""
    long = [number for number, paragraph in enumerate(found) if paragraph.names_post or _is_long(paragraph.words)]
    if not long:
        return []
    first = long[0]
    while first > 0 and (spot := found[first - 1].spot) is not None and spot.tag in _HEADINGS:
        first -= 1
    return list(found[first : long[-1] + 1])


def _is_long(words: str) -> bool:
    return len(words) >= _LONG or (len(words) > _SENTENCE and words.endswith(_ENDS))
