"""Saved searches: words that somebody wants to follow, under a name."""

from datetime import datetime

from monitor import clock
from monitor.store.open import Store


def add(store: Store, name: str, words: str, kind: str, actor: str, now: datetime) -> bool:
    """Saves a search; False when the name is taken. `kind` is "post", "article", or "" for both."""
    with store.change() as db:
        row = db.execute(
            "INSERT INTO saved_search (name, words, type, actor, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (name, words, kind, actor, clock.text(now)),
        )
    return row.rowcount == 1


def remove(store: Store, name: str) -> bool:
    """Forgets a search; False when there is none of that name."""
    with store.change() as db:
        return db.execute("DELETE FROM saved_search WHERE name = ?", (name,)).rowcount == 1


def find(store: Store, name: str) -> dict[str, object] | None:
    """One saved search."""
    row = store.one("SELECT name, words, type, actor, created_at FROM saved_search WHERE name = ?", name)
    return dict(row) if row is not None else None


def listing(store: Store) -> list[dict[str, object]]:
    """All of them, by name."""
    rows = store.all("SELECT name, words, type, actor, created_at FROM saved_search ORDER BY name")
    return [dict(row) for row in rows]
