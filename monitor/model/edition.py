"""What one version of an article says and cites, and what a later one changed."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from monitor.model.article import Citation, Moment, Reading

_FIRM = frozenset({"linked data", "metadata", "time element"})
"""Whose word on a date can make a version: what is read from words may be the day's own date."""
_JUST_NOW = timedelta(minutes=5)
_SURE = 0.5
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation as a version holds it."""

    key: str
    platform: str
    post_id: str | None
    url: str | None
    kind: str
    paragraphs: tuple[int, ...]
    """Where it stands, in order; empty when outside the text."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What decides whether an article has changed: its words, its dates, its citations, and nothing else of the page."""

    title: str | None
    published_at: datetime | None
    modified_at: datetime | None
    """None too when the page tells no more than the moment at which it was asked for."""
    paragraphs: tuple[str, ...]
    citations: tuple[Cited, ...]

    def says_the_same(self, other: "Edition") -> bool:
        """Whether a reader would find no difference. Mentions go with the words, and a date that only one has is none."""
        dates = ((self.published_at, other.published_at), (self.modified_at, other.modified_at))
        return (
            self.title == other.title
            and self.paragraphs == other.paragraphs
            and all(a == b or a is None or b is None for a, b in dates)
            and self._addressed() == other._addressed()
        )

    def _addressed(self) -> set[tuple[str, str, tuple[int, ...]]]:
        return {(c.key, c.kind, c.paragraphs) for c in self.citations if c.kind != "mention"}


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article as it is kept; `edition` is None when its words were purged."""

    number: int
    seen_at: datetime
    edition: Edition | None
    page_sha256: str
    """Of the page as served."""
    warc_sha256: str
    text_sha256: str
    edition_sha256: str


def edition_of(reading: Reading, read_at: datetime) -> Edition:
    """The edition that a reading shows; doubtful citations, which come and go with sidebars, are no part of it."""
    sure = [_cited(citation) for citation in reading.citations if citation.confidence >= _SURE]
    modified = _firm(reading.modified)
    if modified is not None and abs(read_at - modified) < _JUST_NOW:
        modified = None
    title = _plain(reading.title) if reading.title else None
    return Edition(title, _firm(reading.published), modified, tuple(map(_plain, reading.paragraphs)), tuple(sure))


def _plain(text: str) -> str:
    """One way of writing what looks the same: composed letters, no marks that nobody sees."""
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def _cited(citation: Citation) -> Cited:
    numbers = sorted({place.paragraph for place in citation.places if place.paragraph is not None})
    return Cited(citation.key, citation.platform, citation.post_id, citation.url, citation.kind, tuple(numbers))


def _firm(moment: Moment | None) -> datetime | None:
    if moment is None or moment.source not in _FIRM:
        return None
    return moment.at.replace(microsecond=moment.at.microsecond // 1_000 * 1_000)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """One paragraph's change; its numbers before and after, None where it is not there."""

    kind: Literal["added", "removed", "changed", "moved"]
    before: int | None
    after: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class CitationChange:
    """One citation's change. `by` is what stands in its place when it was replaced."""

    kind: Literal["added", "removed", "replaced", "moved"]
    cited: Cited
    before: tuple[int, ...]
    after: tuple[int, ...]
    by: Cited | None = None
    with_text: bool = False
    """Moved only because the text around it was."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version changed against the one before it. A pair is (before, after), None where nothing changed."""

    title: tuple[str | None, str | None] | None
    published_at: tuple[datetime | None, datetime | None] | None
    modified_at: tuple[datetime | None, datetime | None] | None
    paragraphs: tuple[ParagraphChange, ...]
    citations: tuple[CitationChange, ...]
