"""Captures: every exchange as evidence, its answer verbatim and purgeable part by part."""

import json
from collections.abc import Sequence

from monitor import clock
from monitor.model.exchange import Exchange, Slice
from monitor.store import contents, custody
from monitor.store.open import Store
from monitor.store.writing import insert_all


def record(
    store: Store,
    exchange: Exchange,
    *,
    subject: str,
    asked_by: str,
    slices: Sequence[Slice] = (),
    keep_body: bool = True,
    file_sha256: str | None = None,
    error: str | None = None,
) -> int:
    """One capture row and its custody event, the body kept unless a file holds it; gives the row's id.

    `subject` is "post:x:123", "account:x:12", "article:https://...", "watch:7" or the like. `error` marks a failed capture.
    """
    failure = error or exchange.error
    digest = contents.sha256(exchange.body) if exchange.body or exchange.status is not None else None
    with store.change() as db:
        if keep_body and exchange.body:
            _keep_answer(store, str(digest), exchange.body, slices)
        row = db.execute(
            """INSERT INTO capture (subject, method, url_asked, url_final, status, headers, body_sha256, body_size, file_sha256,
                outcome, error, tools, asked_by, started_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                subject,
                exchange.method,
                exchange.url_asked,
                exchange.url_final,
                exchange.status,
                json.dumps(exchange.headers, ensure_ascii=False),
                digest,
                len(exchange.body),
                file_sha256,
                "failed" if failure else "captured",
                failure,
                json.dumps(dict(exchange.tools), ensure_ascii=False, sort_keys=True),
                asked_by,
                clock.text(exchange.started_at),
                clock.text(exchange.ended_at),
            ),
        )
        capture_id = int(row.lastrowid or 0)
        fields = {
            "capture": str(capture_id),
            "url": exchange.url_asked,
            "url_final": exchange.url_final,
            "status": "" if exchange.status is None else str(exchange.status),
            "method": exchange.method,
            "tools": dict(exchange.tools),
            "sha256": digest or "",
            "size": str(len(exchange.body)),
            "file_sha256": file_sha256 or "",
            "started_at": clock.text(exchange.started_at),
            "ended_at": clock.text(exchange.ended_at),
        }
        if failure:
            fields["error"] = failure
        custody.append(store, "capture-failed" if failure else "capture", subject, fields, agent=asked_by)
    return capture_id


def _keep_answer(store: Store, digest: str, body: bytes, slices: Sequence[Slice]) -> None:
    if store.value("SELECT 1 FROM answer WHERE body_sha256 = ?", digest):
        return
    glue, pieces, end = [], [], 0
    for part in slices:
        glue.append(body[end : part.start])
        pieces.append(body[part.start : part.end])
        end = part.end
    glue.append(body[end:])
    # Latin-1 maps each byte to one character, so that the JSON list holds any bytes exactly.
    *digests, glue_sha256 = contents.keep_all(
        store, [*pieces, json.dumps([piece.decode("latin-1") for piece in glue]).encode()]
    )
    store.connection.execute(
        "INSERT INTO answer (body_sha256, glue_sha256, parts) VALUES (?, ?, ?)", (digest, glue_sha256, len(slices))
    )
    parts = [(digest, n, part.kind, part.key, digests[n]) for n, part in enumerate(slices)]
    insert_all(store, "answer_part", "body_sha256, n, kind, key, sha256", parts)


def body(store: Store, digest: str) -> bytes | None:
    """The answer's bytes as received; None when they, or one of their parts, were purged or live in a file."""
    answer = store.one("SELECT glue_sha256 FROM answer WHERE body_sha256 = ?", digest)
    glue = contents.find(store, answer["glue_sha256"]) if answer else None
    if glue is None:
        return None
    pieces = [piece.encode("latin-1") for piece in json.loads(glue)]
    found = pieces[:1]
    rows = store.all("SELECT sha256 FROM answer_part WHERE body_sha256 = ? ORDER BY n", digest)
    for row, piece in zip(rows, pieces[1:], strict=True):
        part = contents.find(store, row["sha256"])
        if part is None:
            return None
        found += [part, piece]
    return b"".join(found)
