"""Sessions of browsers and tokens of programs. Both are known by the hash of their secret alone."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor import clock
from monitor.model.desk import Actor, Role
from monitor.store.open import Store

IDLE, LONGEST = timedelta(hours=8), timedelta(hours=24)
_TOUCH = timedelta(minutes=1)


def begin(store: Store, secret_sha256: str, person_id: int, browser: str, address: str, now: datetime) -> int:
    """A new session; gives its row."""
    moment = clock.text(now)
    with store.change() as db:
        row = db.execute(
            """INSERT INTO desk_session (secret_sha256, person_id, browser, address, created_at, seen_at) VALUES (?, ?, ?, ?, ?, ?)
            RETURNING id""",
            (secret_sha256, person_id, browser[:200], address, moment, moment),
        ).fetchone()
    return int(row[0])


def actor(store: Store, secret_sha256: str, now: datetime) -> Actor | None:
    """Who a session's secret stands for while it is good, or None. A look a minute is noted."""
    row = store.one(
        """SELECT s.id, s.seen_at, p.id AS person_id, p.name, p.role, p.preferences FROM desk_session s JOIN person p ON p.id = s.person_id
        WHERE s.secret_sha256 = ? AND s.ended_at IS NULL AND s.seen_at > ? AND s.created_at > ? AND p.active""",
        secret_sha256,
        clock.text(now - IDLE),
        clock.text(now - LONGEST),
    )
    if row is None:
        return None
    if row["seen_at"] < clock.text(now - _TOUCH):
        with store.change() as db:
            db.execute("UPDATE desk_session SET seen_at = ? WHERE id = ?", (clock.text(now), row["id"]))
    return Actor(row["name"], row["role"], row["person_id"], session_id=row["id"], preferences=row["preferences"])


def end(store: Store, session_id: int, person_id: int | None, why: str, now: datetime) -> bool:
    """Ends one session, of this person only where one is named."""
    with store.change() as db:
        done = db.execute(
            "UPDATE desk_session SET ended_at = ?, ended_why = ? WHERE id = ? AND ended_at IS NULL AND (? IS NULL OR person_id = ?)",
            (clock.text(now), why, session_id, person_id, person_id),
        )
    return done.rowcount == 1


def end_all(store: Store, person_id: int, why: str, now: datetime, but: int | None = None) -> int:
    """Ends a person's sessions, save one; gives how many."""
    with store.change() as db:
        done = db.execute(
            "UPDATE desk_session SET ended_at = ?, ended_why = ? WHERE person_id = ? AND ended_at IS NULL AND id IS NOT ?",
            (clock.text(now), why, person_id, but),
        )
    return done.rowcount


def running(store: Store, person_id: int, now: datetime) -> list[sqlite3.Row]:
    """A person's sessions that still let in, the latest used first."""
    return store.all(
        """SELECT id, browser, address, created_at, seen_at FROM desk_session WHERE person_id = ? AND ended_at IS NULL AND seen_at > ?
        AND created_at > ? ORDER BY seen_at DESC""",
        person_id,
        clock.text(now - IDLE),
        clock.text(now - LONGEST),
    )


# Tokens


def add_token(
    store: Store,
    token_id: str,
    secret_sha256: str,
    *,
    name: str,
    role: Role,
    scopes: Sequence[str],
    by: str,
    now: datetime,
    expires_at: datetime | None,
) -> None:
    """A token for a program."""
    with store.change() as db:
        db.execute(
            """INSERT INTO api_token (id, secret_sha256, name, role, scopes, created_by, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                token_id,
                secret_sha256,
                name,
                role,
                json.dumps(list(scopes)),
                by,
                clock.text(now),
                clock.text_or_none(expires_at),
            ),
        )


def token(store: Store, token_id: str, now: datetime) -> tuple[str, Actor] | None:
    """(hash of its secret, who it stands for) of a token that is good, or None. A use a minute is noted."""
    row = store.one(
        "SELECT * FROM api_token WHERE id = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)",
        token_id,
        clock.text(now),
    )
    if row is None:
        return None
    if (row["last_used_at"] or "") < clock.text(now - _TOUCH):
        with store.change() as db:
            db.execute("UPDATE api_token SET last_used_at = ? WHERE id = ?", (clock.text(now), token_id))
    scopes = tuple(json.loads(row["scopes"]))
    return row["secret_sha256"], Actor(row["name"], row["role"], None, token_id=token_id, scopes=scopes)


def tokens(store: Store) -> list[dict[str, object]]:
    """All tokens, without their hashes: the newest first."""
    rows = store.all("SELECT * FROM api_token ORDER BY created_at DESC, id")
    kept = ("id", "name", "role", "created_by", "created_at", "expires_at", "last_used_at", "revoked_at")
    return [{**{key: row[key] for key in kept}, "scopes": json.loads(row["scopes"])} for row in rows]


def revoke(store: Store, token_id: str, now: datetime) -> bool:
    """Ends a token; False when it had ended, or never was."""
    with store.change() as db:
        done = db.execute(
            "UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", (clock.text(now), token_id)
        )
    return done.rowcount == 1
