"""Articles of the store as the linking sees them, and the posts that each may speak of, found by index: `story_of`, `pool_for`.

Of each article: posts that share its rarest words, the last ones before it, and the latest of every account that it may name.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from monitor import clock
from monitor.articles.mentions import mentions_in
from monitor.link.accounts import keys_in, keys_of_account
from monitor.link.common import is_common
from monitor.link.moments import seconds
from monitor.link.names import Account, plain_name
from monitor.link.pool import Pool
from monitor.link.terms import terms_of
from monitor.link.told import Told
from monitor.model.article import Precision
from monitor.model.linking import SLACK_HOURS, Story
from monitor.store import editions, finding, scoring
from monitor.store.open import Store

BY_WORDS, BEFORE, AFTER, BY_NAME = 300, 1200, 100, 40
"""Posts taken for their words; for being the last before an article, and the first after; and of each account that it may name."""
NAMED = 200
"""Accounts looked at for the names of an article: many share a common surname."""
_DAYS_BEFORE, _DAYS_AFTER, _CENSUS_DAYS = 3, 2, 10
_ACCOUNTS_AT_ONCE = 5_000
_SHORTEST_WORD = 3

Aliases = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """An article to score: its words, and the citations that wait for a post, by the key of their sentence."""

    article_id: int
    version: int
    story: Story
    mentions: Mapping[str, int]
    cited: frozenset[int]
    """Rows of posts that it cites by address."""


def asked(store: Store, article_id: int, version: int) -> Asked | None:
    """The article, unless it gives an address for every post that it speaks of: then nothing is left to suggest."""
    mentions = {
        row["key"]: row["id"]
        for row in store.all(
            """SELECT c.key, c.id FROM citation c JOIN link l ON l.citation_id = c.id WHERE c.article_id = ? AND c.kind = 'mention'
            AND c.cited_post_id IS NULL AND c.last_version = ? AND c.key LIKE '%:words:%'""",
            article_id,
            version,
        )
    }
    addressed = store.all(
        """SELECT l.post FROM citation c LEFT JOIN link l ON l.citation_id = c.id WHERE c.article_id = ? AND c.last_version = ?
        AND c.confidence >= 0.5 AND c.kind != 'mention'""",
        article_id,
        version,
    )
    story = None if addressed and not mentions else story_of(store, article_id, version)
    if story is None:
        return None
    waiting = tuple(m for m in story.mentions if m.key in mentions)
    cited = frozenset(row[0] for row in addressed if row[0] is not None)
    return Asked(article_id, version, replace(story, mentions=waiting), mentions, cited)


def story_of(store: Store, article_id: int, version: int) -> Story | None:
    """An article's words as one of its versions has them; None when they were purged."""
    row = store.one(
        """SELECT a.url, a.title, a.language, a.published_at, a.published_precision, v.reading_sha256 FROM article a
        JOIN article_version v ON v.article_id = a.id AND v.n = ? WHERE a.id = ?""",
        version,
        article_id,
    )
    edition = editions.find(store, row["reading_sha256"]) if row is not None else None
    if row is None or edition is None:
        return None
    at = clock.parse_or_none(row["published_at"])
    precision: Precision = row["published_precision"] or "exact"
    if at is not None and precision == "day":
        at += timedelta(hours=12)
    return Story(
        page=str(article_id),
        title=edition.title or row["title"] or "",
        paragraphs=edition.paragraphs,
        url=row["url"],
        published_at=at,
        slack_hours=SLACK_HOURS[precision] if at else 0,
        language=row["language"],
        mentions=mentions_in(edition.paragraphs, row["language"], at),
    )


@dataclass(frozen=True)
class Found:
    """The pool of some articles, and the row of each of its posts."""

    pool: Pool
    rows: Mapping[tuple[str, str], int]


def pool_for(store: Store, stories: Iterable[Story], aliases: Aliases, also: Iterable[int] = ()) -> Found:
    """The posts that the articles may speak of, and those of the rows in `also`."""
    take_in_accounts(store)
    chosen = set(also)
    times = []
    for story in stories:
        told = Told(story)
        chosen.update(_by_words(store, told))
        if story.published_at is not None:
            times.append(story.published_at)
            chosen.update(_around(store, story.published_at + timedelta(hours=story.slack_hours)))
        chosen.update(_by_name(store, told, aliases))
    held = finding.described(store, sorted(chosen))
    census = StoreCensus(store, times, {one.candidate.author_key: one.account for one in held})
    pool = Pool.of((one.candidate for one in held), aliases, census)
    return Found(pool, {(one.candidate.platform, one.candidate.post_id): one.row for one in held})


def _by_words(store: Store, told: Told) -> list[int]:
    return finding.posts_saying(store, words_of(" ".join(told.paragraphs)), BY_WORDS)


def words_of(text: str) -> Iterator[str]:
    """The words by which a text is searched for: no common ones, each once."""
    for term in terms_of(text):
        word = text[term.start : term.end].lstrip("#@＃＠")
        if len(word) >= _SHORTEST_WORD and not is_common(term.key):
            yield word.lower()


def _around(store: Store, moment: datetime) -> list[int]:
    first, last = moment - timedelta(days=_DAYS_BEFORE), moment + timedelta(days=_DAYS_AFTER)
    before = finding.posts_between(store, clock.text(first), clock.text(moment), BEFORE, newest=True)
    return [*before, *finding.posts_between(store, clock.text(moment), clock.text(last), AFTER, newest=False)]


def _by_name(store: Store, told: Told, aliases: Aliases) -> Iterator[int]:
    end = (told.story.published_at or clock.now()) + timedelta(days=_DAYS_AFTER)
    accounts = finding.accounts_by_keys(store, keys_in(told), NAMED)
    plain = f" {' '.join(map(plain_name, told.paragraphs))} " if aliases else ""
    handles = [handle for handle, names in aliases.items() if any(f" {name} " in plain for name in names)]
    for account in dict.fromkeys([*accounts, *finding.accounts_by_handle(store, handles)]):
        yield from finding.posts_of_account(store, account, clock.text(end), BY_NAME)


def take_in_accounts(store: Store) -> None:
    """Makes accounts that came since the last time known by the keys of their names."""
    while rows := scoring.fresh_accounts(store, _ACCOUNTS_AT_ONCE):
        keys = ((key, row) for row, handle, name in rows for key in keys_of_account(Account(handle, name)))
        scoring.add_keys(store, keys)


class StoreCensus:
    """How many posts the store holds of a span of time; far from the articles, as many as on average."""

    def __init__(self, store: Store, times: Sequence[datetime], accounts: Mapping[str, int]) -> None:
        self._store = store
        self._times = times
        self._accounts = accounts

    @cached_property
    def _hours(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for moment in self._times:
            first, last = moment - timedelta(days=_CENSUS_DAYS), moment + timedelta(days=_DAYS_AFTER)
            told = finding.hourly(self._store, clock.text(first), clock.text(last))
            found.update({int(seconds(clock.parse(f"{hour}:00:00Z"))) // 3600: n for hour, n in told.items()})
        return found

    @cached_property
    def _usual(self) -> tuple[int, int, float]:
        """The first and the last hour of all posts, and how many an hour there are on average."""
        oldest, newest, count = finding.span(self._store)
        if oldest is None or newest is None:
            return 0, 0, 0.0
        first, last = (int(seconds(clock.parse(moment))) // 3600 for moment in (oldest, newest))
        return first, last + 1, count / (last + 1 - first)

    def between(self, first: float, last: float) -> int:
        """Posts of all accounts in a span of time, in seconds since 1970."""
        begin, end = int(first) // 3600, int(last) // 3600 + 1
        oldest, newest, usual = self._usual
        known = min(self._hours, default=newest)
        counted = sum(self._hours.get(hour, 0) for hour in range(max(begin, known), min(end, newest)))
        return counted + round(max(0, min(end, known, newest) - max(begin, oldest)) * usual)

    def own_between(self, author_key: str, first: float, last: float) -> int:
        """Posts of one account in a span of time."""
        account = self._accounts.get(author_key)
        if account is None:
            return 0
        begin, end = (clock.text(_EPOCH + timedelta(seconds=moment)) for moment in (first, last))
        return finding.own_between(self._store, account, begin, end)


_EPOCH = clock.parse("1970-01-01T00:00:00Z")
