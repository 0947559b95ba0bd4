"""The figures of a check: posts counted once each, in all, by platform, and by age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model.availability import State
from monitor.model.check import Article, Checked

STATES: tuple[State, ...] = ("live", "changed", "not_found", "not_answered")
WORDS = {"live": "live", "changed": "changed", "not_found": "not found", "not_answered": "not answered"}
_DAY = timedelta(days=1)
_AGES = (
    ("under a week", 7 * _DAY),
    ("under a month", 30 * _DAY),
    ("1 to 3 months", 91 * _DAY),
    ("3 to 12 months", 365 * _DAY),
    ("1 to 3 years", 3 * 365 * _DAY),
    ("3 to 6 years", 6 * 365 * _DAY),
    ("over 6 years", timedelta.max),
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many posts are in which state, and how many of them we keep a copy of."""

    live: int = 0
    changed: int = 0
    not_found: int = 0
    not_answered: int = 0
    kept: int = 0

    @property
    def posts(self) -> int:
        """All of them."""
        return self.live + self.changed + self.not_found + self.not_answered

    @property
    def answered(self) -> int:
        """Those of which we know something."""
        return self.posts - self.not_answered

    def of(self, state: State) -> int:
        """The number in one state."""
        return int(getattr(self, state))


def once_each(rows: Iterable[Checked]) -> list[Checked]:
    """One row a post, its first."""
    found: dict[tuple[str, str], Checked] = {}
    for row in rows:
        found.setdefault((row.citing.cited.platform, row.citing.cited.post_id), row)
    return list(found.values())


def count(rows: Iterable[Checked]) -> Count:
    """The posts of these rows, each once."""
    posts = once_each(rows)
    states = {state: sum(row.seen.state == state for row in posts) for state in STATES}
    return Count(**states, kept=sum(row.copy is not None for row in posts))


def by_platform(rows: Sequence[Checked]) -> list[tuple[str, Count]]:
    """Counts a platform, the most cited first."""
    names = {row.citing.cited.platform for row in rows}
    counts = [(name, count(row for row in rows if row.citing.cited.platform == name)) for name in names]
    return sorted(counts, key=lambda pair: (-pair[1].posts, pair[0]))


def by_age(rows: Sequence[Checked], now: datetime) -> list[tuple[str, Count]]:
    """Counts by the age of the post, youngest first; posts whose time nobody told come last, where there are any."""
    ages: dict[str, list[Checked]] = {name: [] for name, _ in _AGES}
    untold: list[Checked] = []
    for row in once_each(rows):
        if row.posted_at is None:
            untold.append(row)
        else:
            old = now - row.posted_at
            ages[next(name for name, most in _AGES if old < most)].append(row)
    found = [(name, count(those)) for name, those in ages.items()]
    return [*found, ("age not told", count(untold))] if untold else found


def sentence(articles: Sequence[Article], rows: Sequence[Checked], *, of_site: bool) -> str:
    """All in one sentence."""
    told = count(rows)
    read = [article for article in articles if article.error is None]
    who = f"{many(len(read), 'article')} {'cites' if len(read) == 1 else 'cite'}" if of_site else "it cites"
    if not told.posts:
        return f"{who} no posts."
    parts = [
        f"{told.of(state)} {WORDS[state]}{kept_words(rows, state)}"
        for state in STATES
        if state == "live" or told.of(state)
    ]
    return f"{who} {many(told.posts, 'post')}: {', '.join(parts)}."


def kept_words(rows: Iterable[Checked], state: State) -> str:
    """How many of the posts in a state we keep, as words that follow the state's."""
    told = count(row for row in rows if row.seen.state == state)
    if not told.kept:
        return ""
    if told.kept < told.posts:
        return f" ({told.kept} kept)"
    return " and kept" if state == "live" else " (kept)"


def many(number: int, noun: str) -> str:
    """A number and its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
