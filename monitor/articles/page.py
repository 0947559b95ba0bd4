"""A page as a tree that is looked at only where that is worth it: elements, texts, and what they stand in.

Elements become `Spot`s when somebody asks for them; most of a page's never do.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.articles.main_part import main_of
from monitor.articles.regions import THE_FOOTER, beside, names_of
from monitor.articles.source import Looks, looks_in

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
NO_PROSE = frozenset(
    ["script", "style", "template", "textarea", "noscript", "iframe", "svg", "option", "select", "button", "title"]
)


class Spot:
    """An element at its place in the page."""

    __slots__ = ("_around", "_beside", "_has_parent", "_page", "_parent", "_words", "attrs", "node", "tag", "weight")

    def __init__(self, page: "Page", node: LexborNode) -> None:
        self._page = page
        self.node = node
        self.tag = node.tag or ""
        self.attrs = node.attributes
        self._around: list[Spot] | None = None
        self._parent: Spot | None = None
        self._has_parent = False
        self._beside: tuple[str, bool] | None = None
        self._words: str | None = None
        self.weight = 0
        """Characters of running text in and below it, once the main part was looked for."""

    @property
    def parent(self) -> "Spot | None":
        """The element around it."""
        if not self._has_parent:
            self._has_parent = True
            node = self.node.parent
            self._parent = self._page.spot(node) if node is not None and node.is_element_node else None
        return self._parent

    @property
    def beside(self) -> str:
        """Why this very element looks beside the article, "" if it does not."""
        if self._beside is None:
            self._beside = beside(self.tag, self.names)
            if self._beside[0] == THE_FOOTER and any(spot.tag == "blockquote" for spot in self.around()):
                self._beside = ("", False)
        return self._beside[0]

    @property
    def firmly(self) -> bool:
        """Whether that holds for embeds in it too."""
        return bool(self.beside) and self._beside is not None and self._beside[1]

    def pardon(self) -> None:
        """Takes it for a part of the article, whatever it looks like."""
        self._beside = ("", False)

    @property
    def classes(self) -> str:
        """The class attribute as written."""
        return self.attrs.get("class") or ""

    @property
    def names(self) -> str:
        """Class, id and role as written."""
        return names_of(self.attrs)

    @property
    def order(self) -> int:
        """Its number among the page's elements."""
        return self._page.orders.get(self.node.mem_id, 0)

    @property
    def prose(self) -> int:
        """Characters of running text in and below it."""
        return self.weight if self._page.main is not None else 0

    @property
    def holds_main(self) -> bool:
        """Whether it is the page's main part, or around it."""
        return id(self) in self._page.around_main

    @property
    def in_main(self) -> bool:
        """Whether it is the page's main part, or within it."""
        main = self._page.main
        return main is not None and any(spot is main for spot in self.above())

    @property
    def words(self) -> str:
        """Its text and that of all in it, white space collapsed."""
        if self._words is None:
            self._words = " ".join((self.node.text(separator=" ") or "").split())
        return self._words

    @property
    def text(self) -> str:
        """The text of a block itself, without that of blocks in it, white space collapsed."""
        return " ".join("".join(_own_texts(self.node)).split())

    def above(self) -> "list[Spot]":
        """The element itself and all around it, inside out."""
        return [self, *self.around()]

    def around(self) -> "list[Spot]":
        """The elements around it, inside out."""
        if self._around is None:
            # Spots between keep no list: on a page of deep nesting, lists of all would be quadratic.
            self._around = []
            spot = self.parent
            while spot is not None:
                self._around.append(spot)
                if spot._around is not None:
                    self._around += spot._around
                    break
                spot = spot.parent
        return self._around

    def of(self, node: LexborNode) -> "Spot":
        """Another element of its page."""
        return self._page.spot(node)

    def block(self) -> "Spot":
        """The nearest block that holds it."""
        return next((spot for spot in self.above() if spot.tag in BLOCKS), self)


class Text:
    """A piece of text and the element that it stands in."""

    __slots__ = ("spot", "words")

    def __init__(self, spot: Spot, words: str) -> None:
        self.spot = spot
        self.words = words


class Script:
    """A script element, its text, and what kinds of signs it holds."""

    __slots__ = ("node", "shapes", "words")

    def __init__(self, node: LexborNode, words: str, shapes: frozenset[str]) -> None:
        self.node = node
        self.words = words
        self.shapes = shapes


class Page:
    """The parsed page. Parsing is quadratic in nesting and in attributes of one tag: see `bounded`."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        """The source, sound UTF-8."""
        self._known: dict[int, Spot] = {}

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The tree; the source is parsed when somebody asks for it first, once."""
        return LexborHTMLParser(self.raw)

    def close(self) -> None:
        """Lets go of the tree at once; else page and spots hold each other until Python looks for such rings."""
        self.__dict__.clear()

    def spot(self, node: LexborNode) -> Spot:
        """The one spot of an element."""
        key = node.mem_id
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = Spot(self, node)
        return known

    def select(self, selector: str) -> list[Spot]:
        """The elements that a CSS selector finds, each once, in document order."""
        return [self.spot(node) for node in self.nodes(selector)]

    def nodes(self, selector: str) -> Iterable[LexborNode]:
        """`select` without making spots."""
        return {node.mem_id: node for node in self.tree.css(selector)}.values()

    @property
    def spots(self) -> list[Spot]:
        """Every element in document order: slow on large pages."""
        return self.select("*")

    @property
    def texts(self) -> Iterator[Text]:
        """Every piece of text that is not blank, in document order: slow on large pages."""
        for node in self.text_nodes():
            if node.parent is not None and node.parent.is_element_node:
                yield Text(self.spot(node.parent), node.text_content or "")

    def text_nodes(self) -> Iterator[LexborNode]:
        """The text nodes that are not blank."""
        root = self.tree.root
        for node in root.traverse(include_text=True, skip_empty=True) if root is not None else ():
            if node.is_text_node:
                yield node

    @property
    def blocks(self) -> list[Spot]:
        """Blocks that have text of their own, in order."""
        return [self.spot(node) for node in self.nodes(",".join(BLOCKS)) if "".join(_own_texts(node)).strip()]

    @cached_property
    def looks(self) -> Looks:
        """Where in it a post may be named."""
        return looks_in(self.raw)

    @cached_property
    def orders(self) -> dict[int, int]:
        """Element -> its number in document order."""
        return {node.mem_id: number for number, node in enumerate(self.tree.css("*"))}

    @cached_property
    def main(self) -> Spot | None:
        """The smallest element that holds most of the running text; None where there is no running text."""
        return main_of(self)

    @cached_property
    def around_main(self) -> frozenset[int]:
        """The spots of the main part and of all elements around it."""
        return frozenset(map(id, self.main.above())) if self.main else frozenset()


def page_of(markup: str) -> Page:
    """The page of a text."""
    return Page(markup.encode("utf-8", "replace"))


def _own_texts(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield child.text_content or ""
        elif child.tag not in BLOCKS and child.tag not in NO_PROSE:
            yield from _own_texts(child)
