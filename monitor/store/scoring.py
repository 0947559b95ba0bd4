"""What is to be scored: articles that wait for their suggestions, and posts that came since the last time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.store.open import Store

_POSTS, _ACCOUNTS = "post_version", "account"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that waits to be scored. `silent`: it came with a first look, which tells of nothing singly."""

    article_id: int
    version: int
    silent: bool


@dataclass(frozen=True, slots=True)
class Fresh:
    """A wording of a post that came since the last time."""

    row: int
    text: str
    at: str
    """When it was posted, as far as known, else when it was seen."""
    handle: str | None
    name: str | None


def want(store: Store, article_ids: Iterable[int]) -> None:
    """Asks for another scoring of articles."""
    with store.change() as db:
        db.executemany(
            "INSERT INTO article_scoring (article_id) VALUES (?) ON CONFLICT (article_id) DO UPDATE SET wanted = 1",
            [(article_id,) for article_id in article_ids],
        )


def keep_silent(store: Store, article_id: int) -> None:
    """An article that is new came with a first look: what is suggested for it at first is told to nobody."""
    with store.change() as db:
        db.execute("INSERT OR IGNORE INTO article_scoring (article_id, wanted, silent) VALUES (?, 0, 1)", (article_id,))


def waiting(store: Store, limit: int) -> list[Waiting]:
    """Articles that wait, the newest first."""
    rows = store.all(
        """SELECT s.article_id, s.silent, (SELECT max(n) FROM article_version v WHERE v.article_id = s.article_id) AS version
        FROM article_scoring s WHERE s.wanted ORDER BY s.article_id DESC LIMIT ?""",
        limit,
    )
    return [Waiting(row["article_id"], row["version"] or 0, bool(row["silent"])) for row in rows]


def was_searched(store: Store, article_id: int, version: int) -> bool:
    """Whether the platform was searched for this version of an article."""
    return bool(
        store.value(
            "SELECT searched_version >= ? FROM article_scoring WHERE article_id = ? AND searched_at IS NOT NULL",
            version,
            article_id,
        )
    )


def searched(store: Store, article_id: int, version: int, now: datetime) -> None:
    """The platform was searched for this version of an article: once is enough."""
    with store.change() as db:
        db.execute(
            "UPDATE article_scoring SET searched_at = ?, searched_version = ? WHERE article_id = ?",
            (clock.text(now), version, article_id),
        )


def is_due(store: Store) -> bool:
    """Whether an article waits, or a post has come."""
    return bool(
        store.value(
            """SELECT EXISTS (SELECT 1 FROM article_scoring WHERE wanted) OR (SELECT coalesce(max(id), 0) FROM post_version) >
            coalesce((SELECT row FROM scoring_mark WHERE name = ?), 0)""",
            _POSTS,
        )
    )


def scored(store: Store, done: Iterable[Waiting], now: datetime) -> None:
    """Articles have their suggestions, of their present version and all posts that were taken in."""
    mark = _mark(store, _POSTS)
    with store.change() as db:
        db.executemany(
            """UPDATE article_scoring SET wanted = 0, silent = 0, version = ?, post_mark = ?, scored_at = ? WHERE article_id = ?
            AND NOT EXISTS (SELECT 1 FROM article_version v WHERE v.article_id = article_scoring.article_id AND v.n > ?)""",
            [(one.version, mark, clock.text(now), one.article_id, one.version) for one in done],
        )


def fresh_posts(store: Store, limit: int) -> list[Fresh]:
    """Wordings of posts that came since the last time, in the order of their coming."""
    rows = store.all(
        """SELECT v.id, w.text, coalesce(p.posted_at, p.id_time, p.seen_at) AS at, a.handle, a.name FROM post_version v
        JOIN post p ON p.id = v.post JOIN account a ON a.id = p.account_id LEFT JOIN wording w ON w.sha256 = v.text_sha256
        WHERE v.id > ? ORDER BY v.id LIMIT ?""",
        _mark(store, _POSTS),
        limit,
    )
    return [Fresh(row["id"], row["text"] or "", row["at"], row["handle"], row["name"]) for row in rows]


def took_posts(store: Store, last: int) -> None:
    """Posts up to this row are taken in."""
    _set_mark(store, _POSTS, last)


def fresh_accounts(store: Store, limit: int) -> list[tuple[int, str | None, str | None]]:
    """(row, handle, name) of each name that an account has shown since the last time, with the row of its history as the mark."""
    rows = store.all(
        "SELECT id, account_id, handle, name FROM account_handle WHERE id > ? ORDER BY id LIMIT ?",
        _mark(store, _ACCOUNTS),
        limit,
    )
    if rows:
        _set_mark(store, _ACCOUNTS, rows[-1]["id"])
    return [(row["account_id"], row["handle"], row["name"]) for row in rows]


def add_keys(store: Store, keys: Iterable[tuple[str, int]]) -> None:
    """What accounts are looked up by: (key, row of the account)."""
    with store.change() as db:
        db.executemany("INSERT OR IGNORE INTO account_key (key, account_id) VALUES (?, ?)", keys)


def _mark(store: Store, name: str) -> int:
    return int(str(store.value("SELECT row FROM scoring_mark WHERE name = ?", name) or 0))


def _set_mark(store: Store, name: str, row: int) -> None:
    with store.change() as db:
        db.execute(
            "INSERT INTO scoring_mark (name, row) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET row = excluded.row",
            (name, row),
        )
