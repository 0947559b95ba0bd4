"""One sighting of a post in a page, before sightings are put together as citations."""

from dataclasses import dataclass, replace

from monitor.articles.page import Spot
from monitor.model.article import CitationKind
from monitor.platforms import Address, ShortLink

_LONGEST = 280
_LONGEST_EMBED = 2_000
"""An embed's own words end with its author and date."""


@dataclass(frozen=True, slots=True)
class Find:
    """A post, or a short link, seen at a spot. `form` lacks the platform's name; `container` is the official embed around it."""

    address: Address | ShortLink
    spot: Spot
    kind: CitationKind
    form: str
    confidence: float = 1.0
    reason: str = ""
    container: Spot | None = None
    text: str = ""
    in_state: bool = False

    def weaker(self, confidence: float, reason: str) -> "Find":
        """The same with less confidence, unless it has less already."""
        return replace(self, confidence=confidence, reason=reason) if confidence < self.confidence else self

    def words(self) -> str:
        """The embed's own words, or the words around a link; what was set in `text` goes first."""
        if self.text:
            return self.text
        spot = self.container or (self.spot.block() if self.kind == "link" else self.spot)
        if spot.tag in ("body", "html", "iframe", "script", "template"):
            return ""
        longest = _LONGEST if self.kind == "link" else _LONGEST_EMBED
        return spot.words[:longest]
