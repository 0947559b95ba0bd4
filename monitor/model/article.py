"""An article as one reading of its page showed it, and the citations found in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

CitationKind = Literal["embed", "link", "quote", "mention", "visual"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the article a citation stands. `paragraph` counts from 1; None when it stands outside the text."""

    paragraph: int | None
    where: str
    """Words for a person: "paragraph 4", "page state", "after the text"."""
    kind: CitationKind
    form: str
    """The recogniser that found it, such as "x.blockquote" or "x.plain_link"."""
    text: str = ""
    """The words around it, or the embed's own words."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to one post. `post_id` is the id as written; None where the article gives no address."""

    platform: str
    post_id: str | None
    url: str | None
    """The canonical address; None for a mention or quote without address."""
    kind: CitationKind
    handle: str | None
    """A hint only: any handle in an address leads to the same post."""
    places: tuple[Place, ...]
    confidence: float = 1.0
    reason: str = ""

    @property
    def key(self) -> str:
        """What makes two citations of one article the same."""
        if self.post_id is not None:
            return f"{self.platform}:{self.post_id}"
        first = self.places[0]
        return f"{self.platform}:words:{first.paragraph}:{first.text[:80]}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of a page gives: who wrote what, when, and whom it cites."""

    url: str | None
    """The canonical address, None when neither the page nor the fetch tells it."""
    title: str | None
    authors: tuple[str, ...]
    published_at: datetime | None
    modified_at: datetime | None
    language: str | None
    paragraphs: tuple[str, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The main text, paragraphs apart by an empty line."""
        return "\n\n".join(self.paragraphs)
