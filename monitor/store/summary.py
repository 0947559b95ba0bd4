"""The whole ledger in figures: for `status`, for metrics, and for whoever asks whether all is well."""

from datetime import datetime

from monitor import clock
from monitor.store import left_out
from monitor.store.open import Store


def figures(store: Store) -> dict[str, object]:
    """Counts by noun and state, the vault's bytes, and the watches in trouble (twenty at most) in words."""
    troubles = store.all(
        """SELECT target || ': ' || coalesce(last_error, state_reason) FROM watch
        WHERE origin != 'citation' AND (failures > 0 OR state IN ('waiting', 'broken')) ORDER BY id LIMIT 20"""
    )
    return {
        "watches": states(store, "watch", "origin != 'citation'"),
        "posts": _count(store, "post"),
        "versions": _count(store, "post_version"),
        "articles": _count(store, "article"),
        "left_out": left_out.counts(store),
        "links": states(store, "link"),
        "media": states(store, "media"),
        "vault_bytes": int(str(store.value("SELECT coalesce(sum(size), 0) FROM object"))),
        "jobs": states(store, "job"),
        "deliveries": states(store, "delivery"),
        "custody_events": _count(store, "custody_event"),
        "troubles": [*(row[0] for row in troubles), *_told_of(store)],
    }


def _told_of(store: Store) -> list[str]:
    """Open troubles that no watch shows by itself."""
    rows = store.all(
        "SELECT kind || ': ' || detail FROM trouble WHERE ended_at IS NULL AND kind != 'collector_broken' ORDER BY id LIMIT 20"
    )
    return [row[0] for row in rows]


def states(store: Store, table: str, where: str = "1") -> dict[str, int]:
    """State -> how many rows."""
    rows = store.all(f"SELECT state, count(*) FROM {table} WHERE {where} GROUP BY state ORDER BY state")
    return {row[0]: row[1] for row in rows}


def _count(store: Store, table: str) -> int:
    return int(str(store.value(f"SELECT count(*) FROM {table}")))


def longest_wait_seconds(store: Store, now: datetime) -> float:
    """How long the oldest delivery that is due has waited; 0 when none is due."""
    waited = store.value(
        """SELECT (julianday(?) - julianday(min(max(d.not_before, a.created_at)))) * 86400 FROM delivery d
        JOIN alert a ON a.id = d.alert_id WHERE d.state = 'pending' AND d.not_before <= ?""",
        clock.text(now),
        clock.text(now),
    )
    return 0.0 if waited is None else max(0.0, float(str(waited)))


def last_success_at(store: Store) -> datetime | None:
    """When any watch last succeeded, or None."""
    return clock.parse_or_none(store.value_text("SELECT max(last_success_at) FROM watch"))
