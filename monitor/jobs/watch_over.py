"""The watchdog: tells what is wrong with our own looking, and that it is over.

1. Watches whose looks fail again and again, one alert for those that fail alike -> `collector_broken`.
2. Stretches of time in which we did not look -> `gap`.
3. Accounts, feeds and rules that are silent for much longer than ever before, while our looks succeed -> `silence`.
4. Credentials that end soon, as far as they tell it themselves -> `credential`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor import clock
from monitor.jobs import troubles
from monitor.jobs.expiries import expiries
from monitor.jobs.telling import tell
from monitor.model.alert import Fact
from monitor.store import troubles as trouble_rows
from monitor.store import watch_health
from monitor.store.watch_health import Failing, Habit
from monitor.watching.silence import unusual

if TYPE_CHECKING:
    from monitor.jobs.context import Context

_ALIKE = 3
"""So many watches that fail alike are one trouble."""
_NAMED = 8
_GAPS_OF = timedelta(days=2)
_WARN_BEFORE = timedelta(days=14)
_MONEY = ("BudgetSpent", "NoCredits", "CapReached")


def run(context: "Context") -> None:
    """What may change from minute to minute: a few queries."""
    now = clock.now()
    _broken(context)
    _gaps(context, now)
    _credentials(context, now)


def listen(context: "Context") -> None:
    """Who is silent: a query a watch, so hourly is enough."""
    store, now = context.store, clock.now()
    least = timedelta(seconds=context.options.alerts.silence_after)
    known = trouble_rows.open_keys(store, "silence")
    for habit in (*watch_health.habits(store), *watch_health.rule_habits(store, context.settings.rule_names, now)):
        silent = unusual(habit.times, habit.since, now, least)
        if silent is None and habit.key in known:
            troubles.end(context, habit.key, f"News again from {habit.name}")
        elif silent is not None and habit.key not in known:
            _tell_silence(context, habit, *silent)


def _broken(context: "Context") -> None:
    found = _grouped(watch_health.failing(context.store, context.options.alerts.broken_after))
    known = trouble_rows.open_keys(context.store, "collector_broken")
    for key, watches in found.items():
        if key not in known:
            _tell_broken(context, key, watches)
    for key in known - found.keys():
        if key.startswith("collector:"):
            troubles.end(context, key, "Looks succeed again")


def _grouped(failing: Sequence[Failing]) -> dict[str, list[Failing]]:
    alike: dict[str, list[Failing]] = {}
    for one in failing:
        alike.setdefault(f"collector:{one.platform}:{one.kind}:{one.cause}", []).append(one)
    found: dict[str, list[Failing]] = {}
    for key, watches in alike.items():
        if len(watches) >= _ALIKE:
            found[key] = watches
        else:
            found |= {f"collector:watch:{one.id}": [one] for one in watches}
    return found


def _tell_broken(context: "Context", key: str, watches: Sequence[Failing]) -> None:
    first, names = watches[0], ", ".join(one.name for one in watches[:_NAMED])
    more = f" and {len(watches) - _NAMED} more" if len(watches) > _NAMED else ""
    times = max(one.failures for one in watches)
    troubles.begin(
        context,
        key,
        "collector_broken",
        f"We no longer see {names}{more}: {times} looks in a row failed ({first.cause})",
        detail=context.masked(first.error),
        advice="`postwatch watches` shows each with its error, `postwatch doctor` tries what is needed; what they post meanwhile is not seen",
        more={"watches": [one.name for one in watches], "platform": first.platform, "failures": times},
    )


def _gaps(context: "Context", now: datetime) -> None:
    for reason, day, detail, names in watch_health.gaps(context.store, now - _GAPS_OF):
        told = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
        fact = Fact(
            kind="gap",
            dedup_key=f"gap:{reason}:{day}",
            subject=f"A gap since {day}: we did not look at {told} ({reason})",
            happened_at=now,
            priority="info" if reason in _MONEY else "normal",
            tells_of=f"gap:{reason}",
            payload={
                "reason": reason,
                "day": day,
                "detail": detail,
                "watches": names,
                "advice": "`postwatch watches` shows the gaps; posts of that time may be missing",
                "articles": [],
            },
        )
        with context.store.change():
            tell(context, fact)


def _tell_silence(context: "Context", habit: Habit, since: datetime, longest: timedelta | None) -> None:
    troubles.begin(
        context,
        habit.key,
        "silence",
        f"No {habit.noun} from {habit.name} since {clock.text(since)[:16].replace('T', ' ')} UTC",
        detail=f"{habit.works}{_before(longest)}: {habit.guess}",
        advice=habit.advice,
        priority="normal",
        since=since,
        more={"silent": habit.name},
    )


def _before(pause: timedelta | None) -> str:
    if pause is None:
        return ""
    hours = pause.total_seconds() / 3600
    words = f"{hours:.0f} h" if hours < 72 else f"{hours / 24:.0f} days"
    return f", and the longest pause before was {words}"


def _credentials(context: "Context", now: datetime) -> None:
    for name, end in expiries(context.settings.secrets):
        if end - now > _WARN_BEFORE:
            continue
        over = end <= now
        fact = Fact(
            kind="credential",
            dedup_key=f"credential:{name}:{clock.text(end)}:{'over' if over else 'soon'}",
            subject=f"The credential of {name} {'ended' if over else 'ends'} at {clock.text(end)[:16].replace('T', ' ')} UTC",
            happened_at=now,
            priority="urgent" if over else "normal",
            tells_of=f"credential:{name}",
            payload={"name": name, "ends_at": clock.text(end), "advice": "renew it", "articles": []},
        )
        with context.store.change():
            tell(context, fact)
