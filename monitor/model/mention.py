"""A sentence of an article that attributes something to a platform without giving an address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.model.post import MediaKind


@dataclass(frozen=True, slots=True)
class Mention:
    """What one sentence (or a picture's credit) says of a post."""

    platform: str
    paragraph: int
    """Counts from 1; 0 for the title."""
    sentence: str
    how: Literal["words", "hint", "credit"] = "words"
    """A "hint": the platform is named as a place, but neither who posted nor what."""
    author: str | None = None
    """As the article writes the name."""
    handle: str | None = None
    quotes: tuple[str, ...] = ()
    """Words in quotation marks, in the sentence or beside it."""
    posted_from: datetime | None = None
    posted_until: datetime | None = None
    """The span that the sentence's time words leave, against the article's date."""
    media: MediaKind | None = None
    """What was posted, where the words tell."""

    @property
    def key(self) -> str:
        """The key of the citation that it is: no paragraph, as words that move stay the same words."""
        return f"{self.platform}:words:{self.sentence[:80]}"
