"""Opening the database: one connection a thread, WAL, foreign keys on, a backup before any migration."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import clock
from monitor.errors import LedgerDamaged, StorageFull, TryLater
from monitor.store.migrations import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

BUSY_SECONDS = 30
LedgerError = sqlite3.Error
"""What a damaged or unreadable database raises; a full disk and a lock are errors of our own tree."""


@contextmanager
def _told_as_ours(path: Path | str) -> Iterator[None]:
    """SQLite's words for a full disk, a broken file and a lock that outlasts our patience, as errors of our tree."""
    try:
        yield
    except sqlite3.DatabaseError as exc:
        name = str(getattr(exc, "sqlite_errorname", ""))
        if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise StorageFull(f"{path}: {exc}: make room on its disk; nothing recorded is lost") from exc
        if name.startswith("SQLITE_BUSY"):
            raise TryLater(
                f"{path} has been locked by another program for {BUSY_SECONDS} s: end that program; nothing recorded is lost"
            ) from exc
        if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            raise LedgerDamaged(f"{path}: {exc}: restore the newest of storage/backups") from exc
        if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
            raise LedgerDamaged(f"{path}: {exc}: let this user write to the file and its folder") from exc
        raise


class Store:
    """One thread's connection. Reads are plain; every change goes through `change()`."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        self.connection = connection

    @cached_property
    def db(self) -> "Database":
        """The connection as sqlite-utils knows it: for migrations."""
        from sqlite_utils import Database

        return Database(self.connection, execute_plugins=False)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives the connection back."""
        self.connection.close()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One short transaction that holds the write lock from its first statement; nests as part of the outer one."""
        if self.connection.in_transaction:
            yield self.connection
            return
        with _told_as_ours(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.commit()
            except BaseException:
                # Also when only the commit failed: else the next change would become part of this one.
                self.connection.rollback()
                raise

    def forget_log(self) -> None:
        """Empties the write-ahead log, in which pages from before a purge would lie on. A busy reader puts it off."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Every row of a query."""
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row of a query, or None."""
        row: sqlite3.Row | None = self.connection.execute(sql, values).fetchone()
        return row

    def value_text(self, sql: str, *values: object) -> str | None:
        """`value` as a text, or None."""
        found = self.value(sql, *values)
        return None if found is None else str(found)

    def value(self, sql: str, *values: object) -> object:
        """The first column of the first row, or None."""
        row = self.one(sql, *values)
        return None if row is None else row[0]


def open_store(path: Path) -> Store:
    """Opens, makes or migrates the database file. Before migrating one that holds data, a backup is written beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _told_as_ours(path):
        store = Store(path)
        try:
            store.connection.execute("PRAGMA journal_mode = WAL")
            if not migrations.all_taken(store.connection):
                if migrations.migrations().applied(store.db):
                    _back_up(store, path)
                _migrate(store)
        except BaseException:
            store.close()
            raise
    return store


def memory_store() -> Store:
    """A migrated database in memory."""
    store = Store(":memory:")
    _migrate(store)
    return store


def _migrate(store: Store) -> None:
    with store.change():
        migrations.migrations().apply(store.db)


def copy_ledger(store: Store, to: Path) -> None:
    """SQLite's online backup: one moment of the database as a file that stands by itself, while others write."""
    target = sqlite3.connect(to)
    try:
        store.connection.backup(target)
        # The copy has no log beside it: a single file is what people move about.
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()


def _back_up(store: Store, path: Path) -> None:
    stamp = clock.text(clock.now()).replace(":", "").replace(".", "")
    folder = path.parent / "backups"
    folder.mkdir(exist_ok=True)
    copy_ledger(store, folder / f"{path.stem}-{stamp}.db")
