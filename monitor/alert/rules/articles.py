"""The condition `articles`: an address, the beginning of addresses, or a glob with *."""

from monitor.model.alert import Fact
from monitor.settings.rules import Rule


def meets(fact: Fact, rule: Rule) -> bool:
    """Whether the fact concerns one of the rule's articles."""
    return not rule.articles or any(_fits(wanted, url) for wanted in rule.articles for url in fact.articles)


def _fits(wanted: str, url: str) -> bool:
    """The pieces between the stars stand in the address in this order, the first at its beginning."""
    first, *rest = wanted.split("*")
    if not url.startswith(first):
        return False
    at = len(first)
    for piece in rest:
        found = url.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True
