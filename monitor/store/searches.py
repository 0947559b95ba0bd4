"""Saved searches: words that somebody wants to follow, under a name."""

from dataclasses import asdict, dataclass
from datetime import datetime

from monitor import clock
from monitor.store import reading
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class Search:
    """One saved search. `type` is "post", "article", or "" for both; `tag` begins the ids of its feed."""

    name: str
    words: str
    type: str
    tag: str
    actor: str
    created_at: str


_COLUMNS = "name, words, type, tag, actor, created_at"


def add(store: Store, name: str, words: str, kind: str, *, authority: str, actor: str, now: datetime) -> bool:
    """Saves a search; False when the name is taken. `authority` is a host name that is ours."""
    with store.change() as db:
        row = db.execute(
            f"INSERT INTO saved_search ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (name, words, kind, f"tag:{authority},{clock.text(now)[:10]}:", actor, clock.text(now)),
        )
    return row.rowcount == 1


def remove(store: Store, name: str) -> bool:
    """Forgets a search; False when there is none of that name."""
    with store.change() as db:
        return db.execute("DELETE FROM saved_search WHERE name = ?", (name,)).rowcount == 1


def find(store: Store, name: str) -> Search | None:
    """One saved search, or None."""
    row = store.one(f"SELECT {_COLUMNS} FROM saved_search WHERE name = ?", name)
    return Search(**dict(row)) if row is not None else None


def listing(store: Store) -> list[dict[str, object]]:
    """All of them, by name."""
    rows = store.all(f"SELECT {_COLUMNS} FROM saved_search ORDER BY name")
    return [asdict(Search(**dict(row))) for row in rows]


def hits(store: Store, search: Search, most: int) -> list[dict[str, object]]:
    """What it finds now, newest first: a post or article once, with the times of its first and its newest version."""
    found: dict[object, dict[str, object]] = {}
    for row in reading.search(store, search.words, limit=most * 4):
        if search.type and row["type"] != search.type:
            continue
        known = found.setdefault(
            (row["type"], row["platform"], row["post_id"] or row["url"]), {**row, "updated_at": row["seen_at"]}
        )
        known["seen_at"] = min(str(known["seen_at"]), str(row["seen_at"]))
    return list(found.values())[:most]
