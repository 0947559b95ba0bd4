"""When a cited post is looked at next, and what that costs."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.watching.cadence import (
    PAID_DAYS,
    Subject,
    ages_of,
    days_between,
    forecast,
    interval,
    is_paid_day,
    level_for,
    next_look,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CONFIRM = timedelta(minutes=5)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("age", "usual", "close"),
    [
        (MINUTE, 10 * MINUTE, 5 * MINUTE),
        (2 * HOUR, HOUR, 15 * MINUTE),
        (2 * DAY, 6 * HOUR, HOUR),
        (8 * DAY, DAY, 6 * HOUR),
        (400 * DAY, 7 * DAY, DAY),
    ],
)
def test_looks_thin_out_and_our_own_articles_are_looked_at_more(
    age: timedelta, usual: timedelta, close: timedelta
) -> None:
    assert interval(age, close=False) == usual
    assert interval(age, close=True) == close
    assert next_look(Subject(NOW - age, "available"), NOW, CONFIRM) == NOW + usual


def test_the_edit_window_is_watched_densely_and_once_after_its_end() -> None:
    open_until = NOW + 25 * MINUTE
    subject = Subject(NOW - 5 * HOUR, "available", editable_until=open_until)
    assert next_look(subject, NOW, CONFIRM) == NOW + 10 * MINUTE
    assert next_look(subject, NOW + 20 * MINUTE, CONFIRM) == open_until + MINUTE
    assert next_look(subject, open_until + MINUTE, CONFIRM) == open_until + MINUTE + HOUR


def test_a_doubt_is_looked_into_at_once_and_a_lasting_one_ever_more_rarely() -> None:
    waits = [next_look(Subject(NOW, "suspect", misses=n), NOW, CONFIRM) - NOW for n in range(1, 12)]
    assert waits[0] == CONFIRM
    assert waits == sorted(waits)
    assert waits[-1] == 6 * HOUR


def test_what_is_gone_is_looked_for_daily_then_weekly() -> None:
    assert next_look(Subject(NOW - DAY, "gone"), NOW, CONFIRM) == NOW + DAY
    assert next_look(Subject(NOW - 60 * DAY, "gone"), NOW, CONFIRM) == NOW + 7 * DAY


def test_days_are_utc_days() -> None:
    assert days_between(datetime(2026, 11, 23, 23, 59, tzinfo=UTC), datetime(2026, 11, 24, 0, 1, tzinfo=UTC)) == 1
    cited = [(NOW, False), (NOW - DAY, False), (NOW - DAY, True), (NOW - DAY, True)]
    assert ages_of(cited, NOW) == {(0, False): 1, (1, False): 1, (1, True): 2}


@pytest.mark.parametrize(("posts", "level"), [(10, 0), (30, 1), (150, 2), (400, 3), (5000, 3)])
def test_thrift_grows_with_the_number_of_posts(posts: int, level: int) -> None:
    assert level_for({(0, False): posts}, 0.005, 3.0) == level


def test_thrift_looks_at_the_days_that_are_left_of_the_month() -> None:
    assert level_for({(0, False): 100}, 0.005, 3.0, days=1) == 0
    assert forecast({(0, False): 100}, 0, 0.005, days=1) == pytest.approx(0.5)


def test_close_posts_are_paid_for_more_often() -> None:
    assert is_paid_day(2, 3, close=True) and not is_paid_day(2, 3)
    assert is_paid_day(0, 3, close=True)
    assert forecast({(0, True): 10}, 3, 0.005) > forecast({(0, False): 10}, 3, 0.005)


def test_the_forecast_counts_paid_days() -> None:
    assert forecast({(0, False): 100}, 0, 0.005) == pytest.approx(100 * 30 * 0.005)
    days = [day for day in range(30) if is_paid_day(2, day)]
    assert days == [0, 1, 4, 14]
    assert forecast({(0, False): 100}, 2, 0.005) == pytest.approx(100 * len(days) * 0.005)
    assert is_paid_day(2, 30) and not is_paid_day(2, 31) and is_paid_day(2, 60)
    assert [day for day in range(90) if is_paid_day(3, day)] == [0, 7, 60]
    assert all(is_paid_day(0, day) for day in range(100))
    assert len(PAID_DAYS) == 4
