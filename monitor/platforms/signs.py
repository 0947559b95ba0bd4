"""Where the source of a page might name a post: one pass over its bytes, for all platforms at once.

`Signs` is made of what the platforms declare. It finds the pieces of addresses, attributes, tags and calls that could matter, and looks
at a few bytes behind each. What it passes over names no post; what it finds may be a share button all the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from monitor.platforms.markup import Markup

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

Shape = Literal["address", "id", "name", "tag", "call", "mark"]
MARKS = ("<script", "</script", "<!--", "-->", "<template")
_IN_ADDRESS = r"[^\s\"'<>]{0,300}?"
_QUOTE = r"(?:\\*[\"']|&quot;|&\#34;|&\#x22;|&\#39;|\\+u0022)?"
_ID = rf"\s*=\s*{_QUOTE}\s*[\w/-]{{4}}"
_NAME_ENDS = r"[\s\"'/>]"
_TAG_ENDS = r"[\s/>]"


class Sign(NamedTuple):
    """Bytes `start` to `end` of the source, and what they are a piece of."""

    shape: Shape
    start: int
    end: int
    literal: str


class Signs:
    """The table of what to look for; building the search takes some milliseconds, at its first use."""

    def __init__(self) -> None:
        self._after: dict[tuple[str, Shape], str] = {(mark, "mark"): "" for mark in MARKS}
        self._posts: dict[str, list[str]] = {}

    def add_hosts(self, hosts: Iterable[str], posts: str) -> None:
        """Hosts, and what follows them in the address of a post; may be told several times of one host."""
        for host in hosts:
            # "box.com" is not "x.com"; in "%2Fx.com" and "\u002Fx.com" the letter before is half of an escaped slash.
            bare, known = re.escape(host), self._posts.setdefault(host, [])
            known.append(posts)
            wanted = "|".join(known) if all(known) else ""
            self._after[host, "address"] = rf"(?:(?<![a-z0-9-]{bare})|(?<=2f{bare})){_IN_ADDRESS}(?:{wanted})"

    def add_shapes(self, shapes: Mapping[str, str]) -> None:
        """Pieces of addresses on any host, and what follows them."""
        self._after.update({(literal, "address"): after for literal, after in shapes.items()})

    def add_markup(self, markup: Markup) -> None:
        """A platform's embeds that name an id and no address."""
        for bare in markup.bare_ids:
            self._after.update({(f"<{tag}", "tag"): _TAG_ENDS for tag in bare.tags})
            if not bare.tags:
                self._after[bare.attribute, "id"] = _ID
        for name in markup.names:
            self._after.update({(f"={quote}{name}", "name"): _NAME_ENDS for quote in ("", '"', "'")})
        self._after.update({(word, "call"): "" for word in markup.call_signs})
        self._after.update({(host, "address"): "" for host in markup.thumbnail_hosts})

    @cached_property
    def _search(self) -> "BytesAhoCorasick":
        from ahocorasick_rs import BytesAhoCorasick, Implementation

        return BytesAhoCorasick([literal.encode() for literal, _ in self._after], implementation=Implementation.DFA)

    @cached_property
    def _table(self) -> list[tuple[str, Shape, re.Pattern[bytes] | None]]:
        return [
            (literal, shape, re.compile(after.encode()) if after else None)
            for (literal, shape), after in self._after.items()
        ]

    def within(self, lower: bytes) -> Iterator[Sign]:
        """The signs in a lower-case source, in order of their ends, with marks of scripts, comments and templates between them."""
        table = self._table
        for number, start, end in self._search.find_matches_as_indexes(lower, overlapping=True):
            literal, shape, after = table[number]
            if after is None or after.match(lower, end):
                yield Sign(shape, start, end, literal)

    def any_in(self, text: str) -> bool:
        """Whether a piece of markup or script might name a post in any way."""
        return any(sign.shape != "mark" for sign in self.within(_bytes(text)))

    def addressed(self, text: str) -> bool:
        """Whether a piece of text might hold the address of a post."""
        return any(sign.shape == "address" for sign in self.within(_bytes(text)))


def _bytes(text: str) -> bytes:
    return text.lower().encode("utf-8", "replace")
