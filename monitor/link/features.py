"""What tells for a post being one that an article speaks of, as the numbers that the score weighs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields

from monitor.link.accounts import Named
from monitor.link.names import handle_stem
from monitor.link.overlap import Overlap, overlap
from monitor.link.pool import Pool
from monitor.link.terms import Term
from monitor.link.times import Timing, timing
from monitor.link.told import Told
from monitor.model.linking import Candidate

_SHORTEST_SITE = 4


@dataclass(frozen=True, slots=True)
class Features:
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
    name_by_mention: float
    """The same where the name stands beside a mention of a platform."""
    publisher: float
    """1 where the account is the publisher's own."""

    def row(self) -> tuple[float, ...]:
        """The numbers in the order of the fields."""
        return astuple(self)


NAMES = tuple(field.name for field in fields(Features))


@dataclass(frozen=True, slots=True)
class Looked:
    """All that was seen of one article and one post."""

    number: int
    """The post's number in its pool."""
    overlap: Overlap
    timing: Timing
    named: Named | None
    by_mention: bool
    publisher: bool


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
        named is not None and any(p in told.cued for p in named.paragraphs),
        is_publishers(told, post),
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
        run=math.log1p(words.run / 10),
        tag=words.tag / 8,
        name=tells,
        name_by_mention=min(1.0, tells / 4) if seen.by_mention else 0.0,
        publisher=float(seen.publisher),
    )


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


def is_publishers(told: Told, post: Candidate) -> bool:
    """Whether the account bears the name of the article's site."""
    site, handle = told.site, (post.handle or "").lower().replace("_", "")
    stem = handle_stem(post.handle or "")
    return len(site) >= _SHORTEST_SITE and (site in handle or (len(stem) > _SHORTEST_SITE and stem in site))
