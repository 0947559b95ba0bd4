"""Which channels hear of a fact, when, and why not: the newsroom's settings turned into planned deliveries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from monitor import clock
from monitor.alert import timing
from monitor.alert.channels.nature import for_machines
from monitor.alert.rules import Decision
from monitor.alert.timing import Clockwork, Quiet
from monitor.model.alert import Fact, Route
from monitor.settings import Settings
from monitor.store import alerts, bundles, channel_states, deliveries, mutes
from monitor.store.open import Store

if TYPE_CHECKING:
    from monitor.settings.channels import Channel

OPERATORS = frozenset(("budget", "storage", "collector_broken", "silence", "gap", "credential", "channel_down"))
"""Kinds that somebody must hear of, whatever the rules: a rule that names the kind still narrows the channels."""

_DOWN_FOR = timedelta(minutes=15)
"""A channel that has failed so long tells nobody that another one does."""
_STORM_WAIT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A channel as alerts see it."""

    name: str
    address: str
    grouping: str
    desks: frozenset[str]
    quiets: tuple[Quiet, ...]
    clockwork: Clockwork


class Router:
    """The plan of deliveries, from the settings."""

    def __init__(self, settings: Settings) -> None:
        self._options = settings.options.alerts
        self._settings = settings
        self.people = {person.name: person.channels for person in settings.people}
        self.lines = {channel.name: self._line(channel) for channel in settings.options.channel}

    def _line(self, channel: "Channel") -> Line:
        mine = [person for person in self._settings.people if channel.name in person.channels]
        quiets = tuple(Quiet(person.name, person.windows, self._zone(person.zone), person.rings) for person in mine)
        address = self._settings.channel_url(channel)
        desks = [set(person.desks) for person in mine] if mine and all(person.desks for person in mine) else []
        options = self._options
        return Line(
            channel.name,
            address,
            channel.grouping or ("none" if for_machines(address) else "standard"),
            frozenset(d.casefold() for d in set(channel.desks).union(*desks)),
            quiets,
            Clockwork(
                quiets[0].zone if len(quiets) == 1 else self._zone(""),
                time.fromisoformat(options.digest_at),
                timedelta(seconds=options.group_wait),
                timedelta(seconds=options.group_interval),
            ),
        )

    def _zone(self, name: str) -> ZoneInfo:
        return ZoneInfo(name or self._settings.options.desk.timezone)

    def routes(self, store: Store, fact: Fact, decision: Decision, now: datetime) -> list[Route]:
        """A route a channel that hears of it, and one a step of escalation; call it inside the fact's change."""
        if fact.kind in timing.DESK_ONLY and not decision.asked:
            return []
        heard = decision.channels
        if fact.kind == "recovered" or (fact.kind in OPERATORS and not decision.rules):
            heard = tuple(self.lines)
        heard = tuple(name for name in heard if name in decision.named or self._is_for(self.lines[name], fact))
        if fact.kind == "channel_down":
            down = channel_states.down(store, now - _DOWN_FOR) | {fact.payload["channel"]}
            heard = tuple(name for name in heard if name not in down)
        muted = self._muted(store, fact, decision, now)
        first = [self._route(store, self.lines[name], fact, decision, now, muted) for name in heard]
        unheard = muted or not first or fact.kind == "recovered"
        steps = [] if unheard else list(self._steps(fact, decision.priority, now))
        return first + [self._alive(store, step) for step in steps]

    def _is_for(self, line: Line, fact: Fact) -> bool:
        """What belongs to no desk is everybody's."""
        return not line.desks or not fact.desks or not line.desks.isdisjoint(d.casefold() for d in fact.desks)

    def _muted(self, store: Store, fact: Fact, decision: Decision, now: datetime) -> str:
        names = [("kind", fact.kind), ("about", fact.tells_of)]
        names += [("account", f"{fact.platform}:{one}") for one in (fact.account_id, fact.handle) if one]
        names += [("tag", one) for one in fact.tags] + [("article", one) for one in fact.articles]
        names += [("publisher", one) for one in fact.publishers] + [("desk", one) for one in fact.desks]
        # A muted rule silences only what no other rule asks for.
        rules = [mutes.standing(store, [("rule", name)], now) for name in decision.rules]
        return mutes.standing(store, names, now) or (rules[0] if rules and all(rules) else None) or ""

    def _route(self, store: Store, line: Line, fact: Fact, decision: Decision, now: datetime, muted: str) -> Route:
        why = muted or mutes.standing(store, [("channel", line.name)], now)
        why = why or channel_states.disabled(store, line.name, line.address)
        if why:
            return Route(line.name, now, suppressed=why)
        snoozed = snoozed_until(store, fact.tells_of, now)
        if snoozed is not None:
            return Route(line.name, snoozed, held=f"snoozed until {clock.text(snoozed)}")
        return self._planned(store, line, fact.kind, decision.priority, now, ruled=decision.ruled)

    def _planned(self, store: Store, line: Line, kind: str, priority: str, now: datetime, *, ruled: bool) -> Route:
        slot = timing.slot_of(kind, priority, line.grouping, ruled=ruled)
        last = bundles.last_closing(store, line.name, slot) if slot == "group" else None
        at = timing.closing_of(slot, line.clockwork, now, last)
        quiet = timing.held_until(line.quiets, priority, at)
        if quiet is not None:
            end, name = quiet
            held = f"quiet hours of {name} until {clock.text(end)}"
            # What the daily digest would hold anyway still goes with it.
            return Route(line.name, end, slot="daily" if slot == "daily" else "quiet", held=held)
        if not slot and self._storm(store, line, now):
            return Route(line.name, now + _STORM_WAIT, slot="storm", held=timing.WORDS["storm"])
        return Route(line.name, at, slot=slot, held=timing.WORDS[slot] if slot else "")

    def quiet_now(self, channel: str, priority: str, now: datetime) -> tuple[datetime, str] | None:
        """(when they end, whose) of the quiet hours that hold back such a message now."""
        line = self.lines.get(channel)
        return timing.held_until(line.quiets, priority, now) if line else None

    def _storm(self, store: Store, line: Line, now: datetime) -> bool:
        """Whether so many came lately that this one and those still waiting become one summary."""
        if bundles.is_open(store, line.name, "storm", now):
            return True
        machines = line.grouping == "none"
        most = self._options.storm_after_machines if machines else self._options.storm_after
        since = now - (timedelta(minutes=1) if machines else timedelta(minutes=10))
        if deliveries.recent(store, line.name, since, most) < most:
            return False
        waiting = deliveries.unsent_singles(store, line.name, queued_since=since)
        if waiting:
            key, at = bundles.join(store, line.name, "storm", now + _STORM_WAIT, now)
            bundles.move(store, waiting, key, at, timing.WORDS["storm"])
        return True

    def _steps(self, fact: Fact, priority: str, now: datetime) -> Iterator[Route]:
        step = 0
        for escalation in self._settings.escalations:
            desks = {d.casefold() for d in escalation.desks}
            if priority not in escalation.priorities or (desks and desks.isdisjoint(d.casefold() for d in fact.desks)):
                step += escalation.times
                continue
            names = (*escalation.channels, *(n for who in escalation.people for n in self.people.get(who, ())))
            for turn in range(escalation.times):
                step += 1
                at = now + timedelta(seconds=escalation.after + turn * (escalation.again or 0))
                for name in dict.fromkeys(names):
                    yield Route(name, at, step, held="unless somebody acknowledges it before")

    def _alive(self, store: Store, route: Route) -> Route:
        why = channel_states.disabled(store, route.channel, self.lines[route.channel].address)
        return Route(route.channel, route.not_before, route.step, suppressed=why) if why else route


def snoozed_until(store: Store, about: str, now: datetime) -> datetime | None:
    """Until when somebody wants to hear nothing of this."""
    return clock.parse_or_none(
        store.value_text(
            "SELECT max(snoozed_until) FROM alert WHERE about = ? AND snoozed_until > ?", about, clock.text(now)
        )
    )


def narrowed(store: Store, routes: Sequence[Route], about: str, kind: str) -> list[Route]:
    """Of these, the channels that were told, or will be, of the newest alert of a kind about this: the others need not hear
    that it is over."""
    failure = alerts.latest(store, about, kind)
    told = deliveries.heard(store, failure) if failure else []
    return [route for route in routes if route.channel in told]


def told_before(store: Store, routes: Sequence[Route], failure: str) -> list[Route]:
    """Of these, the channels that have the alert of a failure; where it still waits it need not go any more."""
    deliveries.drop_waiting(store, failure, "it was over before it could be told")
    told = deliveries.sent_to(store, failure)
    return [route for route in routes if route.channel in told]
