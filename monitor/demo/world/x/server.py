"""The API's door: token, windows, parameters, then the endpoint; the meter counts what leaves."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Literal

from monitor import clock
from monitor.demo.world.http import Headers, Request, Response, json_response
from monitor.demo.world.server import Server
from monitor.demo.world.x import lookups, names, timeline
from monitor.demo.world.x.hostile import Hostile
from monitor.demo.world.x.limits import Block, Limits
from monitor.demo.world.x.meter import Meter
from monitor.demo.world.x.problems import problem, too_many, unauthorized
from monitor.demo.world.x.query import RULES, Query, objection_to
from monitor.demo.world.x.state import XState

TOKEN = "DEMO-token-AAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105 - opens nothing but the demo
Json = dict[str, Any]
_ROUTES = [(route, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route))) for route in RULES]
_LOOKUPS: dict[str, Callable[[XState, Query], Json]] = {
    "/2/users/by": lookups.users_by,
    "/2/users/by/username/{username}": lookups.user_by_username,
    "/2/users": lookups.users,
    "/2/users/{id}": lookups.user,
    "/2/tweets": lookups.posts,
    "/2/tweets/{id}": lookups.post,
}


class XServer(Server):
    """X's API v2. Change `state`, `hostile` and the other public fields while it runs."""

    def __init__(self) -> None:
        super().__init__()
        self.state = XState()
        self.meter = Meter()
        self.limits = Limits()
        self.hostile = Hostile()
        self.names: Literal["tweet", "post"] = "tweet"
        """The names of the answers; with "post" both kinds of parameters are taken."""
        self.token = TOKEN
        self.now: Callable[[], datetime] = clock.now
        """What time X has, for its windows and days."""

    def limit(self, pattern: str, remaining: int = 0, reset: datetime | None = None, times: int | None = None) -> Block:
        """Makes paths that fit refuse with 429 once `remaining` requests have passed.

        The refusals end at `reset`, or after `times` of them where that is given: then `reset` is only told. None
        leaves the header out. A reset in the past without `times` would refuse nobody.
        """
        block = Block(pattern, remaining, reset, times)
        self.limits.blocks.append(block)
        return block

    def answer(self, request: Request) -> Response:
        """As X would."""
        now = self.now()
        self.meter.count_request(now)
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return unauthorized()
        found = _route_of(request.path)
        if found is None or request.method not in ("GET", "HEAD"):
            return problem(404, "Not Found", "Not Found")
        route, path = found
        turn = self.limits.take(route, request.path, now)
        if not turn.passes:
            return too_many(turn.headers)
        values = names.older(request.query) if self.names == "post" else dict(request.query)
        query = Query(path, values)
        objection = objection_to(route, query)
        if objection is not None:
            return objection.with_headers(dict(turn.headers))
        return self._answer(route, query, now, turn.headers)

    def _answer(self, route: str, query: Query, now: datetime, headers: Headers) -> Response:
        with self.state.lock:
            body = self._body(route, query, now)
        self.meter.charge(body, route.startswith("/2/users") and not route.endswith("/tweets"), now)
        body = self.hostile.spoil(body)
        return json_response(names.newer(body) if self.names == "post" else body, headers=headers)

    def _body(self, route: str, query: Query, now: datetime) -> Json:
        if route in _LOOKUPS:
            return _LOOKUPS[route](self.state, query)
        if route == "/2/users/{id}/tweets":
            return self.hostile.page(query, lambda q: timeline.timeline(self.state, q))
        if route == "/2/tweets/search/recent":
            return self.hostile.page(query, lambda q: timeline.search(self.state, q, now))
        return self._usage(query)

    def _usage(self, query: Query) -> Json:
        days = self.meter.days()
        every: Json = {
            "cap_reset_day": 12,
            "daily_project_usage": {
                "project_id": 42,
                "usage": [{"date": f"{d['day']}T00:00:00.000Z", "usage": d["posts"]} for d in days],
            },
            "project_cap": 3_000_000,
            "project_id": "42",
            "project_usage": len(self.meter.posts),
        }
        wanted = {*query.items("usage.fields"), "project_cap", "project_id", "project_usage"}
        return {"data": {k: v for k, v in every.items() if k in wanted}}


def _route_of(path: str) -> tuple[str, dict[str, str]] | None:
    for route, pattern in _ROUTES:
        match = pattern.fullmatch(path)
        if match:
            return route, match.groupdict()
    return None
