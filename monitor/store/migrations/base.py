"""What every step uses: the ordered set, statements one after another, tables that are only added to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from monitor.store.steps import Steps

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Steps("postwatch")
"""All steps in their order."""


def run(db: Database, *statements: str) -> None:
    """Each statement in turn."""
    for statement in statements:
        db.execute(statement)


def append_only(tables: Iterable[str]) -> Iterable[str]:
    """Triggers that refuse to change or delete a row of these tables."""
    for table in tables:
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
