"""Bundles: deliveries over one channel that go out as one message.

A bundle is open until its time comes, and closed for ever by the first attempt to send it: what a receiver gets under its
id is the same each time.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from monitor import clock
from monitor.store.open import Store


def join(store: Store, channel: str, slot: str, closes_at: datetime, now: datetime) -> tuple[str, datetime]:
    """(id, time) of the channel's open bundle of that slot; one that closes then is opened where there is none."""
    row = store.one(
        "SELECT id, closes_at FROM bundle WHERE channel = ? AND slot = ? AND attempts = 0 AND closes_at > ? ORDER BY closes_at LIMIT 1",
        channel,
        slot,
        clock.text(now),
    )
    if row is not None:
        return row["id"], clock.parse(row["closes_at"])
    return open_new(store, channel, slot, closes_at, now), closes_at


def is_open(store: Store, channel: str, slot: str, now: datetime) -> bool:
    """Whether the channel has a bundle of that slot that more may join."""
    return (
        store.value(
            "SELECT 1 FROM bundle WHERE channel = ? AND slot = ? AND attempts = 0 AND closes_at > ?",
            channel,
            slot,
            clock.text(now),
        )
        is not None
    )


def open_new(store: Store, channel: str, slot: str, closes_at: datetime, now: datetime) -> str:
    """A new bundle's id."""
    with store.change() as db:
        count = store.value("SELECT count(*) FROM bundle")
        digest = hashlib.sha256(f"{channel}:{slot}:{clock.text(now)}:{count}".encode()).hexdigest()
        key = f"bundle_{digest[:24]}"
        db.execute(
            "INSERT INTO bundle (id, channel, slot, opened_at, closes_at) VALUES (?, ?, ?, ?, ?)",
            (key, channel, slot, clock.text(now), clock.text(closes_at)),
        )
    return key


def last_closing(store: Store, channel: str, slot: str) -> datetime | None:
    """When the channel's newest bundle of that slot closed or will close."""
    return clock.parse_or_none(
        store.value_text("SELECT max(closes_at) FROM bundle WHERE channel = ? AND slot = ?", channel, slot)
    )


def slot_of(store: Store, key: str) -> str:
    """What kind of bundle it is."""
    return str(store.value("SELECT slot FROM bundle WHERE id = ?", key))


def move(store: Store, deliveries: Sequence[int], key: str, at: datetime, held: str) -> None:
    """Puts pending deliveries into an open bundle that goes out then."""
    with store.change() as db:
        db.executemany(
            "UPDATE delivery SET bundle_id = ?, not_before = ?, held = ? WHERE id = ? AND state = 'pending'",
            [(key, clock.text(at), held, one) for one in deliveries],
        )


def close_storms(store: Store, now: datetime) -> int:
    """Lets summaries of storms go at once, as nobody will be there when their time comes; gives how many waited."""
    moment = clock.text(now)
    with store.change() as db:
        waiting = "SELECT id FROM bundle WHERE slot = 'storm' AND attempts = 0 AND closes_at > ?"
        db.execute(
            f"UPDATE delivery SET not_before = ? WHERE state = 'pending' AND bundle_id IN ({waiting})", (moment, moment)
        )
        return db.execute(
            "UPDATE bundle SET closes_at = ? WHERE slot = 'storm' AND attempts = 0 AND closes_at > ?", (moment, moment)
        ).rowcount


def waiting(store: Store, now: datetime) -> list[tuple[str, str, str, int]]:
    """(channel, slot, time, alerts) of every bundle that is still open, the next one first."""
    rows = store.all(
        """SELECT b.channel, b.slot, b.closes_at, count(*) AS n FROM bundle b JOIN delivery d ON d.bundle_id = b.id
        WHERE b.attempts = 0 AND d.state = 'pending' AND d.not_before > ? GROUP BY b.id ORDER BY b.closes_at, b.channel""",
        clock.text(now),
    )
    return [tuple(row) for row in rows]
