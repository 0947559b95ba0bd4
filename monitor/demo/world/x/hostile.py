"""Answers that break X's own description, or its good sense, to be switched on: `world.x.hostile.unknown = True`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from monitor.demo.world.x.ids import base36
from monitor.demo.world.x.query import Query

Json = dict[str, Any]
_EMPTY = "zzempty"


@dataclass(slots=True)
class Hostile:
    """The switches; all off at first. Field names are those of 2.159."""

    missing: tuple[str, ...] = ()
    """Fields of posts that are left out though they were asked, such as "text" or "edit_history_tweet_ids"."""
    null: tuple[str, ...] = ()
    """Fields of posts that are null."""
    unknown: bool = False
    """Fields that nobody knows, in posts, accounts, media and around them, and a kind of media that nobody knows."""
    duplicates: bool = False
    """Each later page begins with a post of the page before."""
    empty_pages: int = 0
    """So many pages without data, each with a token, come before the first one."""
    repeats: bool = False
    """Every page is the first page, with the same token for ever."""

    def page(self, query: Query, ask: Callable[[Query], Json]) -> Json:
        """A page of posts as these switches give it; `ask` gives the sound one."""
        name = "next_token" if "next_token" in query.values else "pagination_token"
        token = query.values.get(name, "")
        if self.repeats:
            body = ask(_with_token(query, None))
            return body | {"meta": {**body.get("meta", {}), "next_token": "7140dibdnow9c7btw3repeats"}}
        passed = int(token.removeprefix(_EMPTY)) if token.startswith(_EMPTY) else 0
        if passed < self.empty_pages and (not token or token.startswith(_EMPTY)):
            return {"meta": {"result_count": 0, "next_token": f"{_EMPTY}{passed + 1}"}}
        if token.startswith(_EMPTY):
            return ask(_with_token(query, None))
        if self.duplicates and token:
            return ask(_with_token(query, (name, _one_up(token))))
        return ask(query)

    def spoil(self, body: Json) -> Json:
        """Leaves out, nulls and adds fields, in place."""
        data = body.get("data")
        includes = body.get("includes") or {}
        things = data if isinstance(data, list) else [data] if isinstance(data, dict) else []
        posts = [t for t in things if "text" in t] + includes.get("tweets", [])
        for post in posts:
            for name in self.missing:
                post.pop(name, None)
            post.update(dict.fromkeys(self.null))
        if self.unknown:
            body["x_unheard_of"] = {"deep": [{"er": None}]}
            for thing in [*things, *(t for group in includes.values() for t in group)]:
                thing["x_unheard_of"] = ["\U0001f47b", {"n": 9007199254740993}]
            for media in includes.get("media", []):
                media.setdefault("variants", []).append({"content_type": "video/x-unheard-of"})
            if includes:
                includes["holograms"] = [{"id": "1"}]
                includes.setdefault("media", []).append({"media_key": "99_1", "type": "hologram"})
        return body


def _one_up(token: str) -> str:
    return base36(int(token, 36) + 1)


def _with_token(query: Query, token: tuple[str, str] | None) -> Query:
    values = {k: v for k, v in query.values.items() if k not in ("pagination_token", "next_token")}
    return Query(query.path, values | ({token[0]: token[1]} if token else {}))
