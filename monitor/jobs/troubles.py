"""Troubles of our own: told when they begin; when they end, to those only who were told of the beginning."""

from datetime import datetime
from typing import TYPE_CHECKING

from monitor import clock
from monitor.jobs.telling import resolve, tell
from monitor.model.alert import Fact
from monitor.store import alerts, troubles

if TYPE_CHECKING:
    from monitor.jobs.context import Context


def begin(
    context: "Context",
    key: str,
    kind: str,
    subject: str,
    *,
    detail: str,
    advice: str,
    priority: str = "urgent",
    since: datetime | None = None,
    more: dict[str, object] | None = None,
) -> bool:
    """Opens a trouble and tells of it; False when it is open already. `advice`: what to do, in a sentence."""
    now, store = clock.now(), context.store
    with store.change():
        began = troubles.begin(store, key, kind, detail, now, since)
        fact = Fact(
            kind=kind,
            dedup_key=f"{kind}:{key}:{clock.text(began)}",
            subject=subject,
            happened_at=began,
            priority=priority,
            tells_of=f"trouble:{key}",
            payload={
                "detail": detail,
                "advice": advice,
                "since": clock.text(began),
                "trouble": key,
                "articles": [],
                **(more or {}),
            },
        )
        if not tell(context, fact):
            return False
        troubles.told(store, key, alerts.alert_id(fact.dedup_key))
    return True


def end(context: "Context", key: str, subject: str) -> bool:
    """The trouble is over: its alert is resolved, and those who heard of it hear that. False when there was none."""
    now, store = clock.now(), context.store
    with store.change():
        found = troubles.end(store, key, now)
        if found is None:
            return False
        alert, since = found
        resolve(context, alert)
        tell(
            context,
            Fact(
                kind="recovered",
                dedup_key=f"recovered:{key}:{clock.text(since)}",
                subject=subject,
                happened_at=now,
                priority="normal",
                tells_of=f"trouble:{key}",
                payload={"since": clock.text(since), "trouble": key, "told_by": alert, "articles": []},
            ),
        )
    return True
