"""Plays it: a simulated clock, the small internet on loopback, and the engine with its real jobs and store."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from monitor import clock
from monitor.demo.world import World
from monitor.jobs import read_articles
from monitor.jobs.context import Context
from monitor.jobs.engine import Engine
from monitor.jobs.home import recover
from monitor.logs import logging_to
from monitor.settings import load
from monitor.store import alerts, observations
from monitor.store.articles import Origin
from quarter.story import MINUTE, Cited, Story
from quarter.weather import Spell, Weather

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Played:
    """What was true, and what was told."""

    start: datetime
    end: datetime
    tick: timedelta
    cited: list[Cited]
    verdicts: list[dict[str, Any]]
    alerts: list[dict[str, Any]]
    spells: list[Spell]
    usd_by_month: dict[str, float]
    usd_by_route: dict[str, float]
    usd_charged: float
    looks: int
    requests: int
    mistakes: int
    """Jobs that failed for good."""


def play(
    folder: Path,
    *,
    posts: int,
    days: float,
    seed: int,
    usd_per_month: float,
    spell_every_days: float,
    tick: timedelta = 5 * MINUTE,
) -> Played:
    """One quarter in a home under `folder`; cron runs `once` every `tick`."""
    world = World(START - timedelta(days=1), told=False)
    now = START
    with clock.told_by(lambda: now), world:
        budget = f"[budget]\nusd_per_month = {usd_per_month}\nkept_for_cited = 100\n"
        home = world.write_home(folder / "home", watches="", more=budget)
        settings = load(home, world.environment())
        with logging_to(settings):
            context = Context(settings)
            pending: list[tuple[str, bool]] = []
            story = Story(world, START, days, posts, seed, lambda url, own: pending.append((url, own)))
            weather = Weather(world, START, days, seed + 1, spell_every_days)
            try:
                recover(context)
                engine = Engine(context)
                end, requests = START + timedelta(days=days), 0
                while now < end:
                    now = min(end, max(now + tick, _grid(_next(context, story, weather, end), tick)))
                    weather.advance(now)
                    story.advance(now)
                    for url, own in pending:
                        read_articles.read(context, url, Origin(own=own), silent=True)
                    pending.clear()
                    engine.queue_due()
                    engine.drain()
                    for server in world.servers:
                        requests += len(server.requests)
                        server.requests.clear()
                return _played(context, engine, world, story, weather, (end, tick), requests)
            finally:
                context.close()


def _grid(moment: datetime, tick: timedelta) -> datetime:
    """The first run of cron at or after it."""
    return START + -((START - moment) // tick) * tick


def _next(context: Context, story: Story, weather: Weather, end: datetime) -> datetime:
    due = context.store.value_text(
        """SELECT min(at) FROM (SELECT min(next_look_at) AS at FROM sight UNION ALL SELECT min(not_before) FROM job WHERE state = 'queued'
        UNION ALL SELECT min(next_look_at) FROM watch WHERE state = 'active')"""
    )
    moments = [end, *(event.at for event in story.events[:1])]
    moments += [at for spell in weather.spells for at in (spell.start, spell.end) if at > clock.now()]
    return min([*moments, clock.parse(due)] if due else moments)


def _played(
    context: Context,
    engine: Engine,
    world: World,
    story: Story,
    weather: Weather,
    clockwork: tuple[datetime, timedelta],
    requests: int,
) -> Played:
    store = context.store
    months = store.all("SELECT substr(day, 1, 7) AS m, sum(settled_micro) / 1e6 AS usd FROM spend GROUP BY 1")
    routes = store.all("SELECT endpoint, purpose, sum(settled_micro) / 1e6 AS usd FROM spend GROUP BY 1, 2")
    return Played(
        START,
        *clockwork,
        list(story.cited.values()),
        observations.verdicts(store),
        alerts.listing(store),
        weather.spells,
        {row["m"]: round(row["usd"], 3) for row in months},
        {row["endpoint"]: round(row["usd"], 3) for row in routes},
        world.x.meter.usd,
        int(str(store.value("SELECT count(*) FROM observation"))),
        requests,
        engine.failed,
    )
