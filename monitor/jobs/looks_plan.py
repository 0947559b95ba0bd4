"""Which looks at posts on X may cost money now, so that the month's budget lasts to its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.jobs.context import Context
from monitor.settings.declared import Options, XOptions
from monitor.store import sights, spend
from monitor.store.open import Store
from monitor.store.sights import Sight
from monitor.watching import cadence

_RESERVE = 0.15
"""The share of the month, and of what is left of it, that is not planned for: doubts and their authors are paid from it."""
_LATELY, _AT_LEAST_DAYS = timedelta(days=30), 7.0
_GOOD_FOR = timedelta(minutes=15)
_LONG_UNANSWERED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """The month as it stands at one moment. `forecast_usd` is for the rest of the month."""

    store: Store
    now: datetime
    level: int
    forecast_usd: float
    left_usd: float
    reserve_usd: float
    posts: int
    keeps_pace: bool
    """Whether the month has spent no more than its days so far may."""

    def divided(self, due: Sequence[Sight]) -> tuple[list[Sight], list[Sight]]:
        """Those to be asked of X's API now, and those to be screened."""
        billed = spend.billed_today(self.store, [s.version_id for s in due], clock.now())
        # What X does not show costs nothing, and what was read today costs nothing again.
        paid = [s for s in due if s.state in ("suspect", "gone") or s.version_id in billed or self._pays(s)]
        chosen = {s.id for s in paid}
        return paid, [s for s in due if s.id not in chosen]

    def _pays(self, sight: Sight) -> bool:
        if self.left_usd <= self.reserve_usd:
            return False
        if sight.state == "unknown":
            return True
        days = cadence.days_between(sight.cited_at, self.now)
        return cadence.is_paid_day(self.level, days, close=sight.close)

    def stands_in(self, sight: Sight) -> bool:
        """Whether the API is asked for a post that a free look could not see, since the free way has failed for long."""
        if not self.keeps_pace or self.left_usd <= self.reserve_usd:
            return False
        last = sights.last_answered(self.store, sight)
        between = cadence.interval(self.now - sight.cited_at, close=sight.close)
        return last is None or self.now - last > max(_LONG_UNANSWERED, 2 * between)


def plan_of(context: Context, now: datetime) -> Plan:
    """The plan of this moment, or that of the last minutes."""
    known = context.plan
    if (
        isinstance(known, Plan)
        and known.store is context.store
        and timedelta(0) <= now - known.now < _GOOD_FOR
        and known.now.date() == now.date()
    ):
        return known
    context.plan = made = plan_for(context.options, context.store, now)
    return made


def plan_for(options: Options, store: Store, now: datetime) -> Plan:
    """The plan of this moment."""
    budget, price = options.budget, options.x.usd_per_post
    share = budget.usd_per_month * budget.kept_for_cited / 100
    used = spend.month_micro(store, now, but="watch") / spend.MICRO
    left = max(0.0, min(share - used, spend.left_micro(store, budget, "cited", now) / spend.MICRO))
    ages = cadence.ages_of(sights.cited_times(store, "x"), now)
    days_left = spend.days_left(now)
    to_come = _to_come(options.x, store, now, days_left)
    level = cadence.level_for(ages, price, left * (1 - _RESERVE) - to_come, days_left)
    passed = now.day / (days_left + now.day - 1)
    forecast = to_come + cadence.forecast(ages, level, price, days_left)
    return Plan(store, now, level, forecast, left, share * _RESERVE, sum(ages.values()), used <= share * passed)


def _to_come(x: XOptions, store: Store, now: datetime, days_left: int) -> float:
    """US dollars that first looks at posts yet to be cited cost this month, if it goes on as lately; an author is read with each."""
    cited, days = sights.cited_lately(store, "x", now, _LATELY)
    return cited / max(days, _AT_LEAST_DAYS) * days_left * (x.usd_per_post + x.usd_per_user)
