"""The spend governor's ledger: a row a request, reserved before it leaves, settled after; one thing billed once a UTC day.

X bills a post or account once a UTC calendar day, whatever the number of reads (docs.x.com, pricing, August 2026).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from monitor import clock
from monitor.errors import BudgetSpent
from monitor.model.post import Bill
from monitor.model.spend import Ask
from monitor.store.open import Store

if TYPE_CHECKING:
    from monitor.settings.declared import BudgetOptions, XOptions

MICRO = 1_000_000
_FOR_DOUBTS = 10
"""One part in so many of what is kept for cited posts is for doubts."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Micro-dollars for one resource."""

    post: int
    user: int


def prices_of(options: "XOptions") -> Prices:
    """The settings' prices in micro-dollars."""
    return Prices(round(options.usd_per_post * MICRO), round(options.usd_per_user * MICRO))


def month_micro(store: Store, now: datetime, *, but: str = "") -> int:
    """What this UTC month has cost, but for one purpose, open reservations at their worst case."""
    month = clock.text(now)[:7]
    return int(
        str(
            store.value(
                """SELECT coalesce(sum(CASE state WHEN 'settled' THEN settled_micro ELSE reserved_micro END), 0)
                FROM spend WHERE day >= ? AND day < ? AND purpose != ?""",
                f"{month}-01",
                f"{month}-99",
                but,
            )
        )
    )


def left_micro(store: Store, budget: "BudgetOptions", purpose: str, now: datetime) -> int:
    """What may still be spent this month for this purpose."""
    total = round(budget.usd_per_month * MICRO)
    kept = total * budget.kept_for_cited // 100
    total -= {"watch": kept, "cited": kept // _FOR_DOUBTS}.get(purpose, 0)
    return total - month_micro(store, now)


def reserve(store: Store, ask: Ask, prices: Prices, budget: "BudgetOptions", now: datetime) -> int:
    """A durable reservation of the request's worst case. Raises BudgetSpent, with the first of the next month."""
    worst = ask.worst_posts * prices.post + ask.worst_users * prices.user
    with store.change() as db:
        left = left_micro(store, budget, ask.purpose, now)
        if worst > left:
            raise BudgetSpent(
                f"the month's budget for X has ${max(left, 0) / MICRO:.3f} left for this purpose and {ask.endpoint} may cost "
                f"${worst / MICRO:.3f}: raise [budget] usd_per_month in config/postwatch.toml, or wait for the next month",
                _next_month(now),
            )
        day = clock.text(now)[:10]
        row = db.execute(
            "INSERT INTO spend (at, day, provider, endpoint, purpose, state, reserved_micro) VALUES (?, ?, ?, ?, ?, 'reserved', ?)",
            (clock.text(now), day, ask.provider, ask.endpoint, ask.purpose, worst),
        )
    return int(row.lastrowid or 0)


def _next_month(now: datetime) -> datetime:
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first.replace(year=now.year + now.month // 12, month=now.month % 12 + 1)


def days_left(now: datetime) -> int:
    """UTC days of this month that are not over, today among them."""
    return (_next_month(now).date() - now.date()).days


def settle(store: Store, ticket: int, bill: Bill, prices: Prices, now: datetime) -> None:
    """Replaces the worst case by what was billed: what this UTC day has not billed yet."""
    day = clock.text(now)[:10]
    with store.change() as db:
        counts = {}
        for kind, ids in (("post", bill.posts), ("user", bill.users)):
            before = db.total_changes
            db.executemany(
                "INSERT OR IGNORE INTO billed (day, kind, id, spend_id) VALUES (?, ?, ?, ?)",
                [(day, kind, key, ticket) for key in sorted(ids)],
            )
            counts[kind] = db.total_changes - before
        micro = counts["post"] * prices.post + counts["user"] * prices.user
        db.execute(
            """UPDATE spend SET state = 'settled', settled_micro = ?, posts = ?, users = ?, settled_at = ?, day = ?
            WHERE id = ? AND state != 'settled'""",
            (micro, counts["post"], counts["user"], clock.text(now), day, ticket),
        )
        # The answer to the same request covers what an earlier, interrupted one may have been billed for: once a day.
        db.execute(
            """UPDATE spend SET state = 'settled', settled_at = ? WHERE state = 'abandoned' AND day = ? AND endpoint =
            (SELECT endpoint FROM spend WHERE id = ?)""",
            (clock.text(now), day, ticket),
        )


def billed_today(store: Store, ids: Collection[str], now: datetime) -> set[str]:
    """Those of the posts that this UTC day has been billed for: reading them again costs nothing."""
    wanted = sorted(ids)
    rows = store.all(
        f"SELECT id FROM billed WHERE day = ? AND kind = 'post' AND id IN ({','.join('?' * len(wanted))})",
        clock.text(now)[:10],
        *wanted,
    )
    return {row[0] for row in rows}


def abandon_open(store: Store) -> int:
    """Marks reservations that a dead process left open; they keep counting at their worst case. Gives their number."""
    with store.change() as db:
        return db.execute("UPDATE spend SET state = 'abandoned' WHERE state = 'reserved'").rowcount


def by_day(store: Store, since: str | None = None) -> list[dict[str, object]]:
    """The rows of `spend --json`: requests, billed posts and users, dollars; `usd_unsettled` is set aside at worst."""
    rows = store.all(
        """SELECT day, count(*) AS requests, sum(posts) AS posts, sum(users) AS users, sum(settled_micro) AS micro,
            sum(CASE WHEN state = 'settled' THEN 0 ELSE reserved_micro END) AS open
        FROM spend WHERE day >= ? GROUP BY day ORDER BY day""",
        (since or "")[:10],
    )
    return [
        {
            "day": r["day"],
            "requests": r["requests"],
            "posts": r["posts"],
            "users": r["users"],
            "usd": r["micro"] / MICRO,
            "usd_unsettled": r["open"] / MICRO,
        }
        for r in rows
    ]
