"""The condition `kinds`: what happened."""

from monitor.model.alert import Fact
from monitor.settings.rules import Rule


def meets(fact: Fact, rule: Rule) -> bool:
    """Whether the fact is of one of the rule's kinds."""
    return not rule.kinds or fact.kind in rule.kinds
