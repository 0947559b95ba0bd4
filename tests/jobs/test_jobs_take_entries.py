"""Which entries of a list are read: by a first look, by later ones, and where their dates cannot be trusted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.jobs import take_entries
from monitor.jobs.context import Context
from monitor.jobs.take_entries import MOST_NEW, Taken, in_window
from monitor.model.feed import Entry
from monitor.settings import load
from monitor.store import watches
from monitor.store.watches import Order, Watch

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def entry(name: str, hours_ago: float | None = None, change: str = "") -> Entry:
    url = f"https://news.example/{name}"
    return Entry(url, url, name, None if hours_ago is None else NOW - timedelta(hours=hours_ago), change=change)


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context(load(home, {}))
    yield made
    made.close()


def watched(context: Context, backfill: str = "24h", pattern: str = "") -> Watch:
    order = Order(
        "feed", "web", "https://news.example/s", 300, url="https://news.example/s", backfill=backfill, pattern=pattern
    )
    found = watches.find(context.store, watches.put(context.store, order, origin="cli", place="", now=NOW))
    assert found is not None
    return found


def take(context: Context, *what: Any, **how: Any) -> Taken:
    """`take_entries.take` in a change of its own."""
    with context.store.change():
        return take_entries.take(context, *what, **how)


def queued(context: Context) -> list[str]:
    """The names of the articles queued since the last call, the first to be read first."""
    rows = context.store.all("SELECT key FROM job WHERE state = 'queued' ORDER BY priority, id")
    context.store.connection.execute("UPDATE job SET state = 'done', open_key = NULL")
    return [row[0].rpartition("/")[2] for row in rows]


def test_a_first_look_takes_its_window_the_newest_last_and_undated_ones_up_to_twenty():
    entries = [entry("old", 30), entry("new", 1), entry("older", 200), *(entry(f"undated{n}") for n in range(50))]
    names = {b: [e.title for e in in_window(entries, b, NOW)] for b in ("none", "24h", "7d", "all")}
    assert names["none"] == []
    assert names["24h"] == ["new", *(f"undated{n}" for n in range(19))]
    assert names["7d"] == ["new", "old", *(f"undated{n}" for n in range(20))]
    assert len(names["all"]) == 53


def test_what_a_look_showed_once_is_not_new_again_and_what_changed_is_read_again(context: Context):
    watch = watched(context)
    assert take(context, watch, [entry("a", 1, "1"), entry("b", 30, "1"), entry("c", 2)], NOW, first=True).queued == 2
    assert queued(context) == ["c", "a"]
    assert take(context, watch, [entry("a", 1, "1"), entry("b", 30, "1"), entry("c", 2)], NOW, first=False).queued == 0
    assert queued(context) == []
    # c tells of a change for the first time: that is no change.
    take(
        context, watch, [entry("a", 1, "2"), entry("b", 30, "2"), entry("c", 2, "1"), entry("d", 900)], NOW, first=False
    )
    assert queued(context) == ["d", "a", "b"]
    take(context, watch, [entry("c", 2, "2"), entry("a", 1)], NOW, first=False)
    assert queued(context) == ["c"]


def test_a_list_that_a_first_look_did_not_get_to_gives_what_came_since_and_what_it_would_have_taken(context: Context):
    entries = [
        entry("long before", 30),
        entry("before", 1),
        *(entry(f"since{n}", -n - 1) for n in range(22)),
        entry("undated"),
    ]
    assert take(context, watched(context), entries, NOW + timedelta(days=2), first=False, born=NOW).queued == 24
    assert set(queued(context)) == {"before", "undated", *(f"since{n}" for n in range(22))}
    rows = context.store.all("SELECT key FROM job WHERE json_extract(payload, '$.silent')")
    assert {row[0].rpartition("/")[2] for row in rows} == {"before", "undated"}


def test_a_pattern_that_nothing_fits_is_told(context: Context):
    watch = watched(context, pattern="/news/*")
    assert "fits the pattern /news/*" in take(context, watch, [entry("sport/1")], NOW, first=False).remarks[0]
    assert take(context, watch, [entry("news/1"), entry("sport/2")], NOW, first=False).queued == 1


def test_a_list_that_stamps_all_entries_with_its_own_time_tells_of_no_change(context: Context):
    watch = watched(context)
    for minute in range(3):
        stamp = f"2026-11-24T12:0{minute}:00.000Z"
        taken = take(context, watch, [entry(f"e{n}", change=stamp) for n in range(12)], NOW, first=minute == 0)
        assert "tells nothing" in taken.remarks[0]
        assert len(queued(context)) == (12 if minute == 0 else 0)


def test_dates_in_the_future_count_for_nothing(context: Context):
    taken = take(context, watched(context), [entry("far", -24 * 365), entry("zone", -10)], NOW, first=True)
    assert taken.queued == 2
    assert taken.remarks == ("1 entries are dated in the future: their dates count for nothing",)


def test_a_flood_is_taken_in_parts_the_newest_first(context: Context):
    watch = watched(context)
    entries = [entry(f"f{n}", n / 100) for n in range(MOST_NEW + 10)]
    taken = take(context, watch, entries, NOW, first=False)
    assert (taken.queued, taken.is_all) == (MOST_NEW, False)
    taken = take(context, watch, entries, NOW, first=False)
    assert (taken.queued, taken.is_all) == (10, True)
