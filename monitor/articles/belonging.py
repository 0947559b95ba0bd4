"""Whether something in a page's state is of the page's own article, or of another that the page merely knows of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from monitor.articles.said import Said
from monitor.platforms import unwrapped

_HEADLINES = ("headline", "title", "headlines", "name")
_PLACES = ("url", "canonical_url", "canonicalUrl", "canonical", "slug", "webUrl", "link", "uri", "website_url")
_TELLING = 15
"""Characters that a headline or address has that is not alike by accident."""
_STORE = 4
"""Things that a store of things by key (Apollo's, Relay's) has at least."""

Thing = Mapping[str, object]


@dataclass(slots=True)
class About:
    """What tells that a piece of state is of this article."""

    title: str
    url: str
    _own: dict[int, frozenset[str]] = field(default_factory=dict)

    def has(self, said: Said) -> bool | None:
        """By the nearest thing around with a headline or an address, else by references; None when nothing tells."""
        chain = list(said.around())
        near = next((ours for thing in chain if (ours := self._is_ours(thing)) is not None), None)
        return self._by_references(chain) if near is None else near

    def _is_ours(self, thing: Thing) -> bool | None:
        for name in _HEADLINES:
            value = thing.get(name)
            value = value.get("basic") or value.get("rendered") if isinstance(value, Mapping) else value
            if isinstance(value, str) and len(value) > _TELLING:
                return _alike(value, self.title)
        for name in _PLACES:
            value = thing.get(name)
            if isinstance(value, str) and len(value) > _TELLING and self.url and not unwrapped(value):
                return value.rstrip("/") in self.url or self.url in value
        return None

    def _by_references(self, chain: list[Thing]) -> bool | None:
        for inside, store in pairwise(chain):
            key = next((key for key, value in store.items() if value is inside), "")
            if _is_store(store):
                if id(store) not in self._own:
                    self._own[id(store)] = self._reached(store)
                own = self._own[id(store)]
                return key in own if own else None
        return None

    def _reached(self, store: Thing) -> frozenset[str]:
        """The keys of what is ours, and of all that it refers to, other articles and what is theirs left out."""
        things = {key: thing for key, thing in store.items() if isinstance(thing, Mapping)}
        waiting = [key for key, thing in things.items() if self._is_ours(thing)]
        reached = set(waiting)
        while waiting:
            for key in _texts_in(things[waiting.pop()]):
                if key in things and key not in reached and self._is_ours(things[key]) is not False:
                    reached.add(key)
                    waiting.append(key)
        return frozenset(reached)


def _is_store(thing: Thing) -> bool:
    keyed = sum(isinstance(value, Mapping) and (":" in key or "." in key) for key, value in thing.items())
    return keyed >= _STORE and keyed * 2 >= len(thing)


def _texts_in(thing: object) -> Iterator[str]:
    stack = [thing]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, Mapping):
            stack.extend(one.values())
        elif isinstance(one, list):
            stack.extend(one)


def _alike(one: str, other: str) -> bool:
    a, b = ("".join(filter(str.isalnum, text.lower())) for text in (one, other))
    return bool(a and b) and (a in b or b in a)
