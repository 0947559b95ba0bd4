"""Which parameters an endpoint takes, and what a request asked for."""

import re
from dataclasses import dataclass, field

from monitor import clock
from monitor.demo.world.http import Response
from monitor.demo.world.x.problems import invalid_request
from monitor.demo.world.x.words import (
    MEDIA_FIELDS,
    POST_EXPANSIONS,
    POST_FIELDS,
    USAGE_FIELDS,
    USER_EXPANSIONS,
    USER_FIELDS,
)

_ID = r"[0-9]{1,19}"
_USER = r"[A-Za-z0-9_]{1,15}"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one parameter may be: a list out of `choices`, a number between `least` and `most`, a text, or a time."""

    choices: frozenset[str] | None = None
    least: int | None = None
    most: int | None = None
    pattern: str | None = None
    list_of: str | None = None
    time: bool = False
    required: bool = False

    def objection(self, name: str, value: str) -> str | None:
        """X's words against the value; None if it may be."""
        if self.choices is not None:
            unknown = [v for v in value.split(",") if v not in self.choices]
            listed = ",".join(sorted(self.choices))
            return f"The `{name}` query parameter value [{unknown[0]}] is not one of [{listed}]" if unknown else None
        if self.least is not None and self.most is not None:
            good = value.isdigit() and self.least <= int(value) <= self.most
            return (
                None
                if good
                else f"The `{name}` query parameter value [{value}] is not between {self.least} and {self.most}"
            )
        if self.list_of is not None:
            items = value.split(",")
            if len(items) > 100:
                return f"size must be between 1 and 100: The number of values in the `{name}` query parameter list"
            bad = [v for v in items if not re.fullmatch(self.list_of, v)]
            return f"The `{name}` query parameter value [{bad[0]}] does not match ^{self.list_of}$" if bad else None
        if self.time and clock.parse_or_none(value) is None:
            return f"The `{name}` query parameter value [{value}] is not a valid RFC3339 timestamp"
        if self.pattern is not None and not re.fullmatch(self.pattern, value):
            return f"The `{name}` query parameter value [{value}] does not match ^{self.pattern}$"
        return None


@dataclass(slots=True)
class Query:
    """A request's parameters, in the names of 2.159."""

    path: dict[str, str]
    values: dict[str, str] = field(default_factory=dict)

    def items(self, name: str) -> list[str]:
        """A list's values; empty if it was not given."""
        return [v for v in self.values.get(name, "").split(",") if v]

    def number(self, name: str, default: int) -> int:
        """A number, checked before."""
        return int(self.values.get(name, default))


_POST_LISTS = {
    "tweet.fields": Rule(choices=POST_FIELDS),
    "user.fields": Rule(choices=USER_FIELDS),
    "media.fields": Rule(choices=MEDIA_FIELDS),
    "poll.fields": Rule(pattern=".*"),
    "place.fields": Rule(pattern=".*"),
    "expansions": Rule(choices=POST_EXPANSIONS),
}
_USER_LISTS = {
    "tweet.fields": Rule(choices=POST_FIELDS),
    "user.fields": Rule(choices=USER_FIELDS),
    "expansions": Rule(choices=USER_EXPANSIONS),
}
_SPAN = {
    "since_id": Rule(pattern=_ID),
    "until_id": Rule(pattern=_ID),
    "start_time": Rule(time=True),
    "end_time": Rule(time=True),
    "pagination_token": Rule(pattern=r"[0-9a-z]+"),
}
RULES: dict[str, dict[str, Rule]] = {
    "/2/users/by": _USER_LISTS | {"usernames": Rule(list_of=_USER, required=True)},
    "/2/users/by/username/{username}": _USER_LISTS,
    "/2/users": _USER_LISTS | {"ids": Rule(list_of=_ID, required=True)},
    "/2/users/{id}": _USER_LISTS,
    "/2/users/{id}/tweets": _POST_LISTS
    | _SPAN
    | {"max_results": Rule(least=5, most=100), "exclude": Rule(choices=frozenset(("replies", "retweets")))},
    "/2/tweets": _POST_LISTS | {"ids": Rule(list_of=_ID, required=True)},
    "/2/tweets/{id}": _POST_LISTS,
    "/2/tweets/search/recent": _POST_LISTS
    | _SPAN
    | {
        "query": Rule(pattern=r"(?s).{1,512}", required=True),
        "max_results": Rule(least=10, most=100),
        "next_token": Rule(pattern=r"[0-9a-z]+"),
        "sort_order": Rule(choices=frozenset(("recency", "relevancy"))),
    },
    "/2/usage/tweets": {"days": Rule(least=1, most=90), "usage.fields": Rule(choices=USAGE_FIELDS)},
}


def objection_to(route: str, query: Query) -> Response | None:
    """The 400 that the request earns; None if all its parameters may be."""
    rules = RULES[route]
    for name, value in query.path.items():
        pattern = _USER if name == "username" else _ID
        if not re.fullmatch(pattern, value):
            return invalid_request(
                name, value, f"The `{name}` query parameter value [{value}] does not match ^{pattern}$"
            )
    for name, value in query.values.items():
        if name not in rules:
            return invalid_request(
                name, value, f"The query parameter [{name}] is not one of [{','.join(sorted(rules))}]"
            )
        message = rules[name].objection(name, value)
        if message:
            return invalid_request(name, value, message)
    for name, rule in rules.items():
        if rule.required and not query.values.get(name):
            return invalid_request(name, "", f"The `{name}` query parameter can not be empty")
    return None
