"""What somebody does with an alert: acknowledges it, puts it off, has it sent again. Each act is recorded with its actor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.errors import WrongUse
from monitor.jobs.routing import Router
from monitor.model.alert import Route
from monitor.store import alerts, deliveries
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it."""

    alert: str
    changed: bool
    """False when it was so already."""
    words: str


def ack(store: Store, alert_ids: Sequence[str], actor: str, now: datetime) -> list[Done]:
    """Somebody takes care of these alerts: they are not repeated and go to nobody else. Raises WrongUse for an unknown id."""
    return [_ack(store, known(store, one), actor, now) for one in alert_ids]


def _ack(store: Store, alert: str, actor: str, now: datetime) -> Done:
    with store.change() as db:
        before = store.one("SELECT acked_at, acked_by FROM alert WHERE id = ?", alert)
        assert before is not None
        if before["acked_at"]:
            return Done(alert, False, f"acknowledged already, by {before['acked_by']} at {before['acked_at']}")
        db.execute("UPDATE alert SET acked_at = ?, acked_by = ? WHERE id = ?", (clock.text(now), actor, alert))
        dropped = deliveries.drop_steps(store, alert, f"acknowledged by {actor}")
        _record(store, alert, "ack", actor, f"{dropped} steps dropped", now)
    return Done(alert, True, f"acknowledged; {dropped} further messages are dropped")


def snooze(store: Store, alert_id: str, until: datetime, actor: str, now: datetime) -> Done:
    """Nothing more of what the alert is about until then: what waits, waits on, and what comes meanwhile waits too.

    Flash alerts about it wait as well: who snoozes has seen the first. The alert comes once more at the end, over the channels
    that had it, unless somebody acknowledges it. Raises WrongUse for an unknown id or a time that has passed.
    """
    alert = known(store, alert_id)
    if until <= now:
        raise WrongUse("a snooze ends in the future")
    end, held = clock.text(until), f"snoozed until {clock.text(until)} by {actor}"
    with store.change() as db:
        heard = deliveries.sent_to(store, alert)
        db.execute("UPDATE alert SET snoozed_until = ? WHERE id = ?", (end, alert))
        waiting = deliveries.put_off_about(store, alert, until, held)
        step = deliveries.last_step(store, alert) + 1
        for channel in heard:
            alerts.queue(store, alert, Route(channel, until, step, held=held), now)
        _record(store, alert, "snooze", actor, f"until {end}", now)
    return Done(alert, True, f"quiet until {end}: {waiting} waiting messages put off, {len(heard)} will come again")


def replay(
    store: Store,
    router: Router,
    actor: str,
    now: datetime,
    *,
    alert_ids: Sequence[str] = (),
    since: str | None = None,
    channel: str | None = None,
    also_sent: bool = False,
) -> list[Done]:
    """Sends again, at once and under the same ids, what did not get through: dead or set aside; `also_sent`: whatever it was.

    With `alert_ids` these alerts, else all since then; with `channel` only that one, which is told of alerts that it was never
    meant to have, when they are named. Raises WrongUse for an unknown id or channel.
    """
    if channel is not None and channel not in router.lines:
        raise WrongUse(f"there is no channel {channel}; there is: {', '.join(router.lines) or 'none'}")
    named = [known(store, one) for one in alert_ids]
    wanted = named or [str(row["id"]) for row in alerts.listing(store, since=since)]
    done = []
    for alert in wanted:
        with store.change():
            count = deliveries.revive(store, alert, channel, now, also_sent=also_sent)
            if named and channel and not count and channel not in deliveries.channels_of(store, alert):
                alerts.queue(store, alert, Route(channel, now), now)
                count = 1
            if count:
                _record(store, alert, "replay", actor, channel or "every channel", now)
        if count or named:
            done.append(
                Done(alert, bool(count), f"{count} messages queued again" if count else "nothing to send again")
            )
    return done


def history(store: Store, alert_id: str) -> list[dict[str, object]]:
    """What was done with an alert, oldest first."""
    rows = store.all("SELECT act, actor, detail, at FROM alert_act WHERE alert_id = ? ORDER BY id", alert_id)
    return [dict(row) for row in rows]


def _record(store: Store, alert: str, act: str, actor: str, detail: str, now: datetime) -> None:
    store.connection.execute(
        "INSERT INTO alert_act (alert_id, act, actor, detail, at) VALUES (?, ?, ?, ?, ?)",
        (alert, act, actor, detail, clock.text(now)),
    )


def known(store: Store, alert: str) -> str:
    """The id of an alert; the beginning of one is enough when only one begins so."""
    rows = store.all("SELECT id FROM alert WHERE id = ? OR substr(id, 1, ?) = ? LIMIT 3", alert, len(alert), alert)
    ids = [row[0] for row in rows]
    if alert in ids:
        return alert
    if len(ids) != 1 or len(alert) < 10:
        raise WrongUse(f"there is no alert {alert}: `postwatch alerts --json` lists their ids")
    return str(ids[0])
