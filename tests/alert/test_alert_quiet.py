"""Quiet hours by the wall clock of a place, through the nights in which it is put forward and back."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.timing import Quiet, held_until
from monitor.model.quiet import Window, next_at, quiet_until, window

WARSAW = ZoneInfo("Europe/Warsaw")
ZONES = [
    WARSAW,
    *map(
        ZoneInfo,
        ("UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"),
    ),
]


def at(text: str, zone: ZoneInfo = WARSAW) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def local(moment: datetime | None, zone: ZoneInfo = WARSAW) -> str:
    assert moment is not None
    return moment.astimezone(zone).isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("written", "now", "ends"),
    [
        ("22:00-07:00", "2026-11-24T23:30", "2026-11-25T07:00+01:00"),
        ("22:00-07:00", "2026-11-24T03:00", "2026-11-24T07:00+01:00"),
        ("22:00-07:00", "2026-11-24T07:00", None),
        ("22:00-07:00", "2026-11-24T21:59", None),
        ("12:00-13:30", "2026-11-24T12:00", "2026-11-24T13:30+01:00"),
        ("sat,sun 00:00-24:00", "2026-11-28T10:00", "2026-11-30T00:00+01:00"),
        ("mon-fri 22:00-07:00", "2026-11-28T03:00", "2026-11-28T07:00+01:00"),  # a Saturday: Friday's night
        ("mon-fri 22:00-07:00", "2026-11-29T03:00", None),
        ("fri-mon 22:00-07:00", "2026-11-29T23:00", "2026-11-30T07:00+01:00"),
        # Forward at 02:00 of 29 March 2026, back at 03:00 of 25 October.
        ("22:00-07:00", "2026-03-28T23:30", "2026-03-29T07:00+02:00"),
        ("22:00-07:00", "2026-10-24T23:30", "2026-10-25T07:00+01:00"),
        ("22:00-02:30", "2026-03-29T01:30", "2026-03-29T03:00+02:00"),  # 02:30 is skipped
        ("22:00-02:30", "2026-10-25T01:30", "2026-10-25T02:30+02:00"),  # the first 02:30; it is quiet again from 02:00
    ],
)
def test_quiet_hours_end(written: str, now: str, ends: str | None) -> None:
    found = quiet_until([window(written)], WARSAW, at(now))
    assert found is None if ends is None else local(found) == ends


def test_windows_that_touch_are_one_quiet_time() -> None:
    both = [window("fri 22:00-24:00"), window("sat,sun 00:00-24:00"), window("mon 00:00-06:00")]
    assert local(quiet_until(both, WARSAW, at("2026-11-27T23:00"))) == "2026-11-30T06:00+01:00"


@pytest.mark.parametrize(
    "written",
    ["22:00", "22:00-25:00", "22:61-07:00", "10:00-10:00", "xyz 10:00-11:00", "mon-xyz 10:00-11:00", "24:30-25:00", ""],
)
def test_what_is_no_window_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match=r"write|no such time|no day|begins and ends"):
        window(written)


windows = st.builds(
    Window,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
).filter(lambda w: w.start != w.end or w.end == time(0))
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(
    lambda d: d.replace(second=0, microsecond=0, tzinfo=UTC)
)


def _quiet(made: list[Window], zone: ZoneInfo, moment: datetime) -> bool:
    return any(one.holds(moment.astimezone(zone)) for one in made)


@given(st.lists(windows, min_size=1, max_size=3), st.sampled_from(ZONES), moments)
def test_it_is_quiet_until_the_end_and_not_at_it(made: list[Window], zone: ZoneInfo, now: datetime) -> None:
    end = quiet_until(made, zone, now)
    if end is None:
        assert not _quiet(made, zone, now)
        return
    assert end > now
    # A newsroom that is quiet for ever is told once a fortnight.
    assert not _quiet(made, zone, end) or end - now >= timedelta(days=14)
    steps = max(int((end - now) / timedelta(minutes=1)), 1)
    for n in range(0, steps, max(steps // 97, 1)):
        assert _quiet(made, zone, now + n * timedelta(minutes=1))


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)), st.sampled_from(ZONES), moments)
def test_the_next_time_of_day_is_ahead_and_within_a_day_and_the_clocks_change(
    clock_time: time, zone: ZoneInfo, now: datetime
) -> None:
    found = next_at(clock_time, zone, now)
    assert now < found <= now + timedelta(hours=26)
    shown = found.astimezone(zone).time()
    skipped = shown > clock_time
    assert shown == clock_time or skipped


def test_flash_rings_through_and_a_channel_of_two_people_is_quiet_when_both_are() -> None:
    early = Quiet("Ada", (window("20:00-05:00"),), WARSAW, "flash")
    late = Quiet("Ben", (window("23:00-08:00"),), WARSAW, "never")
    night = at("2026-11-24T23:30")
    assert held_until([early], "flash", night) is None
    assert held_until([late], "flash", night) is not None
    assert held_until([early, late], "urgent", at("2026-11-24T21:00")) is None
    held = held_until([early, late], "urgent", night)
    assert held is not None
    assert (local(held[0]), held[1]) == ("2026-11-25T05:00+01:00", "Ada")
    assert held_until([], "info", night) is None
