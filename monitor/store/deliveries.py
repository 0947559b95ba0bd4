"""Deliveries: leased before the attempt, the outcome written after it. A bundle's are leased and settled together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.store.alerts import message_id
from monitor.store.open import Store

LEASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Due:
    """One message leased to us: a delivery, or a bundle of them."""

    id: int
    """The (first) delivery's."""
    alert_id: str
    channel: str
    attempts: int
    """This attempt included."""
    step: int
    bundle: str | None
    planned_at: datetime
    alerts: tuple[str, ...]
    """All alerts that it tells, oldest first."""

    @property
    def message_id(self) -> str:
        """The same on every attempt."""
        return self.bundle if self.bundle and len(self.alerts) > 1 else message_id(self.alert_id, self.step)


def lease_due(store: Store, now: datetime, busy: Sequence[str] = ()) -> Due | None:
    """The oldest due message, leased: the intent is durable before the attempt. Channels in `busy` are passed over."""
    marks = ",".join("?" * len(busy))
    with store.change() as db:
        row = store.one(
            f"""SELECT id, alert_id, channel, step, attempts, bundle_id, planned_at, not_before FROM delivery
            WHERE state = 'pending' AND not_before <= ? AND channel NOT IN ({marks}) ORDER BY not_before, id LIMIT 1""",
            clock.text(now),
            *busy,
        )
        if row is None:
            return None
        lease = "UPDATE delivery SET state = 'leased', lease_until = ?, attempts = attempts + 1 WHERE"
        until = clock.text(now + LEASE)
        told, attempts, planned = [row["alert_id"]], row["attempts"] + 1, row["planned_at"]
        if row["bundle_id"] is None:
            db.execute(f"{lease} id = ?", (until, row["id"]))
        else:
            db.execute(f"{lease} bundle_id = ? AND state = 'pending'", (until, row["bundle_id"]))
            db.execute("UPDATE bundle SET attempts = attempts + 1 WHERE id = ?", (row["bundle_id"],))
            together = store.all(
                """SELECT d.id, d.alert_id, d.attempts, d.planned_at FROM delivery d JOIN alert a ON a.id = d.alert_id
                WHERE d.bundle_id = ? AND d.state = 'leased' ORDER BY a.n""",
                row["bundle_id"],
            )
            told = [one["alert_id"] for one in together]
            attempts = min(one["attempts"] for one in together)
            planned = min(one["planned_at"] for one in together)
    return Due(
        row["id"],
        told[0],
        row["channel"],
        attempts,
        row["step"],
        row["bundle_id"],
        clock.parse(planned or row["not_before"]),
        tuple(told),
    )


def _of(due: Due) -> tuple[str, object]:
    """(condition, value) that finds the rows of what was leased."""
    return ("bundle_id = ? AND state = 'leased'", due.bundle) if due.bundle else ("id = ?", due.id)


def sent(store: Store, due: Due, now: datetime) -> None:
    """The receiver has it."""
    where, value = _of(due)
    with store.change() as db:
        db.execute(
            f"UPDATE delivery SET state = 'sent', sent_at = ?, last_error = NULL, held = '' WHERE {where}",
            (clock.text(now), value),
        )


def retry(store: Store, due: Due, at: datetime, error: str) -> None:
    """Another attempt at a later time."""
    where, value = _of(due)
    with store.change() as db:
        db.execute(
            f"UPDATE delivery SET state = 'pending', not_before = ?, last_error = ? WHERE {where}",
            (clock.text(at), error, value),
        )


def dead(store: Store, due: Due, error: str) -> None:
    """No further attempt."""
    where, value = _of(due)
    with store.change() as db:
        db.execute(f"UPDATE delivery SET state = 'dead', last_error = ? WHERE {where}", (error, value))


def hold(store: Store, due: Due, until: datetime, why: str, *, replan: bool = False) -> None:
    """Puts back what was leased and not tried; `replan` where it was never meant to go sooner, and so is not late."""
    where, value = _of(due)
    with store.change() as db:
        db.execute(
            f"""UPDATE delivery SET state = 'pending', not_before = ?1, held = ?2, attempts = attempts - 1,
            planned_at = CASE WHEN ?3 THEN ?1 ELSE planned_at END WHERE {where.replace("?", "?4")}""",
            (clock.text(until), why, replan, value),
        )
        if due.bundle:
            db.execute("UPDATE bundle SET attempts = attempts - 1 WHERE id = ?", (due.bundle,))


def put_off(store: Store, channel: str, until: datetime, error: str) -> None:
    """No attempt over this channel before then; what waits longer waits on."""
    with store.change() as db:
        db.execute(
            "UPDATE delivery SET not_before = ?, last_error = ? WHERE state = 'pending' AND channel = ? AND not_before < ?",
            (clock.text(until), error, channel, clock.text(until)),
        )


def suppress(store: Store, channel: str, why: str) -> int:
    """Sets aside, visibly, all that waits for a channel."""
    with store.change() as db:
        return db.execute(
            "UPDATE delivery SET state = 'suppressed', last_error = ? WHERE state = 'pending' AND channel = ?",
            (why, channel),
        ).rowcount


def drop_steps(store: Store, alert: str, why: str) -> int:
    """Sets aside the repetitions and escalations of an alert that did not go out yet."""
    with store.change() as db:
        return db.execute(
            "UPDATE delivery SET state = 'suppressed', last_error = ? WHERE alert_id = ? AND step > 0 AND state = 'pending'",
            (why, alert),
        ).rowcount


def drop_waiting(store: Store, alert: str, why: str) -> int:
    """Sets aside what was never tried of an alert."""
    with store.change() as db:
        return db.execute(
            "UPDATE delivery SET state = 'suppressed', last_error = ? WHERE alert_id = ? AND state = 'pending' AND attempts = 0",
            (why, alert),
        ).rowcount


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


def heard(store: Store, alert: str) -> list[str]:
    """The channels that have been told of an alert, or will be."""
    rows = store.all(
        "SELECT DISTINCT channel FROM delivery WHERE alert_id = ? AND state IN ('pending', 'leased', 'sent') ORDER BY channel",
        alert,
    )
    return [row[0] for row in rows]


def earlier(store: Store, due: Due) -> list[str]:
    """Ids of the messages about the same thing that this channel has had before, oldest first."""
    rows = store.all(
        """SELECT d.alert_id, d.step, d.bundle_id, (SELECT count(*) FROM delivery o WHERE o.bundle_id = d.bundle_id) AS together
        FROM delivery d JOIN alert a ON a.id = d.alert_id
        WHERE d.channel = ? AND d.state = 'sent' AND a.about = (SELECT about FROM alert WHERE id = ?)
        ORDER BY d.sent_at, d.id""",
        due.channel,
        due.alert_id,
    )
    ids = [r["bundle_id"] if r["together"] > 1 else message_id(r["alert_id"], r["step"]) for r in rows]
    return [one for one in dict.fromkeys(ids) if one != due.message_id]


def recent(store: Store, channel: str, since: datetime, most: int) -> int:
    """How many messages of their own, or of a storm, were queued for a channel since then; counted up to `most`."""
    found = store.value(
        """SELECT count(*) FROM (SELECT 1 FROM delivery d WHERE d.channel = ? AND d.queued_at >= ? AND d.step = 0
        AND d.state != 'suppressed' AND (d.bundle_id IS NULL OR (SELECT slot FROM bundle b WHERE b.id = d.bundle_id) = 'storm') LIMIT ?)""",
        channel,
        clock.text(since),
        most,
    )
    return int(str(found))


def unsent_singles(store: Store, channel: str, *, queued_since: datetime) -> list[int]:
    """Deliveries never tried that go alone, and were queued since then."""
    rows = store.all(
        """SELECT id FROM delivery WHERE channel = ? AND queued_at >= ? AND state = 'pending' AND step = 0 AND bundle_id IS NULL
        AND attempts = 0 ORDER BY id""",
        channel,
        clock.text(queued_since),
    )
    return [row[0] for row in rows]


def late(store: Store, channel: str, before: datetime) -> list[int]:
    """Deliveries that wait and should have gone before then, whatever bundle they are in."""
    rows = store.all(
        """SELECT id FROM delivery WHERE channel = ? AND state = 'pending' AND step = 0 AND planned_at != '' AND planned_at < ?
        ORDER BY id""",
        channel,
        clock.text(before),
    )
    return [row[0] for row in rows]


def too_old(store: Store, channel: str, before: datetime) -> int:
    """Gives up what has waited since before then."""
    with store.change() as db:
        return db.execute(
            """UPDATE delivery SET state = 'dead', last_error = coalesce(last_error, 'waited too long') WHERE channel = ?
            AND state = 'pending' AND step = 0 AND planned_at != '' AND planned_at < ?""",
            (channel, clock.text(before)),
        ).rowcount


def hasten(store: Store, channel: str, now: datetime) -> int:
    """Has what failed before tried at once: the channel works again."""
    with store.change() as db:
        return db.execute(
            "UPDATE delivery SET not_before = ? WHERE channel = ? AND state = 'pending' AND attempts > 0",
            (clock.text(now), channel),
        ).rowcount


def oldest_due(store: Store, now: datetime) -> datetime | None:
    """Since when the message that waits longest beyond its plan has waited."""
    moment = clock.text(now)
    return clock.parse_or_none(
        store.value_text(
            "SELECT min(planned_at) FROM delivery WHERE state = 'pending' AND planned_at != '' AND planned_at < ?",
            moment,
        )
    )


def sent_to(store: Store, alert: str) -> list[str]:
    """The channels that have an alert."""
    rows = store.all(
        "SELECT DISTINCT channel FROM delivery WHERE alert_id = ? AND state = 'sent' ORDER BY channel", alert
    )
    return [row[0] for row in rows]


def channels_of(store: Store, alert: str) -> set[str]:
    """The channels that an alert was planned for."""
    return {row[0] for row in store.all("SELECT channel FROM delivery WHERE alert_id = ?", alert)}


def last_step(store: Store, alert: str) -> int:
    """The highest step of an alert's deliveries."""
    return int(str(store.value("SELECT coalesce(max(step), 0) FROM delivery WHERE alert_id = ?", alert)))


def put_off_about(store: Store, alert: str, until: datetime, why: str) -> int:
    """Puts off what waits of all alerts about the same thing and was never tried; what is in a bundle leaves it."""
    with store.change() as db:
        return db.execute(
            """UPDATE delivery SET not_before = ?1, planned_at = ?1, held = ?2, bundle_id = NULL WHERE state = 'pending' AND attempts = 0
            AND alert_id IN (SELECT id FROM alert WHERE about = (SELECT about FROM alert WHERE id = ?3))""",
            (clock.text(until), why, alert),
        ).rowcount


def revive(store: Store, alert: str, channel: str | None, now: datetime, *, also_sent: bool) -> int:
    """Queues an alert's dead deliveries, and those set aside, again; `also_sent`: those that arrived, too."""
    states = ("dead", "failed", "suppressed", *(("sent",) if also_sent else ()))
    with store.change() as db:
        return db.execute(
            f"""UPDATE delivery SET state = 'pending', attempts = 0, not_before = ?, planned_at = ?, bundle_id = NULL, held = '',
            last_error = NULL WHERE alert_id = ? AND step = 0 AND (? IS NULL OR channel = ?) AND state IN ({",".join("?" * len(states))})""",
            (clock.text(now), clock.text(now), alert, channel, channel, *states),
        ).rowcount
