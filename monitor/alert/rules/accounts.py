"""The condition `accounts`: a handle, a stable id, or either with its platform in front."""

from monitor.model.alert import Fact
from monitor.settings.rules import Rule


def meets(fact: Fact, rule: Rule) -> bool:
    """Whether the fact is about one of the rule's accounts."""
    return not rule.accounts or any(_is(fact, name.strip()) for name in rule.accounts)


def _is(fact: Fact, name: str) -> bool:
    platform, _, rest = name.partition(":")
    if fact.platform and rest and platform.casefold() == fact.platform.casefold() and _is_bare(fact, rest):
        return True
    return _is_bare(fact, name)


def _is_bare(fact: Fact, name: str) -> bool:
    if fact.account_id and name == fact.account_id:
        return True
    return bool(fact.handle) and _folded(name) == _folded(fact.handle or "")


def _folded(handle: str) -> str:
    return handle.removeprefix("@").casefold()
