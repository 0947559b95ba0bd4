"""A short stretch of the simulated quarter that `benchmarks/verdicts.py` plays whole."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from quarter.judge import Judged, judge
from quarter.play import Played, play


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Played, Judged]:
    """Six days of thirty cited posts, with a trouble every six hours."""
    played = play(
        tmp_path_factory.mktemp("quarter"),
        posts=30,
        days=6,
        seed=3,
        usd_per_month=3.0,
        spell_every_days=0.25,
        tick=timedelta(minutes=30),
    )
    return played, judge(played)


def test_no_live_post_is_called_gone_whatever_goes_wrong(week: tuple[Played, Judged]) -> None:
    played, judged = week
    assert len({spell.name for spell in played.spells}) >= 15
    assert judged.false_gone == []
    assert judged.alarms_of_link_rot == 0


def test_what_vanished_is_told_with_its_reason(week: tuple[Played, Judged]) -> None:
    _, judged = week
    due = [e for e in judged.episodes if e.long_enough and e.promise < timedelta(days=2)]
    assert due
    assert [(e.reason, e.told) for e in due if e.told not in (None, e.reason)] == []


def test_the_budget_holds(week: tuple[Played, Judged]) -> None:
    played, _ = week
    assert all(usd <= 3.0 for usd in played.usd_by_month.values())
