"""The posts among which an article's are looked for, indexed by word, account and time: `Pool.of(posts)`.

Posts are numbered in the order of time, so that the posts of a span of time are a slice of every list.
"""

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from monitor.link.accounts import Accounts
from monitor.link.common import is_common
from monitor.link.moments import seconds
from monitor.link.names import Account
from monitor.link.terms import terms_of
from monitor.model.linking import Candidate

_LONGEST = 5000
"""Characters of a post that are indexed."""


class Pool:
    """Posts by word, account and time."""

    def __init__(self, posts: Sequence[Candidate], aliases: Mapping[str, Sequence[str]] | None = None) -> None:
        self.posts = posts
        """In the order of time; those without a time at the end."""
        self.times = array("d", (seconds(p.posted_at) for p in posts))
        self.accounts = Accounts({p.author_key: Account(p.handle, p.author_name) for p in posts}.items(), aliases)
        self._postings: dict[str, array[int]] = {}
        self._by_account: dict[str, array[int]] = {}
        for number, post in enumerate(posts):
            self._by_account.setdefault(post.author_key, array("I")).append(number)
            for key in {t.key for t in terms_of(post.text[:_LONGEST])}:
                self._postings.setdefault(key, array("I")).append(number)

    @classmethod
    def of(cls, posts: Iterable[Candidate], aliases: Mapping[str, Sequence[str]] | None = None) -> "Pool":
        """A pool of the posts, in whatever order they come; a post that comes twice is in it once."""
        known = {(p.platform, p.post_id): p for p in posts}
        return cls(sorted(known.values(), key=lambda p: (seconds(p.posted_at), p.post_id)), aliases)

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
        return end - begin


_IMAGINED = 2000
_COMMON_SHARE, _USUAL_SHARE = 0.02, 0.0003


def rarity(having: int, posts: int, *, common: bool) -> float:
    """As if the pool held two thousand posts more in which a word is as usual as in the language: few posts tell little."""
    share = _COMMON_SHARE if common else _USUAL_SHARE
    return math.log((posts + _IMAGINED) / (having + _IMAGINED * share))
