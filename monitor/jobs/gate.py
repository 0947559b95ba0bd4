"""The spend governor's door: reserves in the ledger before a paid request leaves, settles after, tells of thresholds."""

from typing import TYPE_CHECKING

from monitor import clock
from monitor.jobs.telling import tell
from monitor.model.alert import Fact
from monitor.model.post import Bill
from monitor.model.spend import Ask
from monitor.store import spend

if TYPE_CHECKING:
    from monitor.jobs.context import Context


class StoreGate:
    """The `Gate` of the store's ledger."""

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._prices = spend.prices_of(context.options.x)

    def reserve(self, ask: Ask) -> int:
        """A ticket, its worst case durable. Raises BudgetSpent before anything leaves."""
        return spend.reserve(self._context.store, ask, self._prices, self._context.options.budget, clock.now())

    def settle(self, ticket: int, bill: Bill) -> None:
        """Replaces the worst case by what was billed, and tells when a threshold is passed."""
        now, store = clock.now(), self._context.store
        with store.change():
            spend.settle(store, ticket, bill, self._prices, now)
            self._tell_thresholds()

    def _tell_thresholds(self) -> None:
        budget, now = self._context.options.budget, clock.now()
        limit = round(budget.usd_per_month * spend.MICRO)
        used = spend.month_micro(self._context.store, now)
        month = clock.text(now)[:7]
        for percent in budget.alerts_at:
            if limit and used * 100 >= limit * percent:
                tell(
                    self._context,
                    Fact(
                        kind="budget",
                        dedup_key=f"budget:x:{month}:{percent}",
                        subject=f"{percent} % of the month's budget for X is spent: ${used / spend.MICRO:.2f} of ${budget.usd_per_month:.2f}",
                        happened_at=now,
                        priority="urgent" if percent >= 100 else "normal",
                        payload={"month": month, "percent": percent, "usd": used / spend.MICRO},
                    ),
                )
