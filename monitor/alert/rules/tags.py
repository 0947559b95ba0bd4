"""The condition `tags`: the newsroom's own words on a watch."""

from monitor.model.alert import Fact
from monitor.settings.rules import Rule


def meets(fact: Fact, rule: Rule) -> bool:
    """Whether the fact carries one of the rule's tags, whatever their case."""
    return not rule.tags or not {tag.casefold() for tag in rule.tags}.isdisjoint(tag.casefold() for tag in fact.tags)
