"""What candidates tell of each other: articles that claim one post, and posts found together. `Rivals(lists)`."""

import math
from collections.abc import Iterable, Sequence

from monitor.link.pool import Pool
from monitor.link.rank import Ranked

LEAD = (-4.0, 3.0)
"""The lead over other articles' claims counts within these bounds; a post that no other claims has the upper one."""
_LIKELY = 0.05
_DAY = 86_400.0


class Rivals:
    """The best and the second-best claim to each post among the articles told together."""

    def __init__(self, lists: Iterable[Sequence[Ranked]]) -> None:
        self._claims: dict[int, tuple[float, float]] = {}
        for candidates in lists:
            for one in candidates:
                best, second = self._claims.get(one.seen.number, (-math.inf, -math.inf))
                self._claims[one.seen.number] = (max(best, one.score), max(second, min(best, one.score)))

    def lead(self, one: Ranked) -> float:
        """By how much this article's claim to the post leads the best of the others, within `LEAD`."""
        best, second = self._claims.get(one.seen.number, (-math.inf, -math.inf))
        other = second if one.score >= best else best
        return max(LEAD[0], min(LEAD[1], one.score - other))


def neighbours(one: Ranked, among: Sequence[Ranked], pool: Pool) -> float:
    """How many other likely finds of the article were posted near this one with few posts between: they came together."""
    at = pool.times[one.seen.number]
    if math.isinf(at):
        return 0.0
    total = 0.0
    for other in among:
        then = pool.times[other.seen.number]
        if other is one or math.isinf(then) or other.score < -3:
            continue
        chance = 1 / (1 + math.exp(-other.score))
        between = max(0, abs(other.seen.number - one.seen.number) - 1)
        total += chance * math.exp(-abs(at - then) / _DAY) / (1 + between) if chance > _LIKELY else 0.0
    return math.log1p(total)
