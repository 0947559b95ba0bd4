"""Requests that carry an idempotency key, and what they were answered: the same request again gives the same answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.store.open import Store

_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier request with this key; `status` is None while it is still being answered."""

    request_sha256: str
    status: int | None
    answer: str | None


def claim(store: Store, actor: str, key: str, request_sha256: str, now: datetime) -> Earlier | None:
    """None when the key is new, and ours from now on; else what it was used for. Keys older than a day are forgotten."""
    with store.change() as db:
        db.execute("DELETE FROM request_once WHERE at < ?", (clock.text(now - _KEPT),))
        row = store.one("SELECT * FROM request_once WHERE actor = ? AND key = ?", actor, key)
        if row is not None:
            return Earlier(row["request_sha256"], row["status"], row["answer"])
        db.execute(
            "INSERT INTO request_once (actor, key, request_sha256, at) VALUES (?, ?, ?, ?)",
            (actor, key, request_sha256, clock.text(now)),
        )
    return None


def answered(store: Store, actor: str, key: str, status: int, answer: str) -> None:
    """Remembers the answer."""
    with store.change() as db:
        db.execute(
            "UPDATE request_once SET status = ?, answer = ? WHERE actor = ? AND key = ?", (status, answer, actor, key)
        )


def forget(store: Store, actor: str, key: str) -> None:
    """The request came to nothing: its key may be used again."""
    with store.change() as db:
        db.execute("DELETE FROM request_once WHERE actor = ? AND key = ? AND status IS NULL", (actor, key))
