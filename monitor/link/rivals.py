"""Who else it could be: articles that claim one post (`Rivals(lists)`), posts of one account (`ahead`), and
accounts that the article tells of by name (`unsaid`)."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.link.pool import Pool
from monitor.link.rank import Ranked
from monitor.link.weights import Standing, chance
from monitor.model.linking import Story

MOST, LEAST = 3.0, -4.0
"""Bounds within which a lead counts; a post that no other article claims has the upper one."""
ELSEWHERE = 0.5
_NAMED = 2.0
"""What a name must tell for an account to count as named."""
AHEAD = (-1.0, 2.0)
"""Bounds of what `ahead` tells; a post that is its account's only candidate has the upper one."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Another article's claim to a post: a logarithm of odds."""

    platform: str
    post_id: str
    odds: float


class Rivals:
    """The best and the second-best claim to each post among the articles that are told together."""

    def __init__(self, lists: Iterable[Sequence[Ranked]] = ()) -> None:
        self._claims: dict[int, tuple[float, float]] = {}
        for candidates in lists:
            self.add(candidates)

    def add(self, candidates: Sequence[Ranked]) -> None:
        """Takes one article's claims."""
        for one in candidates:
            self.claim(one.seen.number, one.score)

    def claim(self, number: int | None, score: float) -> None:
        """Takes one article's claim to a post of the pool; None is none of it."""
        if number is not None:
            best, second = self._claims.get(number, (-math.inf, -math.inf))
            self._claims[number] = (max(best, score), max(second, min(best, score)))

    def lead(self, one: Ranked) -> float:
        """By how much a claim leads the best of the others' (or falls behind it), as a difference of log odds."""
        best, second = self._claims.get(one.seen.number, (-math.inf, -math.inf))
        other = second if one.score >= best else best
        return max(LEAST, min(MOST, one.score - other))


def standings(story: Story, candidates: Sequence[Ranked], rivals: Rivals, pool: Pool) -> list[Standing]:
    """How each candidate of an article stands."""
    beside = zip(candidates, ahead(candidates, pool), unsaid(candidates, story), strict=True)
    # Who names the author as the one who posted needs not be the only one who tells of the post.
    return [Standing(MOST if one.features.said >= 1 else rivals.lead(one), front, told) for one, front, told in beside]


def unsaid(candidates: Sequence[Ranked], story: Story) -> list[float]:
    """Of each candidate whose account is not named: how likely the article's words tell of another's post.

    As likely as the likeliest post of an account that a mention names; `ELSEWHERE` where a mention names somebody of whom there is none.
    """
    told = max((chance(one.score) for one in candidates if one.features.said >= 1), default=0.0)
    authors = any(mention.how == "words" and (mention.author or mention.handle) for mention in story.mentions)
    likely = max(told, ELSEWHERE if authors else 0.0)
    return [likely if one.features.said == 0 and one.features.name < _NAMED else 0.0 for one in candidates]


def ahead(candidates: Sequence[Ranked], pool: Pool) -> list[float]:
    """Of each candidate of an article: by how much it is ahead of the best other one by the same account."""
    by_account: dict[str, list[float]] = {}
    for one in candidates:
        by_account.setdefault(pool.posts[one.seen.number].author_key, []).append(one.score)
    tops = {account: [*sorted(scores, reverse=True), -math.inf][:2] for account, scores in by_account.items()}

    def of(one: Ranked) -> float:
        best, second = tops[pool.posts[one.seen.number].author_key]
        return max(AHEAD[0], min(AHEAD[1], one.score - (second if one.score >= best else best)))

    return [of(one) for one in candidates]
