"""When an alert goes out over which kind of channel, and with what."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.channels.nature import for_machines, of_others, takes_pictures
from monitor.alert.timing import Clockwork, closing_of, delay_words, slot_of

NOW = datetime(2026, 11, 24, 12, 20, 5, tzinfo=UTC)
CLOCKWORK = Clockwork(ZoneInfo("Europe/Warsaw"))


@pytest.mark.parametrize(
    ("kind", "priority", "grouping", "ruled", "slot"),
    [
        ("post_gone", "flash", "standard", False, ""),
        ("post_gone", "flash", "digest", False, ""),
        ("post_edited", "urgent", "standard", False, "group"),
        ("post_new", "normal", "standard", False, "hourly"),
        ("post_new", "urgent", "standard", True, "group"),
        ("post_new", "info", "standard", False, "daily"),
        ("citation_new", "urgent", "standard", False, "daily"),
        ("citation_new", "urgent", "standard", True, "group"),
        ("post_gone", "info", "standard", False, "daily"),
        ("account_renamed", "normal", "standard", False, "hourly"),
        ("post_edited", "urgent", "digest", False, "daily"),
        ("post_edited", "urgent", "none", False, ""),
        ("first_look", "info", "none", False, ""),
    ],
)
def test_the_slot_follows_what_happened_and_how_grave_it_is(
    kind: str, priority: str, grouping: str, ruled: bool, slot: str
) -> None:
    assert slot_of(kind, priority, grouping, ruled=ruled) == slot


def test_bundles_close_when_they_say() -> None:
    assert closing_of("", CLOCKWORK, NOW) == NOW
    assert closing_of("group", CLOCKWORK, NOW) == NOW + timedelta(minutes=5)
    assert closing_of("group", CLOCKWORK, NOW, NOW + timedelta(minutes=3)) == NOW + timedelta(minutes=8)
    assert closing_of("hourly", CLOCKWORK, NOW) == datetime(2026, 11, 24, 13, tzinfo=UTC)
    assert closing_of("daily", CLOCKWORK, NOW) == datetime(2026, 11, 25, 7, tzinfo=UTC)


@given(
    st.sampled_from(["group", "hourly", "daily"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),
)
def test_a_bundle_closes_ahead_and_within_its_promise(slot: str, now: datetime) -> None:
    most = {"group": timedelta(minutes=5), "hourly": timedelta(hours=1), "daily": timedelta(hours=25)}[slot]
    assert now < closing_of(slot, CLOCKWORK, now) <= now + most


@pytest.mark.parametrize(
    ("late", "words"),
    [(0, ""), (119, ""), (600, "delayed by 10 min"), (6 * 3600, "delayed by 6 h"), (3 * 86400, "delayed by 3 days")],
)
def test_what_comes_late_says_so(late: int, words: str) -> None:
    assert delay_words(NOW, NOW + timedelta(seconds=late)) == words


@pytest.mark.parametrize(
    ("url", "machines", "others", "pictures"),
    [
        ("webhook+https://hooks.example.org/x", True, False, False),
        ("console://", True, False, False),
        ("mailtos://a:b@mail.example.org", False, False, True),
        ("slack://token", False, True, False),
        ("jsons://hooks.example.org", True, True, False),
        ("", False, True, False),
    ],
)
def test_the_scheme_tells_who_reads(url: str, machines: bool, others: bool, pictures: bool) -> None:
    assert (for_machines(url), of_others(url), takes_pictures(url)) == (machines, others, pictures)
