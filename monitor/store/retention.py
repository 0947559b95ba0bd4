"""Holds, decisions that wait, and tombstones: who decided what about which post, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.store.open import Store

_CITED = """EXISTS (SELECT 1 FROM link l WHERE l.post = p.id AND l.state = 'confirmed')"""
_PROTECTED = """(EXISTS (SELECT 1 FROM hold h WHERE h.post = p.id AND h.released_at IS NULL AND (h.until IS NULL OR h.until > :now))
    OR EXISTS (SELECT 1 FROM decision d WHERE d.post = p.id AND d.outcome IS NULL)
    OR EXISTS (SELECT 1 FROM sight s WHERE s.post = p.id AND s.pinned))"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post that may be due to go."""

    row: int
    platform: str
    post_id: str
    seen_at: datetime
    cited: bool
    protected: bool
    has_media: bool
    kept_for: str


def candidates(store: Store, now: datetime, seen_before: datetime, after: int, limit: int) -> list[Candidate]:
    """Posts that were first seen before a time, or whose watch keeps no media; without tombstone for all; by row, after `after`."""
    rows = store.connection.execute(
        f"""SELECT p.id, p.platform, p.post_id, p.seen_at, {_CITED} AS cited, {_PROTECTED} AS protected,
            EXISTS (SELECT 1 FROM media m JOIN object o ON o.sha256 = m.sha256 WHERE m.post = p.id AND o.purged_at IS NULL) AS has_media,
            coalesce((SELECT nullif(w.retention, '') FROM watch w WHERE w.kind = 'account' AND w.account_id = p.account_id
                ORDER BY w.id LIMIT 1), 'full') AS kept_for
        FROM post p WHERE p.id > :after AND NOT EXISTS (SELECT 1 FROM tombstone t WHERE t.post = p.id AND t.what = 'everything')
        AND (p.seen_at < :before OR EXISTS (SELECT 1 FROM watch w WHERE w.account_id = p.account_id AND w.retention NOT IN ('', 'full')))
        ORDER BY p.id LIMIT :limit""",
        {"now": clock.text(now), "before": clock.text(seen_before), "after": after, "limit": limit},
    ).fetchall()
    return [
        Candidate(
            r["id"],
            r["platform"],
            r["post_id"],
            clock.parse(r["seen_at"]),
            bool(r["cited"]),
            bool(r["protected"]),
            bool(r["has_media"]),
            r["kept_for"],
        )
        for r in rows
    ]


def hold(store: Store, post: int, reason: str, person: str, until: datetime | None, now: datetime) -> int:
    """Nothing of the post goes until the hold ends or is released; gives the hold's number."""
    with store.change() as db:
        row = db.execute(
            "INSERT INTO hold (post, reason, person, until, at) VALUES (?, ?, ?, ?, ?)",
            (post, reason, person, clock.text_or_none(until), clock.text(now)),
        )
    return int(row.lastrowid or 0)


def release(store: Store, hold_id: int, reason: str, person: str, now: datetime) -> int | None:
    """Ends a hold; gives its post's row, or None when no such hold is open."""
    with store.change() as db:
        row = db.execute(
            """UPDATE hold SET released_at = ?, released_by = ?, release_reason = ? WHERE id = ? AND released_at IS NULL
            RETURNING post""",
            (clock.text(now), person, reason, hold_id),
        ).fetchone()
    return None if row is None else int(row[0])


def is_held(store: Store, post: int, now: datetime) -> str | None:
    """The reason of the hold that a post is under, or None."""
    return store.value_text(
        "SELECT reason FROM hold WHERE post = ? AND released_at IS NULL AND (until IS NULL OR until > ?) LIMIT 1",
        post,
        clock.text(now),
    )


def open_decision(store: Store, post: int, kind: str, detail: str, now: datetime, within: timedelta) -> int | None:
    """Asks for a decision, once a post and kind; gives its number, None when one is open already."""
    with store.change() as db:
        row = db.execute(
            """INSERT INTO decision (post, kind, detail, opened_at, due_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (post, kind) WHERE outcome IS NULL DO NOTHING RETURNING id""",
            (post, kind, detail, clock.text(now), clock.text(now + within)),
        ).fetchone()
    return None if row is None else int(row[0])


def decide(store: Store, decision_id: int, outcome: str, reason: str, person: str, now: datetime) -> int | None:
    """Writes what was decided; gives the post's row, or None when no such decision is open."""
    with store.change() as db:
        row = db.execute(
            """UPDATE decision SET outcome = ?, reason = ?, person = ?, decided_at = ? WHERE id = ? AND outcome IS NULL
            RETURNING post""",
            (outcome, reason, person, clock.text(now), decision_id),
        ).fetchone()
    return None if row is None else int(row[0])


def post_of(store: Store, decision_id: int) -> int | None:
    """The row of the post that an open decision is about."""
    found = store.value("SELECT post FROM decision WHERE id = ? AND outcome IS NULL", decision_id)
    return None if found is None else int(str(found))


def due_reviews(store: Store, now: datetime, after: timedelta, limit: int) -> list[int]:
    """Cited posts that were kept for so long without a review."""
    rows = store.all(
        f"""SELECT p.id FROM post p WHERE {_CITED} AND p.seen_at < ? AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.post = p.id
            AND (d.outcome IS NULL OR (d.kind = 'review' AND d.decided_at >= ?)))
        AND NOT EXISTS (SELECT 1 FROM tombstone t WHERE t.post = p.id AND t.what = 'everything') ORDER BY p.id LIMIT ?""",
        clock.text(now - after),
        clock.text(now - after),
        limit,
    )
    return [row[0] for row in rows]


def listing(store: Store, *, limit: int | None = None, since: str | None = None) -> list[dict[str, object]]:
    """Decisions and holds that are open, the most urgent first; decided ones with `since`."""
    rows = store.all(
        """SELECT * FROM (
            SELECT 'decision' AS what, d.id, d.kind, p.platform, p.post_id, p.url, d.detail AS reason, d.person, d.opened_at AS at,
                d.due_at AS due, d.outcome FROM decision d JOIN post p ON p.id = d.post
                WHERE d.outcome IS NULL OR (? != '' AND d.decided_at >= ?)
            UNION ALL
            SELECT 'hold', h.id, 'legal-hold', p.platform, p.post_id, p.url, h.reason, h.person, h.at, h.until,
                CASE WHEN h.released_at IS NULL THEN NULL ELSE 'released' END FROM hold h JOIN post p ON p.id = h.post
                WHERE h.released_at IS NULL OR (? != '' AND h.released_at >= ?))
        ORDER BY what, due, id LIMIT ?""",
        since or "",
        since or "",
        since or "",
        since or "",
        -1 if limit is None else limit,
    )
    return [dict(row) for row in rows]
