"""What tells for a post being one that an article speaks of, as the numbers that the score weighs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from monitor.link.accounts import Named
from monitor.link.overlap import Overlap, overlap, worth
from monitor.link.pool import Pool
from monitor.link.sayings import Saying, saying
from monitor.link.terms import Term
from monitor.link.times import Timing, timing
from monitor.link.told import Told
from monitor.model.linking import Candidate


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
    there: float
    """How much less the passage of such a mention shares than the best one, as a difference of logarithms."""
    media: float
    """Whether such a mention tells of a video or picture and the post has one (1), or has only others (-1); 0 where that is not known."""
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
        there=_there(seen),
        media=_media(seen.saying, pool.posts[seen.number]),
        day=_day(seen.saying),
    )


def _there(seen: Looked) -> float:
    if seen.saying is None:
        return 0.0
    passages, number = seen.overlap.passages, seen.saying.mention.paragraph
    here = max(worth(passages, number - 1), worth(passages, number))
    return math.log1p(here / 10) - shared(seen.overlap)


def _media(told: Saying | None, post: Candidate) -> float:
    if told is None or told.mention.media is None or not post.media:
        return 0.0
    return 1.0 if told.mention.media in post.media else -1.0


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
    return seen.named.match.strength * math.log((len(pool) + 20) / (len(own) + 0.3))
