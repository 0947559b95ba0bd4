"""Searches that people keep: columns of the wall, and feeds. And what a person has put aside."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class Column:
    """A kept search. `wanted` holds words, platform, handle, availability, video; `owner` its person's row."""

    id: int
    owner: int
    name: str
    wanted: Mapping[str, str]
    on_wall: bool
    feed_sha256: str | None


def keep(store: Store, owner: int, name: str, wanted: Mapping[str, str], *, on_wall: bool, now: datetime) -> int:
    """A new one, or the one of that name brought up to date; gives its row."""
    with store.change() as db:
        row = db.execute(
            """INSERT INTO wall_column (owner, name, wanted, on_wall, created_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (owner, name) DO UPDATE SET wanted = excluded.wanted, on_wall = excluded.on_wall RETURNING id""",
            (owner, name, json.dumps(dict(wanted), ensure_ascii=False), int(on_wall), clock.text(now)),
        ).fetchone()
    return int(row[0])


def of(store: Store, owner: int) -> list[Column]:
    """A person's searches in the order in which they were made."""
    return [_column(row) for row in store.all("SELECT * FROM wall_column WHERE owner = ? ORDER BY id", owner)]


def find(store: Store, number: int, owner: int) -> Column | None:
    """A person's own search, or None."""
    row = store.one("SELECT * FROM wall_column WHERE id = ? AND owner = ?", number, owner)
    return None if row is None else _column(row)


def by_feed(store: Store, secret_sha256: str) -> Column | None:
    """The search of a feed's address, or None."""
    row = store.one(
        """SELECT s.* FROM wall_column s JOIN person p ON p.id = s.owner WHERE s.feed_sha256 = ? AND p.active""",
        secret_sha256,
    )
    return None if row is None else _column(row)


def set_feed(store: Store, number: int, secret_sha256: str | None) -> None:
    """Gives the search a feed, another address for it, or none."""
    with store.change() as db:
        db.execute("UPDATE wall_column SET feed_sha256 = ? WHERE id = ?", (secret_sha256, number))


def forget(store: Store, number: int) -> None:
    """Takes it away."""
    with store.change() as db:
        db.execute("DELETE FROM wall_column WHERE id = ?", (number,))


def _column(row: sqlite3.Row) -> Column:
    return Column(
        row["id"], row["owner"], row["name"], json.loads(row["wanted"]), bool(row["on_wall"]), row["feed_sha256"]
    )


# Put aside


def put_aside(store: Store, person: int, subject: str, now: datetime) -> None:
    """The person does not want to see it on their wall and lists."""
    with store.change() as db:
        db.execute(
            "INSERT OR REPLACE INTO put_aside (person_id, subject, at) VALUES (?, ?, ?)",
            (person, subject, clock.text(now)),
        )


def take_back(store: Store, person: int, subject: str) -> None:
    """The person wants to see it again."""
    with store.change() as db:
        db.execute("DELETE FROM put_aside WHERE person_id = ? AND subject = ?", (person, subject))


def aside(store: Store, person: int, limit: int = 2000) -> set[str]:
    """What the person has put aside of late."""
    rows = store.all("SELECT subject FROM put_aside WHERE person_id = ? ORDER BY at DESC LIMIT ?", person, limit)
    return {row[0] for row in rows}
