"""The words in quotation marks of a paragraph, by where they stand: `quotes(paragraph)`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHORTEST = 8
"""Characters of a quotation that is worth telling."""
_BESIDE = 4
"""Characters between a sentence and a quotation that belongs to it."""
_MARKS = re.compile(
    r"“([^“”]{2,1500})”|„([^„“”]{2,1500})[“”]|«\s?([^«»]{2,1500})\s?»|»([^«»]{2,1500})«|\"([^\"]{2,1500})\"|‘((?:[^‘’]|(?<=\w)’(?=\w)){12,600})’(?!\w)"
    r"|「([^「」]{2,600})」"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words; `start` and `end` are those of the marks."""

    words: str
    start: int
    end: int


def quotes(paragraph: str) -> tuple[Quote, ...]:
    """All quotations of a paragraph that are long enough to tell something."""
    return tuple(_quotes(paragraph))


def _quotes(paragraph: str) -> Iterator[Quote]:
    for found in _MARKS.finditer(paragraph):
        words = next(group for group in found.groups() if group is not None).strip(" ,")
        if len(words) >= SHORTEST:
            yield Quote(words, found.start(), found.end())


def beside(told: Sequence[Quote], start: int, end: int) -> tuple[str, ...]:
    """The quotations in a sentence, and those right before or after it."""
    return tuple(q.words for q in told if q.start <= end + _BESIDE and q.end >= start - _BESIDE)
