"""The posts among which an article's are looked for, indexed by word, account and time: `Pool.of(posts)`.

Posts are numbered in the order of time, so that the posts of a span of time are a slice of every list.
"""

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from monitor.link.accounts import Accounts
from monitor.link.common import is_common
from monitor.link.moments import seconds
from monitor.link.names import Account
from monitor.link.terms import terms_of
from monitor.model.linking import Candidate

_LONGEST = 5000
"""Characters of a post that are indexed."""


class Census(Protocol):
    """How many posts there are in all, where a pool is a choice of them."""

    def between(self, first: float, last: float) -> int:
        """How many of all accounts in a span of time, in seconds since 1970."""

    def own_between(self, author_key: str, first: float, last: float) -> int:
        """How many of one account."""


class Pool:
    """Posts by word, account and time."""

    def __init__(
        self,
        posts: Sequence[Candidate],
        aliases: Mapping[str, Sequence[str]] | None = None,
        census: Census | None = None,
    ) -> None:
        self.posts = posts
        """In the order of time; those without a time at the end."""
        self.times = array("d", (seconds(p.posted_at) for p in posts))
        self.accounts = Accounts({p.author_key: Account(p.handle, p.author_name) for p in posts}.items(), aliases)
        self._postings: dict[str, array[int]] = {}
        self._by_account: dict[str, array[int]] = {}
        self._census = census
        for number, post in enumerate(posts):
            self._by_account.setdefault(post.author_key, array("I")).append(number)
            for key in {t.key for t in terms_of(post.text[:_LONGEST])}:
                self._postings.setdefault(key, array("I")).append(number)

    @classmethod
    def of(
        cls,
        posts: Iterable[Candidate],
        aliases: Mapping[str, Sequence[str]] | None = None,
        census: Census | None = None,
    ) -> "Pool":
        """A pool of the posts, in whatever order they come; a post that comes twice is in it once.

        The `census` knows how many posts there are where these are but a choice.
        """
        known = {(p.platform, p.post_id): p for p in posts}
        return cls(sorted(known.values(), key=lambda p: (seconds(p.posted_at), p.post_id)), aliases, census)

    def __len__(self) -> int:
        return len(self.posts)

    def having(self, key: str) -> Sequence[int]:
        """The numbers of the posts that hold a term."""
        return self._postings.get(key, ())

    def of_account(self, author_key: str) -> Sequence[int]:
        """The numbers of an account's posts."""
        return self._by_account.get(author_key, ())

    def rarity(self, key: str) -> float:
        """How much it tells that a post holds a term, in natural units: the negative logarithm of its share of posts."""
        return rarity(len(self._postings.get(key, ())), len(self.posts), common=is_common(key))

    def span(self, first: float, last: float) -> tuple[int, int]:
        """The numbers of the posts of a span of time, in seconds since 1970: from the first number to before the second."""
        return bisect_left(self.times, first), bisect_left(self.times, last)

    def between(self, first: float, last: float) -> int:
        """How many posts a span of time holds."""
        begin, end = self.span(first, last)
        return max(end - begin, self._census.between(first, last) if self._census else 0)

    def own_between(self, author_key: str, first: float, last: float) -> int:
        """How many posts of an account a span of time holds."""
        own = self.of_account(author_key)
        found = bisect_left(own, last, key=self.times.__getitem__) - bisect_left(own, first, key=self.times.__getitem__)
        return max(found, self._census.own_between(author_key, first, last) if self._census else 0)

    def number_of(self, platform: str, post_id: str) -> int | None:
        """The number of a post, None where it is not in the pool."""
        return self._numbers.get((platform, post_id))

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return {(post.platform, post.post_id): number for number, post in enumerate(self.posts)}


_IMAGINED = 2000
_COMMON_SHARE, _USUAL_SHARE = 0.02, 0.0003


_OFTEN, _SURE = 0.1, 2.0


def rarity(having: int, posts: int, *, common: bool) -> float:
    """As if the pool held two thousand posts more in which a word is as usual as in the language: few posts tell little.

    A word that many of them hold is no rarer than its share makes it for certain: it may be what this pool is about.
    """
    share = _COMMON_SHARE if common else _USUAL_SHARE
    told = math.log((posts + _IMAGINED) / (having + _IMAGINED * share))
    return min(told, -math.log(_least_share(having, posts))) if having > 2 and having >= _OFTEN * posts else told


def _least_share(having: int, posts: int) -> float:
    """The lower end of Wilson's interval of a share, at two standard deviations."""
    share, spread = having / posts, _SURE * _SURE / posts
    return (share + spread / 2 - math.sqrt(spread * (share * (1 - share) + spread / 4))) / (1 + spread)
