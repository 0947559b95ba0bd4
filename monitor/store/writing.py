"""Many rows in few statements: FTS5 and SQLite do work for each statement, whatever the number of its rows."""

import sqlite3
from collections.abc import Sequence

from monitor.store.open import Store

_MOST_VALUES = 30_000
"""SQLite takes 32,766 in one statement."""


def insert_all(
    store: Store, table: str, columns: str, rows: Sequence[tuple[object, ...]], *, returning: str = ""
) -> list[sqlite3.Row]:
    """Adds the rows in their order; one whose key is there already is passed over. Call it inside a change.

    `returning` names the columns to be told of the rows that were added.
    """
    if not rows:
        return []
    width = len(rows[0])
    size = min(len(rows), _MOST_VALUES // width)
    row_marks = f"({','.join('?' * width)})"
    tail = f"ON CONFLICT DO NOTHING{' RETURNING ' * bool(returning)}{returning}"
    added: list[sqlite3.Row] = []
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        added += store.connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES {','.join([row_marks] * len(part))} {tail}",
            [value for row in part for value in row],
        ).fetchall()
    return added
