"""Which posts are worth a look for an article, found by index: `candidates(told, named, pool)`. Never all of them."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest

from monitor.link.accounts import Named
from monitor.link.overlap import MOST
from monitor.link.pool import Pool
from monitor.link.told import Told

BY_WORDS = 90
"""Posts taken for the words that they share, of whatever time."""
RECENT = 45
"""Posts taken for the words that they share, of the days around the article."""
NEAREST = 25
"""Posts taken for being the last before the article."""
BY_NAME = 40
"""Posts of each account that the article names, the last before it."""
_DAYS_BEFORE, _DAYS_AFTER = 3, 2
_HOUR, _DAY = 3600.0, 86_400.0
_POSTINGS = 15_000
"""How many entries of the index are read for an article, rarest words first, and once more of the days around it."""


def candidates(told: Told, named: Mapping[str, Named], pool: Pool) -> list[int]:
    """The numbers of the posts to look at, in order."""
    first, last = _days_around(told, pool)
    worth = _by_words(told, pool, first, last)
    chosen = set(nlargest(BY_WORDS, worth, key=worth.__getitem__))
    near = [number for number in worth if first <= number < last]
    chosen.update(nlargest(RECENT, near, key=worth.__getitem__))
    if told.at is not None:
        _, end = pool.span(0, told.at + told.story.slack_hours * _HOUR)
        chosen.update(range(max(first, end - NEAREST), end))
    for account in named:
        chosen.update(_latest(account, told, pool))
    return sorted(chosen)


def _days_around(told: Told, pool: Pool) -> tuple[int, int]:
    """The numbers of the posts of the days around the article; none for an article without a time."""
    return pool.span(told.at - _DAYS_BEFORE * _DAY, told.at + _DAYS_AFTER * _DAY) if told.at is not None else (0, 0)


def _by_words(told: Told, pool: Pool, first: int, last: int) -> dict[int, float]:
    """What the shared words of posts tell, the rarest words read first: of all posts, then of those around the article alone."""
    keys = sorted((k for k in {*told.places, *told.joined} if pool.having(k)), key=lambda k: len(pool.having(k)))
    worth: dict[int, float] = {}
    read = read_near = 0
    for key in keys:
        having: Sequence[int] = pool.having(key)
        if read + len(having) > _POSTINGS and worth:
            having = having[bisect_left(having, first) : bisect_left(having, last)]
            read_near += len(having)
        else:
            read += len(having)
        tells = min(pool.rarity(key), MOST)
        for number in having:
            worth[number] = worth.get(number, 0.0) + tells
        if read_near > _POSTINGS:
            break
    return worth


def _latest(account: str, told: Told, pool: Pool) -> Iterable[int]:
    own = pool.of_account(account)
    if told.at is None:
        return own[:BY_NAME]
    _, end = pool.span(0, told.at + _DAYS_AFTER * _DAY)
    return [n for n in own if n < end][-BY_NAME:]
