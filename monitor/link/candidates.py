"""Which posts are worth a look for an article, found by index: `candidates(told, named, pool)`. Never all of them."""

from collections.abc import Iterable, Mapping
from heapq import nlargest

from monitor.link.accounts import Named
from monitor.link.overlap import MOST
from monitor.link.pool import Pool
from monitor.link.told import Told

BY_WORDS = 120
"""Posts taken for the words that they share, of whatever time."""
RECENT = 60
"""Posts taken for the words that they share, of the days around the article."""
NEAREST = 30
"""Posts taken for being the last before the article."""
BY_NAME = 40
"""Posts of each account that the article names, the last before it."""
_DAYS_BEFORE, _DAYS_AFTER = 3, 2
_DAY = 86_400.0
_POSTINGS = 60_000
"""How many entries of the index are read for an article, rarest words first."""


def candidates(told: Told, named: Mapping[str, Named], pool: Pool) -> list[int]:
    """The numbers of the posts to look at, in order."""
    worth = _by_words(told, pool)
    chosen = set(nlargest(BY_WORDS, worth, key=lambda n: (worth[n], -n)))
    if told.at is not None:
        slack = told.story.slack_hours * 3600
        first, last = pool.span(told.at - _DAYS_BEFORE * _DAY, told.at + _DAYS_AFTER * _DAY)
        near = [n for n in worth if first <= n < last]
        chosen.update(nlargest(RECENT, near, key=lambda n: (worth[n], -n)))
        _, end = pool.span(0, told.at + slack)
        chosen.update(range(max(first, end - NEAREST), end))
    for account in named:
        chosen.update(_latest(account, told, pool))
    return sorted(chosen)


def _by_words(told: Told, pool: Pool) -> dict[int, float]:
    """What the shared words of each post tell, the rarest words read first."""
    keys = sorted((k for k in {*told.places, *told.joined} if pool.having(k)), key=lambda k: len(pool.having(k)))
    worth: dict[int, float] = {}
    read = 0
    for key in keys:
        having = pool.having(key)
        read += len(having)
        if read > _POSTINGS and worth:
            break
        tells = min(pool.rarity(key), MOST)
        for number in having:
            worth[number] = worth.get(number, 0.0) + tells
    return worth


def _latest(account: str, told: Told, pool: Pool) -> Iterable[int]:
    own = pool.of_account(account)
    if told.at is None:
        return own[:BY_NAME]
    _, end = pool.span(0, told.at + _DAYS_AFTER * _DAY)
    return [n for n in own if n < end][-BY_NAME:]
