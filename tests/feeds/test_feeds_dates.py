from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.feeds.dates import change_of, moment_of


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026", at(2026, 1, 1)),
        ("2026-11", at(2026, 11, 1)),
        ("2026-11-24", at(2026, 11, 24, 23, 59, 59)),
        ("2026/11/24", at(2026, 11, 24, 23, 59, 59)),
        ("2026-11-24T10:00Z", at(2026, 11, 24, 10)),
        ("2026-11-24T10:00:00", at(2026, 11, 24, 10)),
        ("2026-11-24 10:00:00 +0100", at(2026, 11, 24, 9)),
        ("2026-11-24T10:00:00.1234567-05:30", at(2026, 11, 24, 15, 30, 0, 123456)),
        ("2026-11-24t10:00:00z", at(2026, 11, 24, 10)),
        ("2026-11-24T10:00:60Z", at(2026, 11, 24, 10, 0, 59)),
        ("2026-1-4", at(2026, 1, 4, 23, 59, 59)),
        ("\n 2026-11-24T10:00:00+00:00\n", at(2026, 11, 24, 10)),
        ("Tue, 24 Nov 2026 10:00:00 GMT", at(2026, 11, 24, 10)),
        ("24 Nov 2026 12:00:00 +0200", at(2026, 11, 24, 10)),
        ("1795514400", at(2026, 11, 24, 10)),
        ("1795514400000", at(2026, 11, 24, 10)),
        ("20261124T100000Z", at(2026, 11, 24, 10)),
        ("9999-12-31", at(9999, 12, 31, 23, 59, 59)),
    ],
)
def test_times_are_understood_in_all_their_forms(text: str, moment: datetime):
    assert moment_of(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", " ", "yesterday", "2026-13-01", "2026-02-30", "2026-11-24T25:00Z", "0000-00-00", "-", "2026-11-24" * 20],
)
def test_what_makes_no_sense_is_no_time(text: str):
    assert moment_of(text) is None


def test_a_mark_of_change_is_the_time_or_else_the_words():
    one, same = "2026-11-24T10:00:00+01:00", "2026-11-24 09:00:00Z"
    assert change_of(one, moment_of(one)) == change_of(same, moment_of(same)) == "2026-11-24T09:00:00.000Z"
    assert change_of(" version  7 ", None) == "version 7"


@given(st.text(max_size=80))
def test_no_text_breaks_it(text: str):
    moment = moment_of(text)
    assert moment is None or moment.tzinfo is not None
