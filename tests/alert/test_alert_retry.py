from datetime import UTC, datetime, timedelta

from monitor.alert.retry import next_attempt

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_first_attempt_is_due_at_once() -> None:
    assert next_attempt(0, NOW, "a") == NOW


def test_the_waits_follow_the_schedule_and_grow_by_a_tenth_at_most() -> None:
    hours = [0, 5 / 3600, 5 / 60, 0.5, 2, 5, 10, 14, 20, 24]
    for attempts, wait in enumerate(hours):
        due = next_attempt(attempts, NOW, "a")
        assert due is not None
        assert timedelta(hours=wait) <= due - NOW <= timedelta(hours=wait * 1.1)


def test_after_ten_attempts_a_delivery_is_dead() -> None:
    assert next_attempt(10, NOW, "a") is None
    assert next_attempt(99, NOW, "a") is None


def test_the_jitter_is_the_same_for_the_same_id_and_differs_between_ids() -> None:
    assert next_attempt(3, NOW, "a") == next_attempt(3, NOW, "a")
    assert next_attempt(3, NOW, "a") != next_attempt(3, NOW, "b")
