"""What tells for a post being one that an article speaks of, as the numbers that the score weighs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from monitor.link.accounts import Named
from monitor.link.overlap import Overlap, overlap
from monitor.link.pool import Pool
from monitor.link.sayings import Saying, saying
from monitor.link.terms import Term
from monitor.link.times import Timing, timing
from monitor.link.told import Told


class Features(NamedTuple):
    """The numbers of one article and one post."""

    age: float
    """Logarithm of the hours from post to article."""
    untimed: float
    """1 where the one or the other has no time."""
    late: float
    crowd: float
    """Logarithm of the posts of a like age."""
    own_crowd: float
    """Logarithm of those by the same account."""
    coverage: float
    passage: float
    """How much more the best passage shares with this post than with the run of other candidates."""
    run: float
    tag: float
    name: float
    """What it tells that the article names the account: much, where few posts of that time are its own."""
    said: float
    """1 where a mention of the platform names the account, less where it stands beside its name."""
    day: float
    """Whether the time words of such a mention fit the post: 1 or -1; 0 where there are none."""


NAMES = Features._fields


@dataclass(frozen=True, slots=True)
class Looked:
    """All that was seen of one article and one post."""

    number: int
    """The post's number in its pool."""
    overlap: Overlap
    timing: Timing
    named: Named | None
    saying: Saying | None


def looked(
    told: Told, number: int, terms: Sequence[Term], weights: Mapping[str, float], named: Named | None, pool: Pool
) -> Looked:
    """Looks at one post for one article."""
    post = pool.posts[number]
    return Looked(
        number,
        overlap(told, terms, weights),
        timing(told, post, pool),
        named,
        saying(told, post, named) if named and told.story.mentions else None,
    )


def features(seen: Looked, usual: float, pool: Pool) -> Features:
    """The numbers of what was seen; `usual` is what passages share with the run of candidates, as a logarithm."""
    time, words = seen.timing, seen.overlap
    tells = name_tells(seen, pool)
    return Features(
        age=math.log1p(max(0.0, time.hours)) if time.hours is not None else 0.0,
        untimed=float(time.hours is None),
        late=time.lateness,
        crowd=math.log1p(time.crowd),
        own_crowd=math.log1p(time.own_crowd),
        coverage=words.coverage,
        passage=shared(words) - usual,
        run=math.log1p(words.run.worth / 10) if words.run else 0.0,
        tag=words.tag / 8,
        name=tells,
        said=seen.saying.share if seen.saying else 0.0,
        day=_day(seen.saying),
    )


def _day(told: Saying | None) -> float:
    if told is None or told.fits is None:
        return 0.0
    return 1.0 if told.fits else -1.0


def shared(words: Overlap) -> float:
    """What the best passage shares, as a logarithm."""
    return math.log1p(words.passage / 10)


def name_tells(seen: Looked, pool: Pool) -> float:
    """What the account's name in the article tells, in natural units: little of an account that wrote most of the posts."""
    if seen.named is None:
        return 0.0
    own = pool.of_account(pool.posts[seen.number].author_key)
    usual = 20 * len(own) / len(pool)
    return seen.named.match.strength * math.log((seen.timing.crowd + 20) / (seen.timing.own_crowd + usual + 0.3))
