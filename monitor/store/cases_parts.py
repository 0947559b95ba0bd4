"""What is appended to cases. Each row takes the case's next version; the database moves the case's state, and refuses what it must.

`Refused` is what its triggers say: the same person twice, a verdict of old evidence, a version that somebody else has taken.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from monitor import clock
from monitor.model.case import Finding, Hand, Right, Verdict
from monitor.store.open import Store


class Refused(Exception):
    """The database does not take this row; the text says why."""


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as exc:
        if "case_signoff.verdict_id" in str(exc):
            raise Refused("you have signed or refused this verdict already") from exc
        raise Refused(str(exc)) from exc


def version(store: Store, case: int) -> int:
    """The case's present version. Inside a change nobody else moves it."""
    return int(str(store.value("SELECT version FROM desk_case WHERE id = ?", case)))


def last_version(store: Store, table: str, case: int, where: str = "1", *values: object) -> int:
    """The version that the newest row of a part made; 0 without any."""
    return int(
        str(store.value(f"SELECT coalesce(max(version), 0) FROM {table} WHERE case_id = ? AND {where}", case, *values))
    )


def _append(store: Store, table: str, case: int, hand: Hand, now: datetime, fields: Mapping[str, object]) -> int:
    row = {
        "case_id": case,
        "version": version(store, case) + 1,
        "author": hand.author,
        "person": hand.person,
        "at": clock.text(now),
        **fields,
    }
    with _refusals(), store.change() as db:
        marks = ", ".join("?" * len(row))
        done = db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    return int(done.lastrowid or 0)


def answer(
    store: Store, case: int, hand: Hand, now: datetime, *, template: int, question: str, words: str, confidence: str
) -> int:
    """An answer to a question; earlier ones stay."""
    fields = {"template": template, "question": question, "answer": words, "confidence": confidence}
    return _append(store, "case_answer", case, hand, now, fields)


def finding(store: Store, case: int, hand: Hand, found: Finding, now: datetime) -> int:
    """Something found out."""
    fields = {
        "kind": found.kind,
        "note": found.note,
        "url": found.url,
        "sha256": found.sha256,
        "from_sha256": found.from_sha256,
        "at_seconds": found.at_seconds,
        "file_name": found.file_name,
    }
    return _append(store, "case_finding", case, hand, now, fields)


def copied(
    store: Store, finding_id: int, now: datetime, *, capture_id: int | None, sha256: str | None, reason: str
) -> None:
    """What came of keeping a finding's address."""
    with store.change() as db:
        db.execute(
            "INSERT INTO case_copy (finding_id, state, capture_id, sha256, reason, at) VALUES (?, ?, ?, ?, ?, ?)",
            (finding_id, "kept" if sha256 else "failed", capture_id, sha256, reason, clock.text(now)),
        )


def place(
    store: Store,
    case: int,
    hand: Hand,
    now: datetime,
    *,
    latitude: float,
    longitude: float,
    precision_m: int,
    note: str,
) -> int:
    """Where it was recorded; an earlier place stays on record."""
    fields = {"latitude": latitude, "longitude": longitude, "precision_m": precision_m, "note": note}
    return _append(store, "case_place", case, hand, now, fields)


def upstream(store: Store, case: int, hand: Hand, now: datetime, *, kind: str, detail: str) -> int:
    """What became of the post where it stands."""
    return _append(store, "case_upstream", case, hand, now, {"kind": kind, "detail": detail})


def comment(store: Store, case: int, hand: Hand, now: datetime, body: str) -> int:
    """A word among colleagues."""
    return _append(store, "case_comment", case, hand, now, {"body": body})


def right(store: Store, case: int, hand: Hand, told: Right, now: datetime) -> int:
    """How it stands with a holder of rights."""
    fields = {
        "holder": told.holder,
        "state": told.state,
        "licence": told.licence,
        "credit": told.credit,
        "asked_at": clock.text(told.asked_at) if told.asked_at else None,
        "expires_at": clock.text(told.expires_at) if told.expires_at else None,
        "note": told.note,
    }
    return _append(store, "case_right", case, hand, now, fields)


def verdict(store: Store, case: int, hand: Hand, said: Verdict, now: datetime) -> int:
    """A verdict on the present evidence; gives its number within the case."""
    number = int(str(store.value("SELECT coalesce(max(n), 0) + 1 FROM case_verdict WHERE case_id = ?", case)))
    fields = {
        "n": number,
        "material": said.material,
        "claim": said.claim,
        "claim_text": said.claim_text,
        "codes": json.dumps(list(said.codes)),
        "context": said.context,
        "original_url": said.original_url,
        "rationale": said.rationale,
        "evidence": store.value("SELECT evidence FROM desk_case WHERE id = ?", case),
    }
    _append(store, "case_verdict", case, hand, now, fields)
    return number


def signoff(store: Store, case: int, hand: Hand, now: datetime, *, number: int, outcome: str, note: str) -> int:
    """A second person's word on verdict `number`. Raises Refused, the database's own, for the same person and for what is not current."""
    row = store.value("SELECT id FROM case_verdict WHERE case_id = ? AND n = ?", case, number)
    return _append(store, "case_signoff", case, hand, now, {"verdict_id": row or 0, "outcome": outcome, "note": note})
