"""The custody log: one event in the transaction of every capture, failure, derivation and export."""

from collections.abc import Iterator, Mapping

from monitor import clock
from monitor.evidence.custody import EventType, Row, event_body, leaf
from monitor.store.open import Store


def append(store: Store, kind: EventType, subject: str, fields: Mapping[str, object], *, agent: str) -> int:
    """Adds the next event of the log and of its subject; gives its number. Call it inside the change it tells of."""
    with store.change() as db:
        last = store.one("SELECT seq, body FROM custody_event ORDER BY seq DESC LIMIT 1")
        seq = 0 if last is None else last["seq"] + 1
        ssn = store.value("SELECT coalesce(max(ssn) + 1, 0) FROM custody_event WHERE subject = ?", subject)
        body = event_body(
            seq=seq,
            ssn=int(str(ssn)),
            at=clock.now(),
            kind=kind,
            subject=subject,
            agent=agent,
            previous=None if last is None else last["body"],
            fields=fields,
        )
        db.execute(
            "INSERT INTO custody_event (seq, subject, ssn, body, leaf) VALUES (?, ?, ?, ?, ?)",
            (seq, subject, ssn, body, leaf(body)),
        )
    return seq


def events(store: Store, subjects: list[str] | None = None) -> Iterator[Row]:
    """(seq, subject, ssn, body, leaf) in order; of all subjects, or of those named."""
    sql = "SELECT seq, subject, ssn, body, leaf FROM custody_event"
    if subjects is None:
        yield from (tuple(row) for row in store.connection.execute(f"{sql} ORDER BY seq"))
        return
    marks = ",".join("?" * len(subjects))
    yield from (tuple(r) for r in store.connection.execute(f"{sql} WHERE subject IN ({marks}) ORDER BY seq", subjects))
