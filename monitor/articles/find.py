"""One sighting of a post in a page, before sightings are put together as citations."""

from dataclasses import dataclass, replace

from monitor.articles.page import Spot
from monitor.model.article import CitationKind
from monitor.platforms import Address


@dataclass(frozen=True, slots=True)
class Find:
    """A post seen at a spot. `form` lacks the platform's name; `container` is the official embed around it."""

    address: Address
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
