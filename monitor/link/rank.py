"""The posts that may belong to an article, each with its own score: `ranked(story, pool, model)`. Rivals are not yet weighed."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from statistics import fmean

from monitor.link.candidates import candidates
from monitor.link.features import Features, Looked, features, looked, shared
from monitor.link.overlap import weight
from monitor.link.pool import Pool
from monitor.link.terms import Term, terms_of
from monitor.link.told import Told
from monitor.link.weights import Weights

LONGEST_POST = 5000
"""Characters of a post that are compared."""
KEPT = 60
"""Candidates of an article that later steps see."""
_USUAL = slice(20, 60)
"""Candidates, best first, whose passages show what an article of this length shares with any post."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate of one article. `score` is a logarithm of odds."""

    seen: Looked
    features: Features
    score: float


def ranked(told: Told, pool: Pool, model: Weights) -> list[Ranked]:
    """Candidates with their scores, best first, `KEPT` at most."""
    found = judged(told, pool)
    scored = [Ranked(seen, numbers, model.score(numbers)) for seen, numbers in found]
    return nlargest(KEPT, scored, key=lambda r: (r.score, -r.seen.number))


def judged(told: Told, pool: Pool) -> list[tuple[Looked, Features]]:
    """Every candidate with its features."""
    named = pool.accounts.named_in(told)
    known: dict[str, float] = {}
    looks: list[Looked] = []
    for number in candidates(told, named, pool):
        terms = terms_of(pool.posts[number].text[:LONGEST_POST])
        _weigh(terms, known, pool)
        looks.append(looked(told, number, terms, known, named.get(pool.posts[number].author_key), pool))
    usual = _usual([shared(look.overlap) for look in looks])
    return [(look, features(look, usual, pool)) for look in looks]


def _weigh(terms: Sequence[Term], known: dict[str, float], pool: Pool) -> None:
    for term in terms:
        if term.key not in known:
            known[term.key] = weight(term, pool)


def _usual(passages: list[float]) -> float:
    run = sorted(passages, reverse=True)[_USUAL]
    return fmean(run) if len(run) > 5 else 0.0
