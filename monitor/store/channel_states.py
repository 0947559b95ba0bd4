"""How each channel fares: since when it fails, whether its receiver switched it off."""

import hashlib
from datetime import datetime

from monitor import clock
from monitor.store.open import Store


def digest(address: str) -> str:
    """What is kept of a channel's address, which may hold a secret."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()


def worked(store: Store, channel: str, address: str, now: datetime) -> datetime | None:
    """The receiver took something: since when it had failed before, or None."""
    with store.change() as db:
        before = store.value_text("SELECT failing_since FROM channel_state WHERE channel = ?", channel)
        db.execute(
            """INSERT INTO channel_state (channel, address_sha256, last_sent_at) VALUES (?1, ?2, ?3) ON CONFLICT (channel) DO UPDATE SET
            address_sha256 = ?2, last_sent_at = ?3, failing_since = NULL, failures = 0, last_error = NULL, disabled_at = NULL, disabled_why = ''""",
            (channel, digest(address), clock.text(now)),
        )
    return clock.parse_or_none(before)


def failed(store: Store, channel: str, address: str, error: str, now: datetime) -> tuple[datetime, int]:
    """(since when, how often in a row) the channel has failed, this time included."""
    with store.change() as db:
        db.execute(
            """INSERT INTO channel_state (channel, address_sha256, failing_since, failures, last_error) VALUES (?1, ?2, ?3, 1, ?4)
            ON CONFLICT (channel) DO UPDATE SET address_sha256 = ?2, failing_since = coalesce(failing_since, ?3), failures = failures + 1,
            last_error = ?4""",
            (channel, digest(address), clock.text(now), error),
        )
        row = store.one("SELECT failing_since, failures FROM channel_state WHERE channel = ?", channel)
    assert row is not None
    return clock.parse(row["failing_since"]), row["failures"]


def disable(store: Store, channel: str, address: str, why: str, now: datetime) -> None:
    """Nothing more goes there until its address changes or a test succeeds."""
    with store.change() as db:
        db.execute(
            """INSERT INTO channel_state (channel, address_sha256, disabled_at, disabled_why) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (channel) DO UPDATE SET address_sha256 = ?2, disabled_at = coalesce(disabled_at, ?3), disabled_why = ?4""",
            (channel, digest(address), clock.text(now), why),
        )


def disabled(store: Store, channel: str, address: str) -> str | None:
    """Why the channel is switched off, in words; None when it is not."""
    row = store.one(
        "SELECT disabled_at, disabled_why FROM channel_state WHERE channel = ? AND address_sha256 = ? AND disabled_at IS NOT NULL",
        channel,
        digest(address),
    )
    if row is None:
        return None
    return (
        f"switched off since {row['disabled_at']}: {row['disabled_why']}; once its receiver wants alerts again, type "
        f"`postwatch alerts test {channel}`, or give it another address"
    )


def down(store: Store, since: datetime) -> set[str]:
    """Channels that have failed since before then, or are switched off."""
    rows = store.all(
        "SELECT channel FROM channel_state WHERE disabled_at IS NOT NULL OR failing_since <= ?", clock.text(since)
    )
    return {row[0] for row in rows}


def listing(store: Store) -> list[dict[str, object]]:
    """One row a channel that was ever used, without its address."""
    rows = store.all(
        """SELECT channel, failing_since, failures, last_error, last_sent_at, disabled_at, disabled_why FROM channel_state
        ORDER BY channel"""
    )
    return [dict(row) for row in rows]
