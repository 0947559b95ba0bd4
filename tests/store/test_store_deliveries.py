"""Deliveries that wait: in the order of their alerts, and none over a channel that is put off."""

from datetime import UTC, datetime, timedelta

from monitor.model.alert import Fact, Route
from monitor.store import alerts, deliveries
from monitor.store.open import Store

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_channel_that_hangs_is_put_off_and_the_others_are_not(store: Store) -> None:
    for n in range(3):
        alerts.add(
            store,
            Fact("post_new", f"post_new:x:{n}", f"Post {n}", NOW),
            "normal",
            [Route(c, NOW) for c in ("slow", "desk")],
            NOW,
        )
    deliveries.put_off(store, "slow", NOW + timedelta(minutes=1), "the channel hangs")
    leased = [deliveries.lease_due(store, NOW) for _ in range(4)]
    assert [due.channel for due in leased if due] == ["desk"] * 3
    later = deliveries.lease_due(store, NOW + timedelta(minutes=1))
    assert later is not None
    assert (later.channel, later.attempts) == ("slow", 1)
    assert [row["subject"] for row in alerts.listing(store)] == ["Post 0", "Post 1", "Post 2"]
