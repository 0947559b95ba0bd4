"""Articles that claim one post: `Rivals(lists)` tells by how much a claim leads."""

import math
from collections.abc import Iterable, Sequence

from monitor.link.rank import Ranked

MOST, LEAST = 3.0, -4.0
"""Bounds within which a lead counts; a post that no other article claims has the upper one."""


class Rivals:
    """The best and the second-best claim to each post among the articles that are told together."""

    def __init__(self, lists: Iterable[Sequence[Ranked]] = ()) -> None:
        self._claims: dict[int, tuple[float, float]] = {}
        for candidates in lists:
            self.add(candidates)

    def add(self, candidates: Sequence[Ranked]) -> None:
        """Takes one article's claims."""
        for one in candidates:
            best, second = self._claims.get(one.seen.number, (-math.inf, -math.inf))
            self._claims[one.seen.number] = (max(best, one.score), max(second, min(best, one.score)))

    def lead(self, one: Ranked) -> float:
        """By how much a claim leads the best of the others' (or falls behind it), as a difference of log odds."""
        best, second = self._claims.get(one.seen.number, (-math.inf, -math.inf))
        other = second if one.score >= best else best
        return max(LEAST, min(MOST, one.score - other))
