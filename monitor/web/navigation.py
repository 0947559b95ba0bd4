"""The pages that stand in the menu, in their order: a row a page."""

from dataclasses import dataclass

from monitor.model.desk import Actor
from monitor.web.people.authority import ACTIONS


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its path, its name, what one must be allowed, and the key that follows `g` to go there."""

    path: str
    name: str
    action: str
    key: str


ENTRIES = (
    Entry("/", "Today", "look", "t"),
    Entry("/wall", "Wall", "look", "w"),
    Entry("/cases", "Cases", "look", "q"),
    Entry("/check", "Check", "check", "c"),
    Entry("/suggestions", "Suggestions", "look", "s"),
    Entry("/alerts", "Alerts", "look", "l"),
    Entry("/posts", "Posts", "look", "p"),
    Entry("/articles", "Articles", "look", "r"),
    Entry("/watches", "Watches", "look", "h"),
    Entry("/search", "Search", "look", "f"),
    Entry("/rules", "Rules", "look", "m"),
    Entry("/spend", "Spend", "look after", "b"),
    Entry("/system", "System", "look after", "y"),
    Entry("/people", "People", "govern", "u"),
)


def entries(actor: Actor | None) -> list[Entry]:
    """Those that this one may see."""
    return [entry for entry in ENTRIES if actor is not None and actor.role in ACTIONS[entry.action].roles]
