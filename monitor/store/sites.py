"""What sites ask of us: their robots.txt as last seen, and how long they want to be left alone."""

from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class Robots:
    """A site's robots.txt. `good_at` is when it last gave a sure answer, None for never; `body` is of that time."""

    origin: str
    body: str
    good_at: datetime | None
    expires_at: datetime
    """When to ask for it again."""
    failing_since: datetime | None = None
    error: str = ""


def robots(store: Store, origin: str) -> Robots | None:
    """What is known of a site's robots.txt, or None."""
    row = store.one("SELECT * FROM robots WHERE origin = ?", origin)
    if row is None:
        return None
    good_at, failing_since = clock.parse_or_none(row["good_at"]), clock.parse_or_none(row["failing_since"])
    return Robots(origin, row["body"], good_at, clock.parse(row["expires_at"]), failing_since, row["error"])


def put_robots(store: Store, found: Robots) -> None:
    """Replaces what is known."""
    with store.change() as db:
        db.execute(
            """INSERT INTO robots (origin, body, good_at, expires_at, failing_since, error) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (origin) DO UPDATE SET body = excluded.body, good_at = excluded.good_at,
            expires_at = excluded.expires_at, failing_since = excluded.failing_since, error = excluded.error""",
            (
                found.origin,
                found.body,
                clock.text_or_none(found.good_at),
                clock.text(found.expires_at),
                clock.text_or_none(found.failing_since),
                found.error,
            ),
        )


def waits(store: Store, now: datetime) -> list[tuple[str, datetime]]:
    """(host, until) of the hosts that want to be left alone still; waits that are over are forgotten."""
    with store.change() as db:
        db.execute("DELETE FROM host_wait WHERE until <= ?", (clock.text(now),))
    return [(row["host"], clock.parse(row["until"])) for row in store.all("SELECT host, until FROM host_wait")]


def put_wait(store: Store, host: str, until: datetime, why: str) -> None:
    """Remembers that a host wants to be left alone."""
    with store.change() as db:
        db.execute(
            """INSERT INTO host_wait (host, until, why) VALUES (?, ?, ?)
            ON CONFLICT (host) DO UPDATE SET until = max(until, excluded.until), why = excluded.why""",
            (host, clock.text(until), why),
        )
