"""Where the entries of a well-formed XML feed begin and end, byte by byte, and what only its nesting tells."""

from dataclasses import dataclass, field
from xml.parsers import expat

_MEDIA = "http://search.yahoo.com/mrss/"
_FILE = _MEDIA + " content"
_DESCRIPTION = _MEDIA + " description"
_ENTRIES = ("item", "entry")


@dataclass(slots=True)
class Outline:
    """Byte ranges into the content. `alt_texts`: by entry number and address, the words that describe a file."""

    entries: list[tuple[int, int]] = field(default_factory=list)
    descriptions: list[tuple[int, int]] = field(default_factory=list)
    """Descriptions of single files, which feedparser would take for the entry's own."""
    alt_texts: dict[int, dict[str, str]] = field(default_factory=dict)


def outline_of(content: bytes) -> Outline | None:
    """The outline of a feed in UTF-8; None when it is not well-formed. Expat itself stops entity bombs."""
    walk = _Walk(content)
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: walk.begin(name, attributes, parser.CurrentByteIndex)
    parser.EndElementHandler = lambda name: walk.end(name, parser.CurrentByteIndex)
    parser.CharacterDataHandler = walk.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return None
    return walk.outline


class _Walk:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.outline = Outline()
        self.entry_began: int | None = None
        self.entry_depth = self.depth = 0
        self.file_url: str | None = None
        self.described_from: int | None = None
        self.words: list[str] = []

    def begin(self, name: str, attributes: dict[str, str], at: int) -> None:
        self.depth += 1
        namespace, _, local = name.rpartition(" ")
        if self.entry_began is None:
            if local in _ENTRIES and namespace != _MEDIA:
                self.entry_began, self.entry_depth = at, self.depth
        elif name == _FILE:
            self.file_url = attributes.get("url", "").strip()
        elif name == _DESCRIPTION and self.file_url is not None:
            self.described_from, self.words = at, []

    def text(self, words: str) -> None:
        if self.described_from is not None:
            self.words.append(words)

    def end(self, name: str, at: int) -> None:
        if self.depth == self.entry_depth and self.entry_began is not None:
            self.outline.entries.append((self.entry_began, self._after_tag(at)))
            self.entry_began, self.entry_depth = None, 0
        elif name == _DESCRIPTION and self.described_from is not None:
            self.outline.descriptions.append((self.described_from, self._after_tag(at)))
            of_entry = self.outline.alt_texts.setdefault(len(self.outline.entries), {})
            of_entry[self.file_url or ""] = "".join(self.words)
            self.described_from = None
        elif name == _FILE:
            self.file_url = None
        self.depth -= 1

    def _after_tag(self, at: int) -> int:
        return self.content.find(b">", at) + 1


def without(content: bytes, ranges: list[tuple[int, int]]) -> bytes:
    """The content with some ranges, in ascending order, left out."""
    kept, last = [], 0
    for start, end in ranges:
        kept.append(content[last:start])
        last = end
    return b"".join([*kept, content[last:]])
