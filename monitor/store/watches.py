"""Standing orders: what to look at, when next, and what the last look left behind."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.store.conditions import Conditions
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch as a job needs it."""

    id: int
    kind: str
    platform: str
    target: str
    url: str | None
    handle: str | None
    post_id: str | None
    account_id: int | None
    every_seconds: int
    tags: tuple[str, ...]
    desk: str
    purpose: str
    backfill: str
    tell_backfill: bool
    replies: bool
    reposts: bool
    own: bool
    list_kind: str
    pattern: str
    origin: str
    origin_place: str
    state: str
    cursor: Mapping[str, str]
    first_look_done: bool
    failures: int


@dataclass(frozen=True, slots=True)
class Order:
    """What a person or file asks for; becomes a watch."""

    kind: str
    platform: str
    target: str
    every_seconds: int
    url: str | None = None
    handle: str | None = None
    post_id: str | None = None
    tags: Sequence[str] = ()
    desk: str = ""
    purpose: str = ""
    backfill: str = "24h"
    tell_backfill: bool = False
    replies: bool = False
    reposts: bool = False
    own: bool = False
    list_kind: str = ""
    """What a list is, where the operator forces it; see `model.feed.ListKind` and "folder"."""
    pattern: str = ""
    """Which addresses of a list are wanted; see `model.pattern`."""
    retention: str = ""
    """How much of an account's posts is kept; see `watching.retention`."""


_COLUMNS = (
    "platform, url, handle, post_id, every_seconds, tags, desk, purpose, backfill, tell_backfill, replies, reposts, own, "
    "list_kind, pattern, retention, origin, origin_place"
)


_REMOVED = "removed from watches.toml"
# The file wakes only what leaving the file paused: a protected account stays paused however often the file is read.
_WAKES = f"watch.state IN ('paused', 'done') AND (excluded.origin != 'file' OR watch.state_reason = '{_REMOVED}')"


def put(store: Store, order: Order, *, origin: str, place: str, now: datetime) -> int:
    """Adds the watch, due at once, or brings an existing one up to date and wakes it; gives its id."""
    values = (
        order.platform,
        order.url,
        order.handle,
        order.post_id,
        order.every_seconds,
        json.dumps(list(order.tags), ensure_ascii=False),
        order.desk,
        order.purpose,
        order.backfill,
        int(order.tell_backfill),
        int(order.replies),
        int(order.reposts),
        int(order.own),
        order.list_kind,
        order.pattern,
        order.retention,
        origin,
        place,
    )
    sets = ", ".join(f"{c.strip()} = excluded.{c.strip()}" for c in _COLUMNS.split(","))
    with store.change() as db:
        row = db.execute(
            f"""INSERT INTO watch (kind, target, {_COLUMNS}, next_look_at, created_at)
            VALUES (?, ?, {", ".join("?" * len(values))}, ?, ?)
            ON CONFLICT (kind, target) DO UPDATE SET {sets},
                state = CASE WHEN {_WAKES} THEN 'active' ELSE state END,
                next_look_at = CASE WHEN {_WAKES} THEN excluded.next_look_at ELSE next_look_at END,
                state_reason = CASE WHEN {_WAKES} THEN '' ELSE state_reason END
            RETURNING id""",
            (order.kind, order.target, *values, clock.text(now), clock.text(now)),
        ).fetchone()
    return int(row[0])


def pause_removed(store: Store, kept: Sequence[int], now: datetime) -> list[str]:
    """Pauses file watches that the file no longer holds; gives their targets."""
    rows = store.all("SELECT id, target FROM watch WHERE origin = 'file' AND state != 'paused'")
    gone = [row for row in rows if row["id"] not in set(kept)]
    with store.change() as db:
        db.executemany(
            "UPDATE watch SET state = 'paused', state_reason = ? WHERE id = ?",
            [(_REMOVED, row["id"]) for row in gone],
        )
    return [row["target"] for row in gone]


def find(store: Store, watch_id: int) -> Watch | None:
    """A watch by its row id, or None."""
    row = store.one("SELECT * FROM watch WHERE id = ?", watch_id)
    if row is None:
        return None
    flags = ("tell_backfill", "replies", "reposts", "own", "first_look_done")
    fields = {name: row[name] for name in Watch.__slots__}
    fields |= {name: bool(row[name]) for name in flags}
    return Watch(**{**fields, "tags": tuple(json.loads(row["tags"])), "cursor": json.loads(row["cursor"])})


def due(store: Store, now: datetime, *, everything: bool = False) -> list[tuple[int, str, str]]:
    """(id, kind, platform) of the watches to look at: accounts, feeds and articles; cited posts have a job of their own."""
    rows = store.all(
        """SELECT id, kind, platform FROM watch WHERE state IN ('active', 'waiting', 'broken') AND (? OR next_look_at <= ?)
        AND NOT (kind = 'post' AND origin = 'citation') ORDER BY next_look_at, id""",
        int(everything),
        clock.text(now),
    )
    return [(row["id"], row["kind"], row["platform"]) for row in rows]


def looked(
    store: Store,
    watch: Watch,
    now: datetime,
    *,
    cursor: Mapping[str, str] | None = None,
    remark: str | None = None,
    lacks: str | None = None,
) -> None:
    """A good look: the next one is due one interval from now. A `remark` is for the operator.

    `lacks` says what is missing of what was looked at: a gap stays open until a look lacks nothing.
    """
    with store.change() as db:
        db.execute(
            """UPDATE watch SET last_look_at = ?, last_success_at = ?, next_look_at = ?, failures = 0, last_error = ?,
            state = CASE WHEN state IN ('waiting', 'broken') THEN 'active' ELSE state END, state_reason = '', first_look_done = 1,
            cursor = ? WHERE id = ?""",
            (
                clock.text(now),
                clock.text(now),
                clock.text(now + timedelta(seconds=watch.every_seconds)),
                remark,
                json.dumps(dict(watch.cursor if cursor is None else cursor)),
                watch.id,
            ),
        )
        db.execute(
            "UPDATE gap SET ended_at = ? WHERE watch_id = ? AND ended_at IS NULL AND (? IS NULL OR reason != 'list')",
            (clock.text(now), watch.id, lacks),
        )
    if lacks is not None:
        open_gap(store, watch.id, "list", lacks, now)


def failed(
    store: Store, watch: Watch, now: datetime, error: str, *, next_look_at: datetime, state: str | None = None
) -> None:
    """A look that gave nothing: why, and when to look again."""
    with store.change() as db:
        db.execute(
            """UPDATE watch SET last_look_at = ?, next_look_at = ?, failures = failures + 1, last_error = ?,
            state = coalesce(?, state), state_reason = CASE WHEN ? IS NULL THEN state_reason ELSE ? END WHERE id = ?""",
            (clock.text(now), clock.text(next_look_at), error, state, state, error, watch.id),
        )


def open_gap(store: Store, watch_id: int, reason: str, detail: str, now: datetime) -> None:
    """Records that we stopped looking, and why; once until it ends."""
    with store.change() as db:
        db.execute(
            "INSERT OR IGNORE INTO gap (watch_id, reason, detail, began_at) VALUES (?, ?, ?, ?)",
            (watch_id, reason, detail, clock.text(now)),
        )


def note_gap(store: Store, watch_id: int, reason: str, detail: str, began_at: datetime, ended_at: datetime) -> None:
    """Records a stretch of time of which we may lack posts."""
    with store.change() as db:
        db.execute(
            "INSERT INTO gap (watch_id, reason, detail, began_at, ended_at) VALUES (?, ?, ?, ?, ?)",
            (watch_id, reason, detail, clock.text(began_at), clock.text(ended_at)),
        )


def note_remark(store: Store, watch_id: int, remark: str) -> None:
    """Something for the operator to know of a watch that works; the next look forgets it."""
    with store.change() as db:
        db.execute("UPDATE watch SET last_error = ? WHERE id = ?", (remark, watch_id))


def set_cursor(store: Store, watch_id: int, cursor: Mapping[str, str]) -> None:
    """What the next look goes on from."""
    with store.change() as db:
        db.execute("UPDATE watch SET cursor = ? WHERE id = ?", (json.dumps(dict(cursor)), watch_id))


def created_at(store: Store, watch_id: int) -> datetime:
    """When the watch began."""
    return clock.parse(str(store.value("SELECT created_at FROM watch WHERE id = ?", watch_id)))


def set_account(store: Store, watch_id: int, account_id: int) -> None:
    """Ties the watch to the account's stable id."""
    with store.change() as db:
        db.execute("UPDATE watch SET account_id = ? WHERE id = ?", (account_id, watch_id))


def set_state(store: Store, watch_id: int, state: str, reason: str = "") -> None:
    """Pauses, resumes or ends a watch."""
    with store.change() as db:
        db.execute("UPDATE watch SET state = ?, state_reason = ? WHERE id = ?", (state, reason, watch_id))


def remove(store: Store, watch_id: int) -> None:
    """Takes a watch away; what it found stays."""
    with store.change() as db:
        db.execute("UPDATE article SET feed_watch_id = NULL WHERE feed_watch_id = ?", (watch_id,))
        db.execute("DELETE FROM watch WHERE id = ?", (watch_id,))


def unseen_entries(store: Store, watch_id: int, entry_ids: Sequence[str]) -> set[str]:
    """Those entries of a feed that it has not shown before."""
    known = {row[0] for row in store.all("SELECT entry_id FROM feed_entry WHERE watch_id = ?", watch_id)}
    return set(entry_ids) - known


def note_entries(store: Store, watch_id: int, entry_ids: Sequence[str], now: datetime) -> None:
    """Remembers what a feed showed."""
    with store.change() as db:
        db.executemany(
            "INSERT OR IGNORE INTO feed_entry (watch_id, entry_id, seen_at) VALUES (?, ?, ?)",
            [(watch_id, entry_id, clock.text(now)) for entry_id in entry_ids],
        )


def listing(
    store: Store,
    *,
    limit: int | None = None,
    since: str | None = None,
    cited: bool = False,
    after: int | None = None,
    row: int | None = None,
    kind: str | None = None,
    state: str | None = None,
) -> list[dict[str, object]]:
    """The rows of `watches --json`, `after` a row or one `row` alone; one-post watches of cited posts only when asked for."""
    wanted = Conditions().maybe("w.created_at >= ?", since).maybe("w.id > ?", after).maybe("w.id = ?", row)
    wanted.maybe("w.kind = ?", kind).maybe("w.state = ?", state)
    if not cited:
        wanted.add("w.origin != 'citation'")
    rows = store.all(
        f"""SELECT w.*, a.platform_id AS stable_id, a.handle AS current_handle,
            (SELECT count(*) FROM post p WHERE p.account_id = w.account_id) AS posts FROM watch w LEFT JOIN account a ON a.id = w.account_id
        WHERE {wanted} ORDER BY w.id LIMIT ?""",
        *wanted.values,
        -1 if limit is None else limit,
    )
    return [
        {
            "id": r["id"],
            "kind": r["kind"],
            "platform": r["platform"],
            "target": r["target"],
            "url": r["url"],
            "handle": r["current_handle"] or r["handle"],
            "account_id": r["stable_id"],
            "every_seconds": r["every_seconds"],
            "tags": json.loads(r["tags"]),
            "desk": r["desk"],
            "purpose": r["purpose"],
            "own": bool(r["own"]),
            "list_kind": r["list_kind"],
            "pattern": r["pattern"],
            "backfill": r["backfill"],
            "tell_backfill": bool(r["tell_backfill"]),
            "replies": bool(r["replies"]),
            "reposts": bool(r["reposts"]),
            "retention": r["retention"],
            "origin": r["origin"],
            "declared_in": r["origin_place"] or None,
            "state": r["state"],
            "state_reason": r["state_reason"],
            "posts": r["posts"],
            "next_look_at": r["next_look_at"],
            "last_look_at": r["last_look_at"],
            "last_success_at": r["last_success_at"],
            "failures": r["failures"],
            "last_error": r["last_error"],
            "created_at": r["created_at"],
        }
        for r in rows
    ]


_SILENT_LOOKS, _SILENT_SECONDS = 10, 86_400


def silent(store: Store, now: datetime, limit: int) -> list[tuple[int, str, str | None, int, str | None]]:
    """(id, target, last success, seconds between looks, last error) of working watches without success for ten of their
    own intervals, and for a day at least; the longest silent first."""
    rows = store.all(
        """SELECT id, target, last_success_at, every_seconds, coalesce(last_error, nullif(state_reason, '')) AS why FROM watch
        WHERE state IN ('active', 'waiting', 'broken') AND origin != 'citation'
        AND julianday(?) - julianday(coalesce(last_success_at, created_at)) > max(every_seconds * ?, ?) / 86400.0
        ORDER BY coalesce(last_success_at, created_at) LIMIT ?""",
        clock.text(now),
        _SILENT_LOOKS,
        _SILENT_SECONDS,
        limit,
    )
    return [tuple(row) for row in rows]
