"""From a fact and the newsroom's rules to the channels that tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.alert.rules import accounts, articles, fields, has_video, keywords, kinds, pattern, tags
from monitor.model.alert import PRIORITIES, Fact
from monitor.settings.rules import Rule

RULES = (
    kinds.meets,
    has_video.meets,
    fields.meets,
    accounts.meets,
    tags.meets,
    articles.meets,
    keywords.meets,
    pattern.meets,
)
"""Every condition of a rule, cheapest first; each is met when the rule leaves it out."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who hears of a fact: names of channels in the settings' order, none for nobody, and why (names of rules)."""

    channels: tuple[str, ...]
    priority: str
    rules: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()
    """Channels that a rule names, itself or by a person: they hear of it whatever desks they are for."""
    ruled: bool = False
    """Whether a rule gave the priority."""
    asked: bool = False
    """Whether a rule that it met names the fact's kind."""


def decide(
    fact: Fact,
    rules: Sequence[Rule],
    channels: Sequence[str],
    people: Mapping[str, Sequence[str]] | None = None,
) -> Decision:
    """The union of the matching rules' channels and the highest priority that one of them gives, else the fact's own.

    Without any rule every fact goes to every channel. `people`: the channels of each person.
    """
    if not rules:
        return Decision(tuple(channels), fact.priority)
    matching = [rule for rule in rules if met(rule, fact)]
    heard: set[str] = set()
    named: set[str] = set()
    for rule in matching:
        own = {*rule.channels, *(name for who in rule.people for name in (people or {}).get(who, ()))}
        named |= own
        heard |= own if rule.channels or rule.people else set(channels)
    given = [rule.priority for rule in matching if rule.priority]
    return Decision(
        tuple(name for name in channels if name in heard),
        min(given, key=PRIORITIES.index) if given else fact.priority,
        tuple(rule.name for rule in matching),
        frozenset(named),
        bool(given),
        any(fact.kind in rule.kinds for rule in matching),
    )


def met(rule: Rule, fact: Fact) -> bool:
    """Whether a fact meets every condition of a rule."""
    return all(meets(fact, rule) for meets in RULES)
