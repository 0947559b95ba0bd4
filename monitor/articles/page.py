"""A page taken apart once: its elements and texts in document order, where its article stands, and what stands beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.articles.regions import beside

BLOCKS = frozenset(
    [
        "p",
        "li",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "div",
        "td",
        "th",
        "figcaption",
        "pre",
        "section",
        "article",
        "main",
        "aside",
        "footer",
        "header",
        "body",
    ]
)
_NO_PROSE = frozenset(
    ["script", "style", "template", "textarea", "noscript", "iframe", "svg", "option", "select", "button", "title"]
)
_PROSE_LENGTH = 60
_MAIN_SHARE = 0.6
_NOT_BESIDE_SHARE = 0.4
_LEFT_SHARE = 0.25
_PART_SHARE = 0.05
_NO_MAIN = frozenset({"p", "li", "blockquote", "ul", "ol", "dl", "tr", "pre"})
_TOLD_BY_TAG = frozenset({"aside", "nav", "footer"})


@dataclass(slots=True, eq=False)
class Spot:
    """An element at its place in the page."""

    node: LexborNode
    tag: str
    attrs: dict[str, str | None]
    parent: "Spot | None"
    order: int
    beside: str
    """Why this very element looks beside the article; "" if it does not."""
    firmly: bool
    """Whether that holds for embeds in it too."""
    texts: list[str] = field(default_factory=list)
    """The texts of a block, in order; empty for elements inside a line."""
    prose: int = 0
    """Characters of running text in and below it."""
    linked: int = 0
    """Characters of its texts that stand in links."""
    holds_main: bool = False
    in_main: bool = False

    @property
    def classes(self) -> str:
        """The class attribute as written."""
        return self.attrs.get("class") or ""

    def above(self) -> "Iterator[Spot]":
        """The element itself and all around it, inside out."""
        spot: Spot | None = self
        while spot is not None:
            yield spot
            spot = spot.parent

    def block(self) -> "Spot":
        """The nearest block that holds it."""
        return next((spot for spot in self.above() if spot.tag in BLOCKS), self)

    @property
    def text(self) -> str:
        """The text of a block itself, white space collapsed."""
        return " ".join("".join(self.texts).split())


@dataclass(slots=True)
class Text:
    """A piece of text and the element that it stands in."""

    spot: Spot
    words: str
    order: int


@dataclass(slots=True)
class Page:
    """The parsed page."""

    spots: list[Spot]
    texts: list[Text]
    main: Spot | None
    """The smallest element that holds most of the running text."""
    tree: LexborHTMLParser
    known: dict[int, Spot] = field(default_factory=dict)

    def select(self, selector: str) -> list[Spot]:
        """The elements that a CSS selector finds, each once, in document order."""
        return [self.known[node.mem_id] for node in self.nodes(selector) if node.mem_id in self.known]

    def nodes(self, selector: str) -> Iterable[LexborNode]:
        """`select` without their spots."""
        return {node.mem_id: node for node in self.tree.css(selector)}.values()

    @property
    def blocks(self) -> list[Spot]:
        """Blocks that have text of their own, in order."""
        return [spot for spot in self.spots if spot.texts]


def page_of(markup: str) -> Page:
    """Parses markup, once. Quadratic in nesting and in attributes of one tag: see `bounded`."""
    tree = LexborHTMLParser(markup)
    page = Page([], [], None, tree)
    root = tree.root
    if root is None:
        return page
    known = page.known
    for order, node in enumerate(root.traverse(include_text=True)):
        around = node.parent
        parent = known.get(around.mem_id) if around is not None else None
        if node.is_text_node:
            _take_text(page, parent, node, order)
        elif node.is_element_node and node.tag:
            known[node.mem_id] = _take_element(page, parent, node, order)
    _find_main(page)
    return page


def _take_element(page: Page, parent: Spot | None, node: LexborNode, order: int) -> Spot:
    attrs = node.attributes
    tag = node.tag or ""
    names = f"{attrs.get('class') or ''} {attrs.get('id') or ''}".strip()
    why, firmly = beside(tag, names) if tag not in ("html", "body", "main", "article") else ("", False)
    spot = Spot(node, tag, attrs, parent, order, why, firmly)
    page.spots.append(spot)
    return spot


def _take_text(page: Page, parent: Spot | None, node: LexborNode, order: int) -> None:
    words = node.text_content
    if parent is None or not words or words.isspace():
        return
    page.texts.append(Text(parent, words, order))
    if parent.tag in _NO_PROSE:
        return
    block = parent.block()
    block.texts.append(words)
    if parent.tag == "a" or (parent.parent is not None and parent.parent.tag == "a"):
        block.linked += len(words)


def _find_main(page: Page) -> None:
    prose = [spot for spot in page.blocks if (length := _length(spot)) >= _PROSE_LENGTH and spot.linked * 2 <= length]
    _weigh(page, prose)
    body = next((spot for spot in page.spots if spot.tag == "body"), None)
    if body is None or not body.prose:
        return
    whole = body.prose
    for headline in (spot for spot in page.spots if spot.tag == "h1"):
        for around in headline.above():
            if around.prose and around.tag not in _TOLD_BY_TAG:
                around.beside = ""
    _pardon(page, whole * _NOT_BESIDE_SHARE)
    weighed = [spot for spot in prose if not any(s.beside and s.firmly for s in spot.above())]
    if sum(map(_length, weighed)) < whole * _LEFT_SHARE:
        _pardon(page, whole * _PART_SHARE)
        weighed = [spot for spot in prose if not any(s.beside and s.firmly for s in spot.above())]
    _weigh(page, weighed)
    page.main = _smallest_with_most(page, body)
    for spot in page.main.above():
        spot.holds_main = True
    for spot in page.spots:
        spot.in_main = spot is page.main or (spot.parent is not None and spot.parent.in_main)


def _pardon(page: Page, enough: float) -> None:
    """What holds much of the page's text is no sidebar, whatever its classes say of its neighbours."""
    for spot in page.spots:
        if spot.beside and spot.beside != "comments" and spot.prose > enough and spot.tag not in _TOLD_BY_TAG:
            spot.beside = ""


def _length(spot: Spot) -> int:
    return sum(map(len, spot.texts))


def _weigh(page: Page, prose: list[Spot]) -> None:
    for spot in page.spots:
        spot.prose = 0
    for block in prose:
        length = _length(block)
        for around in block.above():
            around.prose += length


def _smallest_with_most(page: Page, body: Spot) -> Spot:
    best: dict[int, Spot] = {}
    for spot in page.spots:
        if spot.parent is not None and spot.prose > getattr(best.get(id(spot.parent)), "prose", 0):
            best[id(spot.parent)] = spot
    main, enough = body, body.prose * _MAIN_SHARE
    while (child := best.get(id(main))) is not None and child.prose >= enough and child.tag not in _NO_MAIN:
        main = child
    article = next(
        (spot for spot in main.above() if spot.tag == "article" or spot.attrs.get("itemprop") == "articleBody"), main
    )
    return article if article.prose * _MAIN_SHARE <= main.prose else main
