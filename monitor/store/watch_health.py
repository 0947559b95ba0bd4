"""How watches fare: which fail, which stopped looking, and when what they watch last had something new."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.store.open import Store

_MOST = 30
"""Times that make a habit."""
_RULES_OF = timedelta(days=90)


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
    """Something that has news now and then: when it had some, newest first, and what to say when it has none."""

    key: str
    name: str
    noun: str
    since: datetime
    """When we began to listen."""
    times: tuple[datetime, ...]
    works: str = "our looks succeed"
    guess: str = "it is silent, or it shows us less than others"
    advice: str = "look at it in a browser; `postwatch watches` tells of our looks"


def habits(store: Store) -> list[Habit]:
    """Accounts and feeds whose looks succeed, with the times of their last posts or articles."""
    rows = store.all(
        """SELECT id, kind, account_id, created_at, coalesce('@' || handle, url, target) AS name FROM watch
        WHERE origin != 'citation' AND state = 'active' AND failures = 0 AND last_success_at IS NOT NULL AND kind IN ('account', 'feed')"""
    )
    found = []
    for row in rows:
        if row["kind"] == "account" and row["account_id"] is not None:
            sql = """SELECT coalesce(posted_at, id_time, seen_at) FROM post WHERE account_id = ? AND found_by != 'reference'
                ORDER BY posted_at DESC LIMIT ?"""
            times = store.all(sql, row["account_id"], _MOST)
        else:
            sql = "SELECT coalesce(published_at, seen_at) FROM article WHERE feed_watch_id = ? ORDER BY id DESC LIMIT ?"
            times = store.all(sql, row["id"], _MOST)
        noun = "posts" if row["kind"] == "account" else "articles"
        found.append(
            Habit(f"silence:watch:{row['id']}", row["name"], noun, clock.parse(row["created_at"]), _times(times))
        )
    return found


def rule_habits(store: Store, names: Sequence[str], now: datetime) -> list[Habit]:
    """Rules that have met something in the last months, with the times at which they did."""
    since = now - _RULES_OF
    rows = store.all(
        """SELECT r.value AS rule, a.created_at AS at FROM alert a, json_each(a.rules) r WHERE a.created_at >= ? AND a.rules != '[]'
        ORDER BY a.created_at DESC""",
        clock.text(since),
    )
    times: dict[str, list[tuple[object]]] = {}
    for row in rows:
        if row["rule"] in names and len(times.setdefault(row["rule"], [])) < _MOST:
            times[row["rule"]].append((row["at"],))
    return [
        Habit(
            f"silence:rule:{name}",
            f"the rule “{name}”",
            "alerts",
            since,
            _times(of_rule),
            "the rule is still there",
            "nothing meets it any more, or what it asks for is written otherwise now",
            "`postwatch rules check` says on what it would have fired",
        )
        for name, of_rule in times.items()
    ]


def _times(rows: Iterable[Sequence[object]]) -> tuple[datetime, ...]:
    known = (clock.parse_or_none(str(row[0] or "")) for row in rows)
    return tuple(one for one in known if one is not None)
