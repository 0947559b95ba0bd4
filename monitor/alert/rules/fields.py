"""Conditions that compare one field with a list: `platforms`, `languages`, `media`, `publishers`, `desks`, `priorities`."""

from collections.abc import Iterable

from monitor.model.alert import Fact
from monitor.settings.rules import Rule


def meets(fact: Fact, rule: Rule) -> bool:
    """Whether each of these conditions that the rule has is met."""
    return (
        _one_of(rule.platforms, (fact.platform or "",))
        and _one_of(rule.priorities, (fact.priority,))
        and _one_of(rule.desks, fact.desks)
        and _one_of(map(_host, rule.publishers), map(_host, fact.publishers))
        and _one_of(rule.media, fact.media)
        and _speaks(rule.languages, fact.language)
    )


def _one_of(wanted: Iterable[str], found: Iterable[str]) -> bool:
    names = {name.casefold() for name in wanted}
    return not names or not names.isdisjoint(name.casefold() for name in found)


def _host(name: str) -> str:
    return name.casefold().removeprefix("www.")


def _speaks(wanted: Iterable[str], language: str) -> bool:
    """ "pt" is met by "pt-BR", "pt-BR" by itself only."""
    names = {name.casefold().replace("_", "-") for name in wanted}
    spoken = language.casefold().replace("_", "-")
    return not names or spoken in names or spoken.partition("-")[0] in names
