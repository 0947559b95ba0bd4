"""How watches fare: which fail, which stopped looking, and when what they watch last had something new."""

from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class Failing:
    """A watch whose looks fail."""

    id: int
    kind: str
    platform: str
    name: str
    failures: int
    error: str

    @property
    def cause(self) -> str:
        """The error's class, by which watches that fail alike are told together."""
        return self.error.partition(":")[0][:40]


def failing(store: Store, times: int) -> list[Failing]:
    """Watches that somebody ordered and that failed so often in a row, or are broken."""
    rows = store.all(
        """SELECT id, kind, platform, coalesce('@' || handle, url, target) AS name, failures,
            coalesce(last_error, nullif(state_reason, ''), 'unknown') AS error
        FROM watch WHERE origin != 'citation' AND state IN ('active', 'waiting', 'broken') AND (failures >= ? OR state = 'broken')
        AND failures > 0 ORDER BY id""",
        times,
    )
    return [Failing(**dict(row)) for row in rows]


def gaps(store: Store, since: datetime) -> list[tuple[str, str, str, list[str]]]:
    """(reason, day, detail, names of watches) of the gaps that began since then; those for want of money are told elsewhere."""
    rows = store.all(
        """SELECT g.reason, substr(g.began_at, 1, 10) AS day, g.detail, coalesce('@' || w.handle, w.url, w.target) AS name
        FROM gap g JOIN watch w ON w.id = g.watch_id WHERE g.began_at >= ? ORDER BY g.id""",
        clock.text(since),
    )
    found: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for row in rows:
        found.setdefault((row["reason"], row["day"]), (row["detail"], []))[1].append(row["name"])
    return [(reason, day, detail, list(dict.fromkeys(names))) for (reason, day), (detail, names) in found.items()]


@dataclass(frozen=True, slots=True)
class Habit:
    """A watch that works, and when what it watches had something new, newest first."""

    id: int
    name: str
    noun: str
    since: datetime
    """When we began to watch."""
    times: tuple[datetime, ...]


def habits(store: Store, most: int = 30) -> list[Habit]:
    """Accounts and feeds whose looks succeed, with the times of their last posts or articles."""
    rows = store.all(
        """SELECT id, kind, account_id, created_at, coalesce('@' || handle, url, target) AS name FROM watch
        WHERE origin != 'citation' AND state = 'active' AND failures = 0 AND last_success_at IS NOT NULL AND kind IN ('account', 'feed')"""
    )
    found = []
    for row in rows:
        if row["kind"] == "account" and row["account_id"] is not None:
            sql = """SELECT coalesce(posted_at, id_time, seen_at) AS at FROM post WHERE account_id = ? AND found_by != 'reference'
                ORDER BY posted_at DESC LIMIT ?"""
            times = store.all(sql, row["account_id"], most)
        else:
            sql = "SELECT coalesce(published_at, seen_at) AS at FROM article WHERE feed_watch_id = ? ORDER BY id DESC LIMIT ?"
            times = store.all(sql, row["id"], most)
        known = [clock.parse_or_none(one["at"]) for one in times]
        found.append(
            Habit(
                row["id"],
                row["name"],
                "posts" if row["kind"] == "account" else "articles",
                clock.parse(row["created_at"]),
                tuple(t for t in known if t),
            )
        )
    return found
