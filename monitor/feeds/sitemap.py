"""Sitemaps and indexes of sitemaps (sitemaps.org), with Google's news extension, and plain lists of addresses.

Read in one pass by expat, which keeps nothing: fifty megabytes cost their entries and no more. A document that declares
entities is refused, so there is nothing to expand and nothing to fetch.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from monitor import plain_text
from monitor.errors import NotUnderstood
from monitor.feeds.addresses import absolute
from monitor.feeds.dates import change_of, moment_of
from monitor.model.feed import Entry, Listing, ListKind, Part

MOST_ENTRIES = 200_000
"""More are not read; the protocol allows 50,000 in a sitemap."""
_DEEPEST = 50
_LONGEST_TEXT = 4096
_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_STEP = 1_048_576
_ADDRESS = re.compile(rb"https?://[^\s<>\"]{1,4000}")


class _Enough(Exception):
    """More entries than are read."""


def sitemap_of(content: bytes, base_url: str, most: int = MOST_ENTRIES) -> Listing:
    """The list, in its own order. Takes UTF-8. Raises NotUnderstood for what declares entities or names nothing at all."""
    content = content.lstrip()
    walk, fault = _walked(content, base_url, most)
    if fault and _AMPERSAND.search(content):
        # A bare & in an address is the commonest fault of sitemaps.
        walk, fault = _walked(_AMPERSAND.sub(b"&amp;", content), base_url, most)
    if fault and not walk.entries and not walk.parts:
        raise NotUnderstood(f"{base_url} is a sitemap that cannot be read ({fault})")
    warnings = (*walk.warnings(), *((f"the sitemap is broken ({fault}); what came before was taken",) if fault else ()))
    kind: ListKind = "index" if walk.is_index else "sitemap"
    return Listing(kind, tuple(walk.entries), tuple(walk.parts), warnings, is_whole=not fault)


def is_list_of_addresses(content: bytes) -> bool:
    """Whether it is plain text with an address in each of its first lines."""
    lines = [line.strip() for line in content[:16_384].splitlines() if line.strip()]
    lines = lines[:-1] if len(content) > 16_384 else lines
    return bool(lines) and all(_ADDRESS.fullmatch(line) for line in lines)


def list_of_addresses(content: bytes, base_url: str) -> Listing:
    """A sitemap in plain text: an address a line."""
    found: dict[str, Entry] = {}
    for line in content.splitlines()[:MOST_ENTRIES]:
        url = absolute(base_url, line.decode("utf-8", "replace").strip())
        if url:
            found[url] = Entry(url, url, "")
    return Listing("sitemap", tuple(found.values()))


@dataclass(slots=True)
class _Item:
    loc: str = ""
    lastmod: str = ""
    publication_date: str = ""
    title: str = ""


@dataclass(slots=True)
class _Walk:
    base_url: str
    most: int
    entries: list[Entry] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    is_index: bool = False
    bad: int = 0
    full: bool = False
    path: list[str] = field(default_factory=list)
    item: _Item | None = None
    wanted: str = ""
    words: list[str] = field(default_factory=list)

    def begin(self, name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2].lower()
        self.path.append(local)
        if len(self.path) > _DEEPEST:
            raise NotUnderstood(f"{self.base_url} is a sitemap nested more than {_DEEPEST} deep; it is not read")
        if len(self.path) == 1:
            self.is_index = local == "sitemapindex"
        elif len(self.path) == 2 and local in ("url", "sitemap"):
            self.item = _Item()
        elif self.item is not None and self._is_wanted(local):
            self.wanted, self.words = local, []

    def text(self, words: str) -> None:
        if self.wanted and len(self.words) < _LONGEST_TEXT:
            self.words.append(words[:_LONGEST_TEXT])

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2].lower()
        if self.wanted == local and self.item is not None:
            setattr(self.item, local, "".join(self.words)[:_LONGEST_TEXT].strip())
            self.wanted = ""
        if self.path:
            self.path.pop()
        if self.item is not None and len(self.path) == 1:
            self._take(self.item, is_part=local == "sitemap")
            self.item = None

    def warnings(self) -> tuple[str, ...]:
        told = [f"{self.bad} entries have no address that can be read"] if self.bad else []
        return (*told, *((f"only its first {self.most:,} entries were read",) if self.full else ()))

    def _is_wanted(self, local: str) -> bool:
        # An image has a loc of its own, one deeper.
        if len(self.path) == 3:
            return local in ("loc", "lastmod")
        return len(self.path) == 4 and self.path[2] == "news" and local in ("publication_date", "title")

    def _take(self, item: _Item, *, is_part: bool) -> None:
        url = absolute(self.base_url, item.loc)
        if url is None:
            self.bad += 1
            return
        if len(self.entries) + len(self.parts) >= self.most:
            self.full = True
            raise _Enough
        updated_at = moment_of(item.lastmod) if item.lastmod else None
        if is_part:
            self.parts.append(Part(url, change_of(item.lastmod, updated_at), updated_at))
            return
        published_at = moment_of(item.publication_date) if item.publication_date else None
        change = change_of(item.lastmod, updated_at) or change_of(item.publication_date, published_at)
        title = plain_text.of_text_or_html(item.title) if item.title else ""
        self.entries.append(Entry(url, url, title, published_at, updated_at, change=change))


def _walked(content: bytes, base_url: str, most: int) -> tuple[_Walk, str]:
    """What was read, and the fault that ended it."""
    walk = _Walk(base_url, most)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = walk.begin
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    parser.EntityDeclHandler = lambda *_: _refuse(base_url)
    try:
        for start in range(0, len(content), _STEP):
            parser.Parse(content[start : start + _STEP], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        return walk, plain_text.cleaned(str(error))
    except _Enough:
        pass
    return walk, ""


def _refuse(base_url: str) -> None:
    raise NotUnderstood(f"{base_url} is a sitemap that declares entities, which no sitemap needs; it is not read")
