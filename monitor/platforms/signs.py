"""Where the source of a page might name a post: one pass over its bytes, for all platforms at once.

`Signs` is made of what the platforms declare. It finds the pieces of addresses, attributes, tags and calls that could matter, and looks
at a few bytes around each. What it passes over names no post; what it finds may be a share button all the same.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from monitor.platforms.markup import Markup

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

Shape = Literal["address", "id", "name", "tag", "call", "mark"]
_IN_ADDRESS = r"[^\s\"'<>]{0,300}?"
_QUOTE = r"(?:\\*[\"']|&quot;|&\#34;|&\#x22;|&\#39;|\\+u0022)?"
_ID = rf"\s*=\s*{_QUOTE}\s*[\w/-]{{4}}"
_TAG_ENDS = r"[\s/>]"
_NAMING = ("-type=", "provider", "-service=", "-platform=", "-network=", "-source=")
"""How attributes end that tell a platform, or what stands in them."""
_AT_ONCE = 56
"""Patterns that are searched for in one pass: so many fit into a processor's vector registers, which makes passes cheap."""
_SHORT = 3
_STEM, _OFTEN = 5, 4
"""Names so long, found in so many attributes and tags, are searched for instead of these."""
_LABEL = re.compile(r"(?<![a-z0-9-])[a-z0-9-]{4,}\.(?=[a-z.]{2,6}$)")
"""A host's name without what stands before and behind: it is searched for instead of the host in all its countries."""


class Sign(NamedTuple):
    """Bytes `start` to `end` of the source, and what they are a piece of."""

    shape: Shape
    start: int
    end: int
    literal: str


class _Check(NamedTuple):
    """One literal that a needle may belong to: it begins `before` bytes before the needle."""

    literal: str
    shape: Shape
    before: int


class _Needle(NamedTuple):
    """What is searched for, and a pattern to match where it begins: its nth group tells which of the literals it is a part of."""

    whole: re.Pattern[bytes]
    literals: list[_Check]


class Signs:
    """The table of what to look for; building the search takes some milliseconds, at its first use."""

    def __init__(self) -> None:
        self._after: dict[tuple[str, Shape], str] = {("<template", "mark"): ""}
        self._posts: dict[str, list[str]] = {}
        self._names: set[str] = set()

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
            told_by_tag = bare.tags and ("-" not in bare.attribute or all("-" in tag for tag in bare.tags))
            if told_by_tag:
                self._after.update({(f"<{tag}", "tag"): _TAG_ENDS for tag in bare.tags})
            else:
                self._after[bare.attribute, "id"] = _ID
        self._names |= markup.names
        self._after.update({(word, "call"): "" for word in markup.call_signs})
        self._after.update({(host, "address"): "" for host in markup.thumbnail_hosts})

    @cached_property
    def _needles(self) -> dict[str, _Needle]:
        names = "|".join(sorted(map(re.escape, self._names), key=len, reverse=True))
        named: dict[tuple[str, Shape], str] = {
            (end, "name"): rf"(?:-name)?=?[\"']?(?:{names})[\s\"'/>]" for end in _NAMING
        }
        patterns = {**self._after, **named}
        labels = {label for literal, _ in patterns for label in _LABEL.findall(literal)}
        stems = {stem for name in self._names if len(name) >= _STEM for stem in (name, f"-{name}")}
        often = {
            stem
            for stem in stems
            if sum(stem in literal and shape != "address" for literal, shape in patterns) >= _OFTEN
        }
        whole = {literal for literal, _ in patterns if len(literal) > _SHORT}
        shared = sorted({*labels, *often, *whole}, key=lambda part: (len(part), part))
        parts: dict[str, list[tuple[str, Shape, str]]] = {}
        for (literal, shape), after in sorted(patterns.items(), key=lambda item: -len(item[0][0])):
            needle = next((part for part in shared if part in literal), literal)
            parts.setdefault(needle, []).append((literal, shape, after))
        return {needle: _needle(needle, several) for needle, several in parts.items()}

    @cached_property
    def _searches(self) -> list[tuple["BytesAhoCorasick", list[_Needle]]]:
        from ahocorasick_rs import MATCHKIND_LEFTMOST_FIRST, BytesAhoCorasick

        long = sorted(needle for needle in self._needles if len(needle) > _SHORT)
        count = -(-len(long) // _AT_ONCE)
        # Needles of one group should begin differently: else the search looks for their first bytes only, which are everywhere.
        groups = [long[first::count] for first in range(count)]
        groups.append([needle for needle in self._needles if len(needle) <= _SHORT])
        return [
            (
                BytesAhoCorasick([needle.encode() for needle in group], matchkind=MATCHKIND_LEFTMOST_FIRST),
                [self._needles[needle] for needle in group],
            )
            for group in groups
            if group
        ]

    def within(self, lower: bytes) -> list[Sign]:
        """The signs in a lower-case source, in order, with marks of templates between them."""
        found = []
        for search, needles in self._searches:
            for number, at, _ in search.find_matches_as_indexes(lower):
                needle = needles[number]
                whole = needle.whole.match(lower, at)
                if whole is not None:
                    literal, shape, before = needle.literals[(whole.lastindex or 1) - 1]
                    found.append(Sign(shape, at - before, at - before + len(literal), literal))
        found.sort(key=_start)
        return found

    def any_in(self, text: str) -> bool:
        """Whether a piece of markup or script might name a post in any way."""
        return any(sign.shape != "mark" for sign in self.within(_bytes(text)))

    def addressed(self, text: str) -> bool:
        """Whether a piece of text might hold the address of a post."""
        return any(sign.shape == "address" for sign in self.within(_bytes(text)))


def _needle(needle: str, parts: Iterable[tuple[str, Shape, str]]) -> _Needle:
    literals, patterns = [], []
    for literal, shape, after in parts:
        before = literal.index(needle)
        behind = f"(?<={re.escape(literal[:before])})" if before else ""
        patterns.append(f"({behind}{re.escape(literal[before:])}{f'(?:{after})' if after else ''})")
        literals.append(_Check(literal, shape, before))
    return _Needle(re.compile("|".join(patterns).encode()), literals)


def _start(sign: Sign) -> int:
    return sign.start


def _bytes(text: str) -> bytes:
    return text.lower().encode("utf-8", "replace")
