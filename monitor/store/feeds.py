"""What lists have shown us: their entries, and the parts that they consist of."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.model.feed import Part
from monitor.store.open import Store

_KEYS = 500
"""Ids looked up at once."""


@dataclass(frozen=True, slots=True)
class KnownPart:
    """A part as we know it; `read` is its mark of change when it was last read, None for never.

    `old`: it was there at the first look, and was not read since.
    """

    url: str
    parent: str
    listed: str
    read: str | None
    old: bool
    etag: str | None
    last_modified: str | None
    read_at: datetime | None
    not_before: datetime | None


def known_entries(store: Store, watch_id: int, entry_ids: Sequence[str]) -> dict[str, str | None]:
    """Those entries that the list has shown before, and their marks of change then."""
    found: dict[str, str | None] = {}
    for start in range(0, len(entry_ids), _KEYS):
        rows = store.all(
            """SELECT entry_id, change FROM feed_entry WHERE watch_id = ?
            AND entry_id IN (SELECT value FROM json_each(?))""",
            watch_id,
            json.dumps(list(entry_ids[start : start + _KEYS])),
        )
        found |= {row["entry_id"]: row["change"] for row in rows}
    return found


def note_entries(store: Store, watch_id: int, changes: Mapping[str, str], now: datetime) -> None:
    """Remembers what a list showed: entries and their marks of change ("" for none)."""
    with store.change() as db:
        db.executemany(
            """INSERT INTO feed_entry (watch_id, entry_id, seen_at, change) VALUES (?, ?, ?, ?)
            ON CONFLICT (watch_id, entry_id) DO UPDATE SET change = excluded.change WHERE change IS NOT excluded.change""",
            [(watch_id, entry_id, clock.text(now), change or None) for entry_id, change in changes.items()],
        )


def parts(store: Store, watch_id: int) -> dict[str, KnownPart]:
    """Every part of a list, by address."""
    rows = store.all("SELECT * FROM feed_part WHERE watch_id = ?", watch_id)
    return {row["url"]: _part(row) for row in rows}


def part(store: Store, watch_id: int, url: str) -> KnownPart | None:
    """One part, or None."""
    row = store.one("SELECT * FROM feed_part WHERE watch_id = ? AND url = ?", watch_id, url)
    return None if row is None else _part(row)


def list_parts(store: Store, watch_id: int, parent: str, found: Iterable[Part], *, old: bool = False) -> None:
    """Takes down the parts that a list names now; those that it names no more are forgotten. `old`: as of a first look."""
    rows = [(watch_id, item.url, parent, item.change, int(old)) for item in found]
    with store.change() as db:
        db.execute(
            "DELETE FROM feed_part WHERE watch_id = ? AND parent = ? AND url NOT IN (SELECT value FROM json_each(?))",
            (watch_id, parent, json.dumps([row[1] for row in rows])),
        )
        db.executemany(
            """INSERT INTO feed_part (watch_id, url, parent, listed, old) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (watch_id, url) DO UPDATE SET listed = excluded.listed WHERE listed != excluded.listed""",
            rows,
        )


def pass_over(store: Store, watch_id: int, urls: Iterable[str]) -> None:
    """Takes parts for read as they are listed now: a first look finds them too old."""
    with store.change() as db:
        db.executemany(
            "UPDATE feed_part SET read = listed WHERE watch_id = ? AND url = ?",
            [(watch_id, url) for url in urls],
        )


def part_read(
    store: Store, watch_id: int, url: str, mark: str, etag: str | None, last_modified: str | None, now: datetime
) -> None:
    """A part was read as it was listed then."""
    with store.change() as db:
        db.execute(
            """INSERT INTO feed_part (watch_id, url, listed, read, etag, last_modified, read_at) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (watch_id, url) DO UPDATE SET read = excluded.read, old = 0, etag = excluded.etag,
            last_modified = excluded.last_modified, read_at = excluded.read_at, not_before = NULL""",
            (watch_id, url, mark, mark, etag, last_modified, clock.text(now)),
        )


def part_failed(store: Store, watch_id: int, url: str, not_before: datetime) -> None:
    """A part could not be read: it is left alone until then, unless it is listed as changed."""
    with store.change() as db:
        db.execute(
            "UPDATE feed_part SET not_before = ? WHERE watch_id = ? AND url = ?",
            (clock.text(not_before), watch_id, url),
        )


def parts_read_since(store: Store, watch_id: int, since: datetime) -> int:
    """How many parts a look has read that began then."""
    return int(
        str(
            store.value(
                "SELECT count(*) FROM feed_part WHERE watch_id = ? AND read_at >= ?", watch_id, clock.text(since)
            )
        )
    )


def _part(row: sqlite3.Row) -> KnownPart:
    return KnownPart(
        url=row["url"],
        parent=row["parent"],
        listed=row["listed"],
        read=row["read"],
        old=bool(row["old"]),
        etag=row["etag"],
        last_modified=row["last_modified"],
        read_at=clock.parse_or_none(row["read_at"]),
        not_before=clock.parse_or_none(row["not_before"]),
    )
