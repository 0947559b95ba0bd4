"""An article as one reading of its page showed it, and the citations found in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.model.mention import Mention

CitationKind = Literal["embed", "link", "quote", "mention", "visual"]
Precision = Literal["exact", "no_zone", "day"]
CorrectionKind = Literal["correction", "clarification", "update", "note"]


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
    """A reference to one post. `post_id` is the id as written; None where the article gives no address, or a short link."""

    platform: str
    post_id: str | None
    url: str | None
    """The canonical address, or a short link that has not been asked; None for a mention or quote without address."""
    kind: CitationKind
    handle: str | None
    """A hint only: any handle in an address leads to the same post."""
    places: tuple[Place, ...]
    confidence: float = 1.0
    reason: str = ""
    mention: Mention | None = None
    """What the words tell, where the article refers to the post in words only."""
    short_url: str | None = None
    """The short link by which the article cites the post, when it was asked where it leads."""

    @property
    def key(self) -> str:
        """What makes two citations of one article the same."""
        if self.post_id is not None:
            return f"{self.platform}:{self.post_id}"
        if self.url is not None:
            return f"{self.platform}:{self.url}"
        # No paragraph: words that move stay the same words.
        return f"{self.platform}:words:{self.places[0].text[:80]}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time that a page tells of itself."""

    at: datetime
    """Aware UTC. Of a time without zone: its wall time taken as UTC; of a day: its midnight in UTC."""
    precision: Precision
    source: str = ""
    """Whose word it is: "linked data", "metadata", "time element", "words beside the headline", "address", "guess"."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the article; nothing of it is fetched."""

    url: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


MediaKind = Literal["video", "audio", "stream"]


@dataclass(frozen=True, slots=True)
class OwnMedia:
    """A video or sound in the publisher's own player."""

    url: str
    kind: MediaKind
    """A stream (HLS, DASH) is a list of pieces, not a file."""
    paragraph: int | None
    where: str
    """As of a citation's place."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A publisher's own word that it has corrected or updated its article."""

    kind: CorrectionKind
    text: str
    at: datetime | None = None
    """As linked data tells it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of a page gives: who wrote what, when, and whom it cites."""

    url: str | None
    """The canonical address, None when neither the page nor the fetch tells it."""
    title: str | None
    authors: tuple[str, ...]
    published: Moment | None
    modified: Moment | None
    language: str | None
    paragraphs: tuple[str, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[str, ...] = ()
    images: tuple[Picture, ...] = ()
    corrections: tuple[Correction, ...] = ()
    own_media: tuple[OwnMedia, ...] = ()

    @property
    def published_at(self) -> datetime | None:
        """The time of publication without its precision."""
        return self.published.at if self.published else None

    @property
    def modified_at(self) -> datetime | None:
        """The time of the last change without its precision."""
        return self.modified.at if self.modified else None

    @property
    def text(self) -> str:
        """The main text, paragraphs apart by an empty line."""
        return "\n\n".join(self.paragraphs)
