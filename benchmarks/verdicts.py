"""Verdicts of availability in a simulated quarter: prints the matrix of truth and verdict, delays and dollars, as JSON.

    python benchmarks/verdicts.py [--posts N] [--days N] [--seed N] [--usd N] [--spell-every DAYS]

Posts that articles cite are deleted, edited, withheld, brought back; accounts are suspended, protected, deactivated, and return;
meanwhile X and its oEmbed have outages, refuse our credentials, throttle, answer in part, and drift. The engine with its real jobs
and store does what `once` does every ten minutes, over HTTP on loopback, by a simulated clock. There is no peer: no other tool tells
why a post went; the goals stand beside the figures.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from quarter.judge import Episode, Judged, judge, median_share
from quarter.play import Played, play

MONTH = timedelta(days=30)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--posts", type=int, default=2000)
    options.add_argument("--days", type=int, default=91)
    options.add_argument("--seed", type=int, default=6)
    options.add_argument("--usd", type=float, default=10.0, help="the month's budget")
    options.add_argument("--tick", type=float, default=10.0, help="minutes between two runs of cron")
    options.add_argument("--spell-every", type=float, default=1.5, help="days between two troubles, on average")
    chosen = options.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        played = play(
            Path(folder),
            posts=chosen.posts,
            days=chosen.days,
            seed=chosen.seed,
            usd_per_month=chosen.usd,
            spell_every_days=chosen.spell_every,
            tick=timedelta(minutes=chosen.tick),
        )
    told = {**figures(played, judge(played)), "budget_usd_a_month": chosen.usd}
    json.dump({**told, "seconds": round(time.monotonic() - began)}, sys.stdout, indent=1)
    print()


def figures(played: Played, judged: Judged) -> dict[str, object]:
    """What is printed, goals beside."""
    due = [e for e in judged.episodes if e.long_enough]
    told = [e for e in due if e.told is not None]
    calm = [e for e in told if not _troubled(played, e)]
    returned = [e for e in judged.episodes if e.restored is not None]
    months = sum((played.end - one.cited_at) / MONTH for one in played.cited)
    usd = sum(played.usd_by_month.values())
    return {
        "figure": {
            "name": "live posts called gone",
            "count": len(judged.false_gone),
            "needed": 0,
            "posts": len(played.cited),
        },
        "called_gone_wrongly": judged.false_gone[:10],
        "disappearances": {
            "due": len(due),
            "told": len(told),
            "right_reason": sum(e.told == e.reason for e in told),
            "needed": len(due),
            "over_before_due": len(judged.episodes) - len(due),
        },
        "delay": {
            "median_of_promise": median_share(told),
            "needed": 1.0,
            "median_minutes": _minutes(told),
            "without_trouble_within_promise": f"{sum(_kept(e) for e in calm)} of {len(calm)}",
        },
        "restorations": {
            "told": sum(bool(e.restored) for e in returned),
            "due": len(returned),
        },
        "edits": {"told": judged.edits[0], "due": judged.edits[1]},
        "alarms_of_link_rot": judged.alarms_of_link_rot,
        "matrix": {truth: dict(row) for truth, row in sorted(judged.matrix.items())},
        "money": {
            "usd_per_1000_cited_posts_a_month": round(1000 * usd / months, 2),
            "needed": 10.0,
            "usd_by_month": played.usd_by_month,
            "usd_by_route": played.usd_by_route,
            "usd_charged_by_x": played.usd_charged,
        },
        "looks": played.looks,
        "requests": played.requests,
        "jobs_failed_for_good": played.mistakes,
        "spells": dict(Counter(spell.name for spell in played.spells)),
    }


def _troubled(played: Played, episode: Episode) -> bool:
    until = episode.start + (episode.delay or episode.promise)
    return any(s.start < until and episode.start - timedelta(days=1) < s.end for s in played.spells)


def _kept(episode: Episode) -> bool:
    return episode.delay is not None and episode.delay <= episode.promise


def _minutes(episodes: list[Episode]) -> float | None:
    delays = [e.delay.total_seconds() / 60 for e in episodes if e.delay is not None]
    return round(statistics.median(delays), 1) if delays else None


if __name__ == "__main__":
    main()
