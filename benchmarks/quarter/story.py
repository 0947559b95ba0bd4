"""The truth: who posted what, which articles cite it, and what becomes of it when."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.demo.world import World
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.social.oembed import blockquote
from monitor.demo.world.x.state import XAccount, XPost

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_OWN = 0.1
"""The share of articles that are the newsroom's own."""
_FATES = (("deleted", 0.09), ("withheld", 0.02), ("copyright", 0.015), ("edited", 0.05))
_ACCOUNT_FATES = (("suspended", 0.03), ("protected", 0.03), ("deactivated", 0.03))
_RETURNS = {"deleted": 0.08, "suspended": 0.4, "protected": 0.5, "deactivated": 0.4, "withheld": 0.3, "copyright": 0.3}
_WORDS = [
    "harbour",
    "ferry",
    "treaty",
    "umbrella",
    "runway",
    "goodbye",
    "engine",
    "apron",
    "minister",
    "window",
    "stairs",
    "signal",
    "winter",
    "bridge",
]


@dataclass(slots=True)
class Cited:
    """A post, and what was true of it since when: None while it is to be seen, else why not."""

    post: XPost
    own: bool
    cited_at: datetime
    truth: list[tuple[datetime, str | None]] = field(default_factory=list)
    edits: list[tuple[datetime, str]] = field(default_factory=list)
    """(when, the new version's id), of edits after the citation."""

    def truth_at(self, moment: datetime) -> str | None:
        """What was true then."""
        return next((reason for at, reason in reversed(self.truth) if at <= moment), None)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens in the world."""

    at: datetime
    happen: Callable[[], None]


class Story:
    """`events` in the order of time; `cited` fills up as articles come out; `publish` is told each of them."""

    def __init__(
        self, world: World, start: datetime, days: float, posts: int, seed: int, publish: Callable[[str, bool], None]
    ) -> None:
        self._world, self._x = world, world.x.state
        self._chance = random.Random(seed)
        self._start, self._end = start, start + timedelta(days=days)
        self._publish = publish
        self.cited: dict[str, Cited] = {}
        self.events: list[Event] = []
        self._write(posts)
        self.events.sort(key=lambda event: event.at)

    def _write(self, posts: int) -> None:
        accounts = [self._account(n) for n in range(max(8, posts // 3))]
        number = 0
        while posts > 0:
            size = min(posts, self._chance.randint(1, 5))
            at = self._between(self._start, self._start + (self._end - self._start) * 0.93)
            own = self._chance.random() < _OWN
            authors = [accounts[int(len(accounts) * self._chance.random() ** 2)] for _ in range(size)]
            self._article(number, at, own, authors)
            posts, number = posts - size, number + 1

    def _account(self, number: int) -> XAccount:
        account = self._x.add_account(f"demo_{number}", f"Demo {number}", self._start - 900 * DAY)
        for fate, share in _ACCOUNT_FATES:
            if self._chance.random() < share:
                at = self._between(self._start, self._end)
                self._later(at, lambda fate=fate: self._befall(account, fate, on=True))
                self._maybe_return(fate, at, lambda fate=fate: self._befall(account, fate, on=False))
                break
        return account

    def _article(self, number: int, at: datetime, own: bool, authors: list[XAccount]) -> None:
        cited = [self._post(author, at, own) for author in authors]
        title = f"Demo story {number}: {' '.join(self._chance.sample(_WORDS, 4))}"

        def come_out() -> None:
            blocks = tuple(f"<p>{self._sentence()}</p>{blockquote(self._x, one.post)}" for one in cited)
            article = NewsArticle("courier", f"story-{number}", title, "Mira Tolvaj", at, blocks, lead=self._sentence())
            for one in cited:
                self.cited[one.post.id] = one
                self._note(one, at)
            self._publish(self._world.news.publish(article), own)

        self._later(at, come_out)

    def _post(self, author: XAccount, cited_at: datetime, own: bool) -> Cited:
        posted_at = cited_at - 10 * MINUTE - DAY * (self._chance.random() ** 3)
        post = self._x.add_post(author, f"{self._sentence()} #demo", posted_at)
        one = Cited(post, own, cited_at)
        for fate, share in _FATES:
            if self._chance.random() < share:
                self._draw(one, fate)
                break
        return one

    def _draw(self, one: Cited, fate: str) -> None:
        if fate == "edited":
            at = self._between(one.post.created_at, one.post.created_at + HOUR)
            self._later(at, lambda: self._edit(one, at))
            return
        # Most of what vanishes vanishes early; a little was gone before anybody cited it.
        at = one.cited_at + (self._end - one.cited_at) * (self._chance.random() ** 3) - HOUR * 0.5
        self._later(at, lambda: self._strike(one, fate, on=True))
        self._maybe_return(fate, at, lambda: self._strike(one, fate, on=False))

    def _maybe_return(self, fate: str, at: datetime, happen: Callable[[], None]) -> None:
        if self._chance.random() < _RETURNS[fate]:
            self._later(at + timedelta(days=self._chance.uniform(1, 20)), happen)

    # What happens

    def _edit(self, one: Cited, at: datetime) -> None:
        if one.post.deleted:
            return
        new = self._x.edit_post(one.post, f"{self._sentence()} #demo", at)
        if at > one.cited_at:
            one.edits.append((at, new.id))

    def _strike(self, one: Cited, fate: str, *, on: bool) -> None:
        for version in one.post.chain:
            post = self._x.posts[version]
            if fate == "deleted":
                post.deleted = on
            elif fate == "withheld":
                post.withheld_in = ("DE", "AT") if on else ()
            else:
                post.withheld_copyright = on
        self._note(one, self._now)

    def _befall(self, account: XAccount, fate: str, *, on: bool) -> None:
        if fate == "protected":
            account.protected = on
        else:
            account.standing = {"suspended": "suspended", "deactivated": "deleted"}[fate] if on else "active"  # type: ignore[assignment]
        for one in self.cited.values():
            if one.post.author_id == account.id:
                self._note(one, self._now)

    def _note(self, one: Cited, at: datetime) -> None:
        reason = reason_of(self._x.accounts[one.post.author_id], self._x.posts[one.post.chain[-1]])
        if not one.truth or one.truth[-1][1] != reason:
            one.truth.append((at, reason))

    _now: datetime

    def advance(self, now: datetime) -> None:
        """Lets all that is due happen."""
        while self.events and self.events[0].at <= now:
            event = self.events.pop(0)
            self._now = event.at
            event.happen()

    def _later(self, at: datetime, happen: Callable[[], None]) -> None:
        self.events.append(Event(at, happen))

    def _between(self, one: datetime, other: datetime) -> datetime:
        return one + (other - one) * self._chance.random()

    def _sentence(self) -> str:
        return f"The {' '.join(self._chance.choices(_WORDS, k=self._chance.randint(9, 16)))} (demo)."


def reason_of(author: XAccount, post: XPost) -> str | None:
    """Why a post is not to be seen; None if it is."""
    if author.standing != "active":
        return "account suspended" if author.standing == "suspended" else "account gone"
    if post.deleted:
        return "deleted by author"
    if author.protected:
        return "protected"
    if post.withheld_copyright:
        return "copyright"
    return "withheld in countries" if post.withheld_in else None
