"""People of the desk, the links by which they come in for the first time, and logins that failed."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor import clock
from monitor.model.desk import Person, Role
from monitor.store.open import Store


def any_there(store: Store) -> bool:
    """Whether somebody who may log in exists."""
    return store.value("SELECT 1 FROM person WHERE active LIMIT 1") is not None


def add(store: Store, name: str, shown_name: str, role: Role, by: str, now: datetime) -> int | None:
    """A new person without a password; None when the name is taken."""
    try:
        with store.change() as db:
            row = db.execute(
                "INSERT INTO person (name, shown_name, role, created_at, created_by) VALUES (?, ?, ?, ?, ?) RETURNING id",
                (name, shown_name, role, clock.text(now), by),
            ).fetchone()
    except sqlite3.IntegrityError:
        return None
    return int(row[0])


def find(store: Store, person_id: int) -> Person | None:
    """A person by row, or None."""
    row = store.one("SELECT * FROM person WHERE id = ?", person_id)
    return None if row is None else _person(row)


def named(store: Store, name: str) -> Person | None:
    """A person by the name they log in with, or None."""
    row = store.one("SELECT * FROM person WHERE name = ?", name)
    return None if row is None else _person(row)


def by_subject(store: Store, subject: str, name: str) -> Person | None:
    """The person whom an identity provider calls so. Who was given a place under this name and has neither a password nor another
    subject yet is taken for them, once and for all."""
    row = store.one("SELECT * FROM person WHERE oidc_subject = ? AND active", subject)
    if row is None:
        with store.change() as db:
            row = db.execute(
                """UPDATE person SET oidc_subject = ? WHERE name = ? AND oidc_subject IS NULL AND password_hash IS NULL AND active
                RETURNING *""",
                (subject, name),
            ).fetchone()
    return None if row is None else _person(row)


def everybody(store: Store) -> list[Person]:
    """All people, in the order of their names."""
    return [_person(row) for row in store.all("SELECT * FROM person ORDER BY name")]


def set_password(store: Store, person_id: int, password_hash: str) -> None:
    """A new password."""
    with store.change() as db:
        db.execute("UPDATE person SET password_hash = ? WHERE id = ?", (password_hash, person_id))


def set_role(store: Store, person_id: int, role: Role, *, active: bool) -> bool:
    """What a person may do; False, and nothing changed, when no administrator would be left."""
    with store.change() as db:
        others = store.value("SELECT 1 FROM person WHERE role = 'admin' AND active AND id != ?", person_id)
        if not others and not (role == "admin" and active):
            return False
        db.execute("UPDATE person SET role = ?, active = ? WHERE id = ?", (role, int(active), person_id))
    return True


def set_totp(store: Store, person_id: int, nonce: str | None) -> None:
    """Switches the second factor on, or (None) off."""
    with store.change() as db:
        db.execute("UPDATE person SET totp_nonce = ?, totp_last = 0 WHERE id = ?", (nonce, person_id))


def last_code(store: Store, person_id: int) -> int:
    """The step of the last code that was used: no code is good twice."""
    return int(str(store.value("SELECT totp_last FROM person WHERE id = ?", person_id) or 0))


def use_code(store: Store, person_id: int, step: int) -> bool:
    """Spends a code; False when it, or a later one, was used meanwhile."""
    with store.change() as db:
        done = db.execute("UPDATE person SET totp_last = ? WHERE id = ? AND totp_last < ?", (step, person_id, step))
    return done.rowcount == 1


def set_preferences(store: Store, person_id: int, preferences: str) -> None:
    """Theme, keyboard, greyscale, as JSON."""
    with store.change() as db:
        db.execute("UPDATE person SET preferences = ? WHERE id = ?", (preferences, person_id))


def _person(row: sqlite3.Row) -> Person:
    return Person(
        row["id"],
        row["name"],
        row["shown_name"],
        row["role"],
        bool(row["active"]),
        row["password_hash"],
        row["totp_nonce"],
        row["preferences"],
        clock.parse(row["created_at"]),
    )


# Links that let in once


def add_link(store: Store, secret_sha256: str, person_id: int | None, by: str, now: datetime, lasts: timedelta) -> None:
    """A link for a person, or (None) for whoever becomes the first administrator; earlier links for them end."""
    moment = clock.text(now)
    with store.change() as db:
        db.execute("UPDATE entry_link SET used_at = ? WHERE person_id IS ? AND used_at IS NULL", (moment, person_id))
        db.execute(
            "INSERT INTO entry_link (secret_sha256, person_id, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            (secret_sha256, person_id, by, moment, clock.text(now + lasts)),
        )


def open_link(store: Store, secret_sha256: str, now: datetime) -> sqlite3.Row | None:
    """The link while it is good, or None."""
    return store.one(
        "SELECT * FROM entry_link WHERE secret_sha256 = ? AND used_at IS NULL AND expires_at > ?",
        secret_sha256,
        clock.text(now),
    )


def use_link(store: Store, secret_sha256: str, now: datetime) -> bool:
    """Spends the link; False when somebody was first."""
    with store.change() as db:
        done = db.execute(
            "UPDATE entry_link SET used_at = ? WHERE secret_sha256 = ? AND used_at IS NULL AND expires_at > ?",
            (clock.text(now), secret_sha256, clock.text(now)),
        )
    return done.rowcount == 1


# Logins that failed


def note_failure(store: Store, name: str, address: str, now: datetime) -> None:
    """One more; those older than a day are forgotten."""
    with store.change() as db:
        db.execute("DELETE FROM login_failure WHERE at < ?", (clock.text(now - timedelta(days=1)),))
        db.execute(
            "INSERT INTO login_failure (name, address, at) VALUES (?, ?, ?)", (name.lower(), address, clock.text(now))
        )


def failures(store: Store, name: str, address: str, since: datetime) -> Sequence[int]:
    """Since a time: for this name from this address, from this address, and in all."""
    row = store.one(
        """SELECT coalesce(sum(name = ? AND address = ?), 0), coalesce(sum(address = ?), 0), count(*) FROM login_failure WHERE at >= ?""",
        name.lower(),
        address,
        address,
        clock.text(since),
    )
    assert row is not None
    return tuple(row)
