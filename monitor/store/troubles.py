"""What is wrong with us: a trouble is open until it ends, and known by its key ("collector:watch:12")."""

from datetime import datetime

from monitor import clock
from monitor.store.open import Store


def begin(store: Store, key: str, kind: str, detail: str, now: datetime, since: datetime | None = None) -> datetime:
    """Since when the trouble has been open; it is opened if it was not."""
    with store.change() as db:
        db.execute(
            "INSERT INTO trouble (key, kind, detail, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (key, kind, detail, clock.text(since or now)),
        )
        return clock.parse(str(store.value("SELECT since FROM trouble WHERE key = ? AND ended_at IS NULL", key)))


def told(store: Store, key: str, alert: str) -> None:
    """Notes which alert told of it."""
    with store.change() as db:
        db.execute("UPDATE trouble SET alert_id = ? WHERE key = ? AND ended_at IS NULL", (alert, key))


def end(store: Store, key: str, now: datetime) -> tuple[str | None, datetime] | None:
    """(the alert that told of it, since when) of a trouble that is over now; None when there was none."""
    with store.change() as db:
        row = store.one("SELECT alert_id, since FROM trouble WHERE key = ? AND ended_at IS NULL", key)
        if row is None:
            return None
        db.execute("UPDATE trouble SET ended_at = ? WHERE key = ? AND ended_at IS NULL", (clock.text(now), key))
    return row["alert_id"], clock.parse(row["since"])


def open_keys(store: Store, kind: str) -> set[str]:
    """Keys of the open troubles of a kind."""
    return {row[0] for row in store.all("SELECT key FROM trouble WHERE kind = ? AND ended_at IS NULL", kind)}


def listing(store: Store) -> list[dict[str, object]]:
    """What is wrong now, the oldest first."""
    rows = store.all("SELECT key, kind, detail, since, alert_id FROM trouble WHERE ended_at IS NULL ORDER BY since, id")
    return [dict(row) for row in rows]
