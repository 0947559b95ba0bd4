"""A page's source before it is looked at as a tree: which attributes, elements, texts and scripts may name a post."""

import re
from collections import Counter
from dataclasses import dataclass, field

from monitor.articles.attributes import PROVIDERS, SILENT
from monitor.platforms import SIGNS, Sign

_ATTRIBUTE = re.compile(rb"""([^\s"'<>/=][^\s"'<>/=]*)\s*(?:=\s*(?:"([^"]*)(?:"|$)|'([^']*)(?:'|$)|([^\s"'>]+)))?""")
_TAG = re.compile(rb"<[a-zA-Z][^\s/>]*")
_WHOLE_TAG = re.compile(rb"""<[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*+>?""")
_PLAIN = re.compile(r"[a-z_][a-z0-9_-]*")
IN_SCRIPTS = frozenset({"address", "call", "id"})
"""Shapes of signs that count in scripts."""
_PIECE = re.compile(rb"[\w./:@%=?-]{1,60}")


@dataclass(slots=True)
class Looks:
    """Where it is worth looking. What stands nowhere in here names no post."""

    pieces: Counter[tuple[str, str]] = field(default_factory=Counter)
    """(attribute, a piece of its value, "" for any), and how often it stands there."""
    tags: set[str] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)
    """Pieces of the text, or of what looks like a comment, and how often they stand there."""
    in_scripts: int = 0
    """How many signs stand in scripts."""
    in_templates: bool = False
    everywhere: bool = False
    """Whether the source is not plain enough to tell."""

    def __bool__(self) -> bool:
        return bool(self.pieces or self.tags or self.words or self.in_scripts or self.everywhere)


def looks_in(raw: bytes) -> Looks:
    """Reads the source once."""
    scan = _Scan(raw)
    for sign in SIGNS.within(scan.lower):
        scan.take(sign)
    return scan.looks


class _Scan:
    """Where the reading of a source stands."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.lower = raw.lower()
        self.looks = Looks()
        self.region = ""
        self.script_from = 0
        """Where the text of the script begins, within a script."""
        self.held = (0, 0, "")
        """Start, end and name of the attribute that was found last."""
        self.opening = -1
        """Where its element begins."""

    def take(self, sign: Sign) -> None:
        if sign.shape == "mark":
            self._pass(sign)
        elif self.region == "script" and sign.start >= self.script_from:
            self.looks.in_scripts += sign.shape in IN_SCRIPTS
        elif self.region == "comment":
            if sign.shape == "address":
                self.looks.words[_piece(self.raw, sign)] += 1
        elif sign.shape == "tag":
            self.looks.tags.add(sign.literal[1:])
        elif sign.shape != "call":
            self._look(sign)

    def _pass(self, sign: Sign) -> None:
        mark = sign.literal
        if self.region == "script":
            self.region = "" if mark == "</script" else self.region
        elif self.region == "comment":
            self.region = "" if mark == "-->" else self.region
        elif mark == "<!--":
            self.region = "comment"
        elif mark == "<script":
            self.region = "script"
            tag = _WHOLE_TAG.match(self.raw, sign.start)
            self.script_from = tag.end() if tag else sign.end
        elif mark == "<template":
            self.looks.in_templates = True

    def _look(self, sign: Sign) -> None:
        start, end, name = self.held
        if not start <= sign.start < end:
            if not self._opens(end, sign):
                if sign.shape == "address":
                    self.looks.words[_piece(self.raw, sign)] += 1
                return
            self.held = _, _, name = self._attribute(sign)
        if name and _PLAIN.fullmatch(name):
            self._add(name, sign)
        elif name or sign.shape == "address":
            self.looks.everywhere = True

    def _add(self, name: str, sign: Sign) -> None:
        if name not in SILENT and (sign.shape != "name" or name in PROVIDERS):
            self.looks.pieces[name, _piece(self.raw, sign)] += 1

    def _opens(self, end: int, sign: Sign) -> bool:
        """Whether the sign stands in a tag, which is noted in `opening`."""
        opening = self.lower.rfind(b"<", end, sign.start)
        if opening >= 0:
            self.opening = opening
        return self.opening >= 0 and self.lower.find(b">", max(opening, end), sign.start) < 0

    def _attribute(self, sign: Sign) -> tuple[int, int, str]:
        """The attribute that holds a sign, or is it; without a name when it cannot be told."""
        tag = _TAG.match(self.raw, self.opening)
        for found in _ATTRIBUTE.finditer(self.raw, tag.end()) if tag else ():
            if found.start() > sign.start:
                break
            if found.end() >= sign.end:
                return found.start(), found.end(), found.group(1).lower().decode("ascii", "replace")
        return sign.start, sign.end, ""


def _piece(raw: bytes, sign: Sign) -> str:
    if sign.shape == "id":
        return ""
    if sign.shape == "name":
        return sign.literal.lstrip("=\"'")
    found = _PIECE.match(raw, sign.start)
    return found.group().decode("ascii", "replace") if found else sign.literal
