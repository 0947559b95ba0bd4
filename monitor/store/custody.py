"""The custody log: one event in the transaction of every capture, failure, derivation and export."""

import time
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from monitor import clock
from monitor.evidence.custody import EventKind, Row, event_body, leaf
from monitor.store.open import Store


@cache
def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def append(store: Store, kind: EventKind, subject: str, fields: Mapping[str, object], *, agent: str) -> int:
    """Adds the next event of the log and of its subject; gives its number. Call it inside the change it tells of."""
    with store.change() as db:
        last = store.one("SELECT seq, body FROM custody_event ORDER BY seq DESC LIMIT 1")
        seq = 0 if last is None else last["seq"] + 1
        ssn = int(str(store.value("SELECT coalesce(max(ssn) + 1, 0) FROM custody_event WHERE subject = ?", subject)))
        body = event_body(
            seq=seq,
            ssn=ssn,
            at=clock.text(clock.now()),
            kind=kind,
            subject=subject,
            agent=agent,
            previous=None if last is None else last["body"],
            fields=fields,
            mono=str(time.monotonic_ns()),
            boot_id=_boot_id(),
        )
        db.execute(
            "INSERT INTO custody_event (seq, subject, ssn, body, leaf) VALUES (?, ?, ?, ?, ?)",
            (seq, subject, ssn, body, leaf(body)),
        )
    return seq


def events(store: Store, subjects: list[str] | None = None) -> Iterator[Row]:
    """The log's rows in order; of all subjects, or of those named."""
    sql = "SELECT seq, subject, ssn, body, leaf FROM custody_event"
    if subjects is None:
        found = store.connection.execute(f"{sql} ORDER BY seq")
    else:
        marks = ",".join("?" * len(subjects))
        found = store.connection.execute(f"{sql} WHERE subject IN ({marks}) ORDER BY seq", subjects)
    for row in found:
        yield row["seq"], row["subject"], row["ssn"], row["body"], row["leaf"]
