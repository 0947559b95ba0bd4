"""The numbered steps that make the database, known by name without the library that takes them.

Nearly every command finds all steps taken; importing sqlite-utils to learn that costs more than the rest of a listing.
"""

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

    Step = Callable[[Database], None]


class Steps:
    """A set of migrations in the making; `@steps()` adds a function under its name, in order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._steps: list[Step] = []

    def __call__(self) -> "Callable[[Step], Step]":
        """The decorator of a step."""

        def added(step: "Step") -> "Step":
            self._steps.append(step)
            return step

        return added

    def all_taken(self, connection: sqlite3.Connection) -> bool:
        """Whether the database has every step."""
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
            return False
        found = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (self.name,))
        return {step.__name__ for step in self._steps} <= {row[0] for row in found}

    def migrations(self) -> "Migrations":
        """The steps as sqlite-utils takes them."""
        from sqlite_utils import Migrations

        made = Migrations(self.name)
        for step in self._steps:
            made()(step)
        return made
