"""Alerts and their deliveries: rows written in the transaction of the fact, one dedup key each."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.model.alert import Fact
from monitor.store.conditions import Conditions
from monitor.store.open import Store

LEASE = timedelta(minutes=5)


def alert_id(dedup_key: str) -> str:
    """The alert's id: a function of its dedup key, so that it is the same whoever computes it."""
    return f"alert_{hashlib.sha256(dedup_key.encode()).hexdigest()[:24]}"


def add(store: Store, fact: Fact, priority: str, channels: Sequence[str], now: datetime) -> bool:
    """Writes the alert and a pending delivery a channel; False when the fact was told before."""
    moment = clock.text(now)
    key = alert_id(fact.dedup_key)
    with store.change() as db:
        row = db.execute(
            """INSERT INTO alert (id, kind, priority, dedup_key, subject, payload, created_at, n)
            VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(n), 0) + 1 FROM alert)) ON CONFLICT DO NOTHING""",
            (
                key,
                fact.kind,
                priority,
                fact.dedup_key,
                fact.subject,
                json.dumps(dict(fact.payload), ensure_ascii=False),
                moment,
            ),
        )
        if row.rowcount != 1:
            return False
        db.executemany(
            "INSERT INTO delivery (alert_id, channel, state, not_before) VALUES (?, ?, 'pending', ?)",
            [(key, channel, moment) for channel in channels],
        )
    return True


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery leased to us."""

    id: int
    alert_id: str
    channel: str
    attempts: int
    """This attempt included."""


def lease_due(store: Store, now: datetime, busy: Sequence[str] = ()) -> Due | None:
    """The oldest due delivery, leased: the intent is durable before the attempt. Channels in `busy` are passed over."""
    marks = ",".join("?" * len(busy))
    with store.change() as db:
        row = store.one(
            f"""SELECT id, alert_id, channel, attempts FROM delivery WHERE state = 'pending' AND not_before <= ?
            AND channel NOT IN ({marks}) ORDER BY not_before, id LIMIT 1""",
            clock.text(now),
            *busy,
        )
        if row is None:
            return None
        db.execute(
            "UPDATE delivery SET state = 'leased', lease_until = ?, attempts = attempts + 1 WHERE id = ?",
            (clock.text(now + LEASE), row["id"]),
        )
    return Due(row["id"], row["alert_id"], row["channel"], row["attempts"] + 1)


def sent(store: Store, due: Due, now: datetime) -> None:
    """The receiver has it."""
    with store.change() as db:
        db.execute(
            "UPDATE delivery SET state = 'sent', sent_at = ?, last_error = NULL WHERE id = ?", (clock.text(now), due.id)
        )


def retry(store: Store, due: Due, at: datetime, error: str) -> None:
    """Another attempt at a later time."""
    with store.change() as db:
        db.execute(
            "UPDATE delivery SET state = 'pending', not_before = ?, last_error = ? WHERE id = ?",
            (clock.text(at), error, due.id),
        )


def put_off(store: Store, channel: str, until: datetime, error: str) -> None:
    """No attempt over this channel before then; what waits longer waits on."""
    with store.change() as db:
        db.execute(
            "UPDATE delivery SET not_before = ?, last_error = ? WHERE state = 'pending' AND channel = ? AND not_before < ?",
            (clock.text(until), error, channel, clock.text(until)),
        )


def dead(store: Store, due: Due, error: str) -> None:
    """No further attempt."""
    with store.change() as db:
        db.execute("UPDATE delivery SET state = 'dead', last_error = ? WHERE id = ?", (error, due.id))


def suppress_missing(store: Store, channels: Sequence[str]) -> int:
    """Pending deliveries to channels that are no longer in the settings are set aside, visibly."""
    marks = ",".join("?" * len(channels))
    with store.change() as db:
        return db.execute(
            f"""UPDATE delivery SET state = 'suppressed', last_error = 'the channel is no longer in config/postwatch.toml'
            WHERE state = 'pending' AND channel NOT IN ({marks})""",
            tuple(channels),
        ).rowcount


def release_all(store: Store) -> int:
    """Puts back what a dead process had leased: it may have been sent, and goes out again with the same id."""
    with store.change() as db:
        return db.execute("UPDATE delivery SET state = 'pending' WHERE state = 'leased'").rowcount


def row(store: Store, key: str) -> dict[str, object]:
    """One row of `alerts --json`."""
    return listing(store, key=key)[0]


def listing(
    store: Store,
    *,
    limit: int | None = None,
    since: str | None = None,
    key: str | None = None,
    before: str | None = None,
    kind: str | None = None,
    priority: str | None = None,
) -> list[dict[str, object]]:
    """The rows of `alerts --json`, oldest first; a limit takes the newest; `before` an alert those that came earlier."""
    wanted = Conditions().maybe("created_at >= ?", since).maybe("id = ?", key).maybe("kind = ?", kind)
    wanted.maybe("priority = ?", priority).maybe("n < (SELECT n FROM alert WHERE id = ?)", before)
    alerts = store.all(
        f"SELECT * FROM (SELECT * FROM alert WHERE {wanted} ORDER BY created_at DESC, n DESC LIMIT ?) ORDER BY created_at, n",
        *wanted.values,
        -1 if limit is None else limit,
    )
    deliveries: dict[str, list[dict[str, object]]] = {}
    found = store.all(
        """SELECT alert_id, channel, state, attempts, last_error FROM delivery WHERE alert_id IN (SELECT value FROM json_each(?))
        ORDER BY id""",
        json.dumps([alert["id"] for alert in alerts]),
    )
    for d in found:
        deliveries.setdefault(d["alert_id"], []).append(
            {"channel": d["channel"], "state": d["state"], "attempts": d["attempts"], "last_error": d["last_error"]}
        )
    return [
        {
            **json.loads(a["payload"]),
            "id": a["id"],
            "kind": a["kind"],
            "priority": a["priority"],
            "dedup_key": a["dedup_key"],
            "subject": a["subject"],
            "created_at": a["created_at"],
            "deliveries": deliveries.get(a["id"], []),
        }
        for a in alerts
    ]
