"""Alerts: rows written in the transaction of the fact, one dedup key each, with their deliveries."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor import clock
from monitor.model.alert import Fact, Route
from monitor.store import bundles
from monitor.store.conditions import Conditions
from monitor.store.open import Store

CHANGING = ("deliveries", "acked_at", "acked_by", "snoozed_until", "resolved_at")
"""Fields of a row that change after the alert was written: no part of what a receiver is sent."""
_FACETS = ("account_id", "handle", "tags", "text", "has_video", "language", "media", "publishers", "desks")


def alert_id(dedup_key: str) -> str:
    """The alert's id: a function of its dedup key, so that it is the same whoever computes it."""
    return f"alert_{hashlib.sha256(dedup_key.encode()).hexdigest()[:24]}"


def add(
    store: Store, fact: Fact, priority: str, routes: Sequence[Route], now: datetime, rules: Sequence[str] = ()
) -> bool:
    """Writes the alert and a delivery a route; False when the fact was told before. `rules`: names of those that it met."""
    key = alert_id(fact.dedup_key)
    with store.change() as db:
        row = db.execute(
            """INSERT INTO alert (id, kind, priority, dedup_key, subject, payload, created_at, facets, rules, about, happened_at, n)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(n), 0) + 1 FROM alert)) ON CONFLICT DO NOTHING""",
            (
                key,
                fact.kind,
                priority,
                fact.dedup_key,
                fact.subject,
                _json(dict(fact.payload)),
                clock.text(now),
                _json(_facets(fact)),
                _json(list(rules)),
                fact.tells_of or fact.dedup_key,
                clock.text(fact.happened_at),
            ),
        )
        if row.rowcount != 1:
            return False
        for route in routes:
            queue(store, key, route, now)
    return True


def queue(store: Store, key: str, route: Route, now: datetime) -> None:
    """Writes one delivery of an alert; it joins the open bundle of its slot. What is there already stays as it is."""
    bundle, at = None, route.not_before
    if route.slot and not route.suppressed:
        bundle, at = bundles.join(store, route.channel, route.slot, route.not_before, now)
    with store.change() as db:
        db.execute(
            """INSERT INTO delivery (alert_id, channel, step, state, not_before, queued_at, planned_at, held, bundle_id, last_error)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
            (
                key,
                route.channel,
                route.step,
                "suppressed" if route.suppressed else "pending",
                clock.text(at),
                clock.text(now),
                clock.text(at),
                route.held,
                bundle,
                route.suppressed or None,
            ),
        )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _facets(fact: Fact) -> dict[str, object]:
    found: dict[str, object] = {name: getattr(fact, name) for name in ("platform", *_FACETS, "articles")}
    return {name: value for name, value in found.items() if value}


def fact_of(row: Mapping[str, object]) -> Fact:
    """The fact as rules saw it, from a row of the table: for dry runs. Alerts of before facets were kept tell less."""
    payload = json.loads(str(row["payload"]))
    facets = {
        **{k: v for k, v in payload.items() if k in ("platform", *_FACETS, "articles")},
        **json.loads(str(row["facets"])),
    }
    known = {name: str(facets[name]) if facets.get(name) else None for name in ("platform", "account_id", "handle")}
    lists = {
        name: tuple(map(str, facets.get(name) or ())) for name in ("tags", "media", "publishers", "desks", "articles")
    }
    return Fact(
        kind=str(row["kind"]),
        dedup_key=str(row["dedup_key"]),
        subject=str(row["subject"]),
        happened_at=clock.parse(str(row["created_at"])),
        priority=str(row["priority"]),
        text=str(facets.get("text") or ""),
        has_video=bool(facets.get("has_video")),
        payload=payload,
        language=str(facets.get("language") or ""),
        tells_of=str(row["about"]),
        platform=known["platform"],
        account_id=known["account_id"],
        handle=known["handle"],
        tags=lists["tags"],
        media=lists["media"],
        publishers=lists["publishers"],
        desks=lists["desks"],
        articles=lists["articles"],
    )


def facts(store: Store, since: datetime) -> list[tuple[str, Fact]]:
    """(id, fact) of every alert since then, oldest first."""
    rows = store.all("SELECT * FROM alert WHERE created_at >= ? ORDER BY created_at, n", clock.text(since))
    return [(row["id"], fact_of(dict(row))) for row in rows]


def latest(store: Store, about: str, kind: str) -> str | None:
    """The id of the newest alert of a kind about this."""
    return store.value_text("SELECT id FROM alert WHERE about = ? AND kind = ? ORDER BY n DESC LIMIT 1", about, kind)


def exists(store: Store, key: str) -> bool:
    """Whether there is such an alert."""
    return store.value("SELECT 1 FROM alert WHERE id = ?", key) is not None


def priorities(store: Store, keys: Sequence[str]) -> list[str]:
    """The priorities of these alerts, each once."""
    rows = store.all(
        "SELECT DISTINCT priority FROM alert WHERE id IN (SELECT value FROM json_each(?))", json.dumps(list(keys))
    )
    return [row[0] for row in rows]


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
        """SELECT alert_id, channel, step, state, attempts, last_error, held, not_before, sent_at, bundle_id FROM delivery
        WHERE alert_id IN (SELECT value FROM json_each(?)) ORDER BY id""",
        json.dumps([alert["id"] for alert in alerts]),
    )
    for d in found:
        deliveries.setdefault(d["alert_id"], []).append(_delivery(dict(d)))
    return [_row(dict(a), deliveries.get(a["id"], [])) for a in alerts]


def _row(a: Mapping[str, object], deliveries: list[dict[str, object]]) -> dict[str, object]:
    return {
        "articles": [],
        **json.loads(str(a["payload"])),
        "id": a["id"],
        "kind": a["kind"],
        "priority": a["priority"],
        "dedup_key": a["dedup_key"],
        "subject": a["subject"],
        "created_at": a["created_at"],
        "rules": json.loads(str(a["rules"])),
        # Only once they are set: until then the row is what receivers were sent.
        **{name: a[name] for name in CHANGING if name != "deliveries" and a[name]},
        "deliveries": deliveries,
    }


def _delivery(d: Mapping[str, object]) -> dict[str, object]:
    names = ("channel", "state", "attempts", "step", "held", "not_before", "sent_at", "last_error")
    return {
        **{name: d[name] for name in names},
        "message_id": d["bundle_id"] or message_id(str(d["alert_id"]), int(str(d["step"]))),
    }


def message_id(alert: str, step: int) -> str:
    """The id under which a delivery goes out: the alert's own, for a repetition one of its own."""
    return f"{alert}.{step}" if step else alert
