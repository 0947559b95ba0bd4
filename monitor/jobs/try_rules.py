"""Dry runs: which alerts of the last days rules would have met, without telling anybody."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alert.rules import met
from monitor.model.alert import Fact
from monitor.settings.rules import Rule
from monitor.store import alerts
from monitor.store.open import Store

DAYS = 30


@dataclass(frozen=True, slots=True)
class Fired:
    """What a rule would have met."""

    rule: Rule
    hits: tuple[tuple[str, Fact], ...]
    """(alert's id, fact), oldest first."""
    of: int
    """How many facts there were."""

    @property
    def sentence(self) -> str:
        """ "this rule would have fired 12 times: 9 post_new, 3 citation_new"."""
        if not self.hits:
            return f"this rule would never have fired, of {self.of} facts"
        kinds = Counter(fact.kind for _, fact in self.hits).most_common()
        told = ", ".join(f"{n} {kind}" for kind, n in kinds)
        times = "once" if len(self.hits) == 1 else f"{len(self.hits)} times"
        return f"this rule would have fired {times}: {told}"


def dry_run(store: Store, rules: Sequence[Rule], now: datetime, days: int = DAYS) -> list[Fired]:
    """What each rule would have met in the last days, whatever the other rules say."""
    facts = alerts.facts(store, now - timedelta(days=days))
    return [Fired(rule, tuple((key, fact) for key, fact in facts if met(rule, fact)), len(facts)) for rule in rules]
