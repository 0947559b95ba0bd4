"""What X would charge: each post and each account once a UTC day, at the prices of August 2026."""

import threading
from datetime import datetime
from typing import Any

Json = dict[str, Any]
USD_PER_POST = 0.005
USD_PER_USER = 0.010


class Meter:
    """Counts what answers hold."""

    def __init__(self) -> None:
        self.counts_included_users = True
        """Whether accounts beside posts are charged; X's pages do not say."""
        self.requests = 0
        self.posts: set[tuple[str, str]] = set()
        """(UTC day, id of the post)."""
        self.users: set[tuple[str, str]] = set()
        self._requests_on: dict[str, int] = {}
        self._lock = threading.Lock()

    @property
    def usd(self) -> float:
        """The charge of all days."""
        return round(len(self.posts) * USD_PER_POST + len(self.users) * USD_PER_USER, 6)

    def count_request(self, at: datetime) -> None:
        """A request came, whatever its answer."""
        with self._lock:
            self.requests += 1
            day = at.date().isoformat()
            self._requests_on[day] = self._requests_on.get(day, 0) + 1

    def charge(self, body: Json, of_users: bool, at: datetime) -> None:
        """Charges an answer's data and includes."""
        day = at.date().isoformat()
        data = body.get("data")
        things = data if isinstance(data, list) else [data] if isinstance(data, dict) else []
        includes = body.get("includes") or {}
        posts = [] if of_users else list(things)
        users = list(things) if of_users else []
        posts += includes.get("tweets") or []
        if self.counts_included_users:
            users += includes.get("users") or []
        with self._lock:
            self.posts |= {(day, str(p["id"])) for p in posts if p.get("id")}
            self.users |= {(day, str(u["id"])) for u in users if u.get("id")}

    def days(self) -> list[Json]:
        """A row a UTC day, oldest first, in the form of `spend --json`."""
        rows = []
        for day in sorted(self._requests_on):
            posts = sum(d == day for d, _ in self.posts)
            users = sum(d == day for d, _ in self.users)
            usd = round(posts * USD_PER_POST + users * USD_PER_USER, 6)
            rows.append({"day": day, "requests": self._requests_on[day], "posts": posts, "users": users, "usd": usd})
        return rows
