"""A page's source before it is looked at as a tree: which attributes, elements and texts may name a post.

Only the bytes around each sign are looked at, so what stands in a script or comment may be taken for an attribute or a text.
`looking` compares what is told here with what the tree holds.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from monitor.articles.attributes import PROVIDERS, SILENT
from monitor.platforms import SIGNS, Sign

_ATTRIBUTE = re.compile(rb"""([^\s"'<>/=][^\s"'<>/=]*)\s*(?:=\s*(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([^\s"'>]+)))?""")
_TAG = re.compile(rb"<[a-zA-Z][^\s/>]*")
_PLAIN = re.compile(r"[a-z_][a-z0-9_-]*")
_PIECE = re.compile(rb"[\w./:@%=?\\-]{1,60}")
MOST_SIGNS = 30_000
"""No article names so many posts: what names more is not read as one (see `reading.read_page`)."""
_HELD = frozenset({"address", "id", "key", "packed", "call"})
"""Shapes of signs that are noted with a piece."""
_ID = re.compile(rb"[\s=\\\"']*(?:&[#\w]{2,5};|u0022)?([\w./-]{3,60})")


@dataclass(slots=True)
class Looks:
    """Where it is worth looking. What stands nowhere in here names no post."""

    pieces: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(attribute, a piece of its value), and how often it stands there."""
    ids: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(attribute that holds bare ids, a value), and how often it stands there."""
    names: set[str] = field(default_factory=set)
    """Attributes that name a platform."""
    tags: set[str] = field(default_factory=set)
    """Tags, and classes with a dot before them."""
    words: Counter[str] = field(default_factory=Counter)
    """Pieces of what is no plain attribute, and how often they stand there."""
    in_templates: bool = False
    signs: int = 0
    """How many signs the source holds."""

    def __bool__(self) -> bool:
        return bool(self.pieces or self.ids or self.names or self.tags or self.words)


def looks_in(raw: bytes) -> Looks:
    """Reads the source once."""
    scan = _Scan(raw)
    signs = SIGNS.within(scan.lower)
    for sign in signs[:MOST_SIGNS]:
        scan.take(sign)
    scan.looks.signs = len(signs)
    return scan.looks


class _Scan:
    """Where the reading of a source stands."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.lower = raw.lower()
        self.looks = Looks()
        self.opening = -1
        """Where the last element with a sign in it begins."""
        self.held = (0, 0, "")
        """Start, end and name of the attribute that was found last."""

    def take(self, sign: Sign) -> None:
        """Notes one sign; they come in order."""
        looks = self.looks
        if sign.shape == "tag":
            looks.tags.add(sign.literal[1:])
        elif sign.shape == "class":
            looks.tags.add("." + sign.literal.strip('" '))
        elif sign.shape == "mark":
            looks.in_templates = True
        elif sign.shape == "call":
            looks.words[piece_of(self.raw, sign)] += 1
        elif sign.shape == "name":
            name = self._attribute(sign)
            if name in PROVIDERS:
                looks.names.add(name)
        else:
            self._note(sign)

    def _note(self, sign: Sign) -> None:
        piece = piece_of(self.raw, sign)
        name = self._attribute(sign)
        if not name or not _PLAIN.fullmatch(name):
            self.looks.words[piece] += 1
        elif sign.shape == "id" and name == sign.literal:
            self.looks.ids[name, piece] += 1
        elif name not in SILENT:
            self.looks.pieces[name, piece] += 1

    def _attribute(self, sign: Sign) -> str:
        """The name of the attribute that seems to hold a sign, or to be it; "" where there is none."""
        start, end, _ = self.held
        if not start <= sign.start < end:
            self.held = self._look_back(end, sign)
        return self.held[2]

    def _look_back(self, end: int, sign: Sign) -> tuple[int, int, str]:
        nothing = sign.start, sign.end, ""
        opening = self.lower.rfind(b"<", end, sign.start)
        if opening >= 0:
            tag = _TAG.match(self.raw, opening)
            self.opening, end = (opening, tag.end()) if tag else (-1, end)
        if self.opening < 0 or self.lower.find(b">", end, sign.start) >= 0:
            self.opening = -1
            return nothing
        for found in _ATTRIBUTE.finditer(self.raw, end):
            if found.start() > sign.start:
                break
            if found.end() >= sign.end:
                return found.start(), found.end(), found.group(1).lower().decode("ascii", "replace")
        return nothing


def piece_of(raw: bytes, sign: Sign) -> str:
    """What tells the place of a sign from others: a piece of the source that the tree holds unchanged."""
    if sign.shape == "id":
        return id_in(raw[sign.end : sign.end + 80]) or sign.literal
    if sign.shape in ("key", "packed", "call"):
        return raw[sign.start : sign.end].decode("ascii", "replace")
    found = _PIECE.match(raw, sign.start)
    return found.group().decode("ascii", "replace") if found else sign.literal


def id_in(value: bytes) -> str:
    """The bare id that an attribute's value begins with."""
    told = _ID.match(value)
    return told.group(1).decode("ascii", "replace") if told else ""


def pieces_in(text: str) -> Counter[str]:
    """The pieces of all signs in a text."""
    return signs_in(text)[0]


def signs_in(text: str) -> tuple[Counter[str], frozenset[str]]:
    """`pieces_in`, and the shapes of the signs."""
    raw = text.encode("utf-8", "replace")
    signs = [sign for sign in SIGNS.within(raw.lower()) if sign.shape in _HELD]
    return Counter(piece_of(raw, sign) for sign in signs), frozenset(sign.shape for sign in signs)
