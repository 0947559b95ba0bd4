"""What goes wrong at X and on the way there, while posts come and go: outages, refusals, storms, half answers, drift."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from monitor.demo.world import Fault, World, faults
from monitor.demo.world.x import faults as x_faults
from monitor.demo.world.x.problems import TYPES

_POSTS, _USERS = "/2/tweets", "/2/users*"


@dataclass(slots=True)
class Spell:
    """One trouble, from `start` to `end`."""

    name: str
    start: datetime
    end: datetime
    begin: Callable[[], Callable[[], None]]
    """Switches it on; gives what switches it off."""
    undo: Callable[[], None] | None = None


class Weather:
    """`spells` of the whole time, at random, each kind again and again."""

    def __init__(self, world: World, start: datetime, days: float, seed: int, every_days: float) -> None:
        self._world = world
        self._chance = random.Random(seed)
        self.spells: list[Spell] = []
        kinds = self._kinds()
        moment = start + timedelta(days=self._chance.expovariate(1 / every_days))
        number = 0
        while moment < start + timedelta(days=days):
            name, hours, begin = kinds[number % len(kinds)]
            length = timedelta(hours=hours * self._chance.uniform(0.4, 1.6))
            self.spells.append(Spell(name, moment, moment + length, begin))
            moment, number = moment + timedelta(days=self._chance.expovariate(1 / every_days)), number + 1

    def advance(self, now: datetime) -> None:
        """Switches on and off what is due."""
        for spell in self.spells:
            if spell.undo is None and spell.start <= now < spell.end:
                spell.undo = spell.begin()
            elif spell.undo is not None and now >= spell.end:
                spell.undo()
                spell.undo = lambda: None

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether any trouble lay between."""
        return any(spell.start < end and start < spell.end for spell in self.spells)

    def _kinds(self) -> list[tuple[str, float, Callable[[], Callable[[], None]]]]:
        x, social = self._world.x, self._world.social
        return [
            ("outage 503", 4, lambda: _fault(x, "/2/*", x_faults.unavailable())),
            ("outage with a page of HTML", 3, lambda: _fault(x, "/2/*", x_faults.unavailable_html())),
            ("401", 12, lambda: _fault(x, "/2/*", x_faults.unauthorized())),
            ("429 storm", 3, lambda: _fault(x, "/2/*", faults.answer(429, b"{}", {"Content-Type": "application/json"}))),
            ("429 usage cap", 6, lambda: _fault(x, "/2/*", x_faults.usage_cap())),
            ("402", 6, lambda: _fault(x, "/2/*", x_faults.no_credits())),
            ("partial errors", 8, lambda: _fault(x, _POSTS, self._partial("internal-error", "Internal Error"))),
            ("unavailable in part", 8, lambda: _fault(x, _POSTS, self._partial("resource-unavailable", "Unavailable"))),
            ("an error of no known type", 8, lambda: _fault(x, _POSTS, self._partial("made-up-tomorrow", "Huh"))),
            ("half the posts not mentioned", 4, lambda: _fault(x, _POSTS, Fault(change=self._forgets))),
            ("live posts said not to be found", 0.5, lambda: _fault(x, _POSTS, self._partial("resource-not-found", "Not Found Error"))),
            ("authors do not answer", 10, lambda: _fault(x, _USERS, x_faults.unavailable())),
            ("schema drift: other names", 24, self._other_names),
            ("schema drift: unknown fields", 24, self._unknown_fields),
            ("schema drift: no data, no errors", 3, lambda: _fault(x, _POSTS, faults.answer(200, b"{}", {"Content-Type": "application/json"}))),
            ("schema drift: 200 with words", 3, lambda: _fault(x, _POSTS, faults.answer(200, b'{"title":"Moved","detail":"soon"}'))),
            ("broken JSON", 2, lambda: _fault(x, _POSTS, faults.truncated())),
            ("oEmbed down", 12, lambda: _fault(social, "/oembed", faults.html_page(502))),
            ("oEmbed throttles", 12, lambda: _fault(social, "/oembed", faults.answer(429, b"slow down"))),
            ("oEmbed behind a login", 12, lambda: _fault(social, "/oembed", faults.html_page())),
            ("oEmbed denies everything", 6, lambda: _fault(social, "/oembed", faults.answer(404, b'{"error":"Not Found"}', {"Content-Type": "application/json"}))),
        ]  # fmt: skip

    def _other_names(self) -> Callable[[], None]:
        self._world.x.names = "post"

        def back() -> None:
            self._world.x.names = "tweet"

        return back

    def _unknown_fields(self) -> Callable[[], None]:
        self._world.x.hostile.unknown = True

        def back() -> None:
            self._world.x.hostile.unknown = False

        return back

    def _partial(self, kind: str, title: str) -> Fault:
        """A third of what is there comes as an error."""
        chosen = self._chance.random()

        def change(body: bytes) -> bytes:
            said = json.loads(body)
            kept, errors = [], list(said.get("errors", []))
            for post in said.get("data", []):
                if random.Random(f"{chosen}{post['id']}").random() < 0.33:
                    errors.append(_error(str(post["id"]), kind, title))
                else:
                    kept.append(post)
            return _packed(said, kept, errors)

        return Fault(change=change)

    def _forgets(self, body: bytes) -> bytes:
        said = json.loads(body)
        kept = [post for post in said.get("data", []) if self._chance.random() < 0.5]
        return _packed(said, kept, list(said.get("errors", [])))


def _fault(server: Any, pattern: str, fault: Fault) -> Callable[[], None]:
    active = server.fault(pattern, fault)
    return lambda: server.mend(active)


def _packed(said: dict[str, Any], data: list[Any], errors: list[Any]) -> bytes:
    rest = {key: value for key, value in said.items() if key not in ("data", "errors")}
    return json.dumps(rest | ({"data": data} if data else {}) | ({"errors": errors} if errors else {})).encode()


def _error(post_id: str, kind: str, title: str) -> dict[str, str]:
    words = "Could not find tweet with ids" if kind == "resource-not-found" else "Something is amiss with"
    return {
        "value": post_id,
        "detail": f"{words}: [{post_id}].",
        "title": title,
        "resource_type": "tweet",
        "parameter": "ids",
        "resource_id": post_id,
        "type": TYPES + kind,
    }
