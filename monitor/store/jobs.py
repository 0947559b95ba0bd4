"""The queue: rows claimed by compare-and-set under a lease, one open job a key."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.store.open import Store

LEASE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job."""

    id: int
    kind: str
    key: str
    payload: Mapping[str, object]
    attempts: int
    """This attempt included."""


def enqueue(
    store: Store,
    kind: str,
    key: str,
    payload: Mapping[str, object] | None = None,
    *,
    now: datetime,
    host: str = "",
    priority: int = 5,
    not_before: datetime | None = None,
) -> bool:
    """Adds a job unless one with this kind and key is open; gives whether it did. Lower `priority` goes first."""
    with store.change() as db:
        row = db.execute(
            """INSERT INTO job (kind, key, open_key, payload, host, priority, not_before, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (open_key) DO NOTHING""",
            (
                kind,
                key,
                f"{kind}:{key}",
                json.dumps(payload or {}, ensure_ascii=False),
                host,
                priority,
                clock.text(not_before or now),
                clock.text(now),
            ),
        )
        return row.rowcount == 1


def last_of(store: Store, kind: str) -> datetime | None:
    """When a job of this kind was last queued, or None."""
    return clock.parse_or_none(store.value_text("SELECT max(created_at) FROM job WHERE kind = ?", kind))


def claim(
    store: Store, owner: str, now: datetime, *, without: tuple[str, ...] = (), busy: Sequence[str] = ()
) -> Job | None:
    """The most urgent due job, leased to `owner`; None when nothing is due. Kinds in `without` and `busy` hosts are passed over."""
    marks = ",".join("?" * len(without))
    with store.change() as db:
        row = store.one(
            f"""SELECT id, kind, key, payload, attempts FROM job INDEXED BY job_by_turn WHERE state = 'queued' AND not_before <= ?
            AND kind NOT IN ({marks}) AND host NOT IN (SELECT value FROM json_each(?))
            ORDER BY priority, not_before, id LIMIT 1""",
            clock.text(now),
            *without,
            json.dumps(busy),
        )
        if row is None:
            return None
        changed = db.execute(
            "UPDATE job SET state = 'leased', owner = ?, lease_until = ?, attempts = attempts + 1 WHERE id = ? AND state = 'queued'",
            (owner, clock.text(now + LEASE), row["id"]),
        )
        if changed.rowcount != 1:
            return None
    return Job(row["id"], row["kind"], row["key"], json.loads(row["payload"]), row["attempts"] + 1)


def finish(store: Store, job: Job, now: datetime, error: str | None = None) -> None:
    """Ends a job: done, or failed for good with its error."""
    with store.change() as db:
        db.execute(
            "UPDATE job SET state = ?, open_key = NULL, owner = NULL, lease_until = NULL, last_error = ?, finished_at = ? WHERE id = ?",
            ("failed" if error else "done", error, clock.text(now), job.id),
        )


def open_jobs(store: Store, kind: str, prefix: str) -> int:
    """How many jobs of a kind wait whose keys begin so."""
    found = store.value(
        "SELECT count(*) FROM job WHERE kind = ? AND state = 'queued' AND substr(key, 1, ?) = ?",
        kind,
        len(prefix),
        prefix,
    )
    return int(str(found))


def due_hosts(store: Store, now: datetime) -> list[str]:
    """The hosts ("host:port") of the jobs that are due."""
    rows = store.all(
        "SELECT DISTINCT host FROM job INDEXED BY job_by_turn WHERE state = 'queued' AND not_before <= ? AND host != ''",
        clock.text(now),
    )
    return [row[0] for row in rows]


def postpone(
    store: Store, job: Job, until: datetime, error: str, *, counted: bool = True, host: str | None = None
) -> None:
    """Puts a job back into the queue until a later time; `counted = False` takes this attempt back.

    A `host` is remembered: the job is then passed over while it is not that host's turn.
    """
    with store.change() as db:
        db.execute(
            """UPDATE job SET state = 'queued', owner = NULL, lease_until = NULL, not_before = ?, last_error = ?,
            attempts = attempts - ?, host = coalesce(?, host) WHERE id = ?""",
            (clock.text(until), error, 0 if counted else 1, host, job.id),
        )


def release_all(store: Store) -> int:
    """Requeues what a dead process had leased. Only the holder of the home's lock may call it."""
    with store.change() as db:
        return db.execute(
            "UPDATE job SET state = 'queued', owner = NULL, lease_until = NULL WHERE state = 'leased'"
        ).rowcount


def retry(store: Store, job_id: int, now: datetime) -> bool:
    """Queues a failed job again, its attempts counted anew; False when it has not failed or its like is open."""
    with store.change() as db:
        return (
            db.execute(
                """UPDATE job SET state = 'queued', attempts = 0, not_before = ?, open_key = kind || ':' || key, finished_at = NULL
                WHERE id = ? AND state = 'failed' AND NOT EXISTS (SELECT 1 FROM job o WHERE o.open_key = job.kind || ':' || job.key)""",
                (clock.text(now), job_id),
            ).rowcount
            == 1
        )


def listing(store: Store, limit: int | None, since: str | None) -> list[dict[str, object]]:
    """Newest last, as `jobs --json` prints them."""
    rows = store.all(
        """SELECT id, kind, key, state, attempts, not_before, last_error, created_at, finished_at FROM
        (SELECT * FROM job WHERE created_at >= ? ORDER BY id DESC LIMIT ?) ORDER BY id""",
        since or "",
        -1 if limit is None else limit,
    )
    return [dict(row) for row in rows]
