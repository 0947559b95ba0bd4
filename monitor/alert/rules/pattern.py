"""The condition `pattern`: a regular expression that no text can make slow."""

from monitor import safe_regex
from monitor.model.alert import Fact
from monitor.settings.rules import Rule


def meets(fact: Fact, rule: Rule) -> bool:
    """Whether the rule's expression is found in the fact's text."""
    return not rule.pattern or safe_regex.found(rule.pattern, fact.text)
