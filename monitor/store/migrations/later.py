"""Steps from 22 on: a new one goes to the end of this file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store.migrations.base import migrations, run

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations()
def m022_reading_again(db: Database) -> None:
    """When an article is read again, and which ones a person has flagged."""
    run(
        db,
        # `flagged` is the reason, such as "much read"; '' for none.
        "ALTER TABLE article ADD COLUMN flagged TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE article ADD COLUMN next_read_at TEXT",
        "CREATE INDEX article_due ON article (next_read_at) WHERE next_read_at IS NOT NULL",
    )


@migrations()
def m023_searches(db: Database) -> None:
    """For which version of an article the platform was searched."""
    run(db, "ALTER TABLE article_scoring ADD COLUMN searched_version INTEGER NOT NULL DEFAULT 0")
