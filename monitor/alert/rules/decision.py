"""From a fact and the newsroom's rules to the channels that tell it."""

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.alert.rules import accounts, has_video, keywords, kinds, tags
from monitor.model.alert import PRIORITIES, Fact
from monitor.settings.rules import Rule

RULES = (kinds.meets, has_video.meets, accounts.meets, tags.meets, keywords.meets)
"""Every condition of a rule, cheapest first; each is met when the rule leaves it out."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who hears of a fact: names of channels in the settings' order, none for nobody, and why (names of rules)."""

    channels: tuple[str, ...]
    priority: str
    rules: tuple[str, ...] = ()


def decide(fact: Fact, rules: Sequence[Rule], channels: Sequence[str]) -> Decision:
    """The union of the matching rules' channels and the highest priority that one of them gives, else the fact's own.

    Without any rule every fact goes to every channel.
    """
    if not rules:
        return Decision(tuple(channels), fact.priority)
    matching = [rule for rule in rules if all(meets(fact, rule) for meets in RULES)]
    named = {name for rule in matching for name in rule.channels or channels}
    given = [rule.priority for rule in matching if rule.priority]
    return Decision(
        tuple(name for name in channels if name in named),
        min(given, key=PRIORITIES.index) if given else fact.priority,
        tuple(rule.name for rule in matching),
    )
