"""Material that came by hand: what it is said to be, from whom, and when. Never changed, never taken for our own capture."""

from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file that somebody gave us, named by its SHA-256."""

    sha256: str
    said_to_be: str
    """The address it is said to come from; a post's canonical one where we know the platform."""
    platform: str | None
    post_id: str | None
    from_whom: str
    note: str
    file_name: str
    received_at: datetime
    agent: str

    @property
    def subject(self) -> str:
        """What the custody log files it under."""
        return f"post:{self.platform}:{self.post_id}" if self.post_id else f"object:{self.sha256}"


def add(store: Store, receipt: Receipt) -> int:
    """Writes a receipt; gives its number. The object must be named already."""
    with store.change() as db:
        row = db.execute(
            """INSERT INTO received (sha256, said_to_be, platform, post_id, from_whom, note, file_name, received_at, agent)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                receipt.sha256,
                receipt.said_to_be,
                receipt.platform,
                receipt.post_id,
                receipt.from_whom,
                receipt.note,
                receipt.file_name.encode("utf-8", "replace").decode(),
                clock.text(receipt.received_at),
                receipt.agent,
            ),
        )
    return int(row.lastrowid or 0)


def listing(store: Store, *, limit: int | None = None, since: str | None = None) -> list[dict[str, object]]:
    """The rows of `media received --json`, oldest first; a limit takes the newest."""
    return _rows(
        store,
        "r.received_at >= ? ORDER BY r.id DESC LIMIT ?",
        since or "",
        -1 if limit is None else limit,
    )[::-1]


def of_post(store: Store, platform: str, post_id: str) -> list[dict[str, object]]:
    """What is said to be of a post, oldest first, without who brought it."""
    rows = _rows(store, "r.platform = ? AND r.post_id = ? ORDER BY r.id", platform, post_id)
    return [{key: value for key, value in row.items() if key not in ("from", "agent")} for row in rows]


def _rows(store: Store, where: str, *values: object) -> list[dict[str, object]]:
    rows = store.all(
        f"""SELECT r.*, o.kind, o.mime, o.size, o.duration_s, o.damaged, d.to_sha256 AS sheet FROM received r
        JOIN object o ON o.sha256 = r.sha256
        LEFT JOIN derivative d ON d.from_sha256 = r.sha256 AND d.kind = 'contact_sheet' WHERE {where}""",
        *values,
    )
    return [
        {
            "id": r["id"],
            "origin": "received",
            "sha256": r["sha256"],
            "kind": r["kind"],
            "bytes": r["size"],
            "duration_s": r["duration_s"],
            "damaged": r["damaged"],
            "contact_sheet": r["sheet"],
            "said_to_be": r["said_to_be"],
            "platform": r["platform"],
            "post_id": r["post_id"],
            "from": r["from_whom"],
            "note": r["note"],
            "file_name": r["file_name"],
            "received_at": r["received_at"],
            "agent": r["agent"],
        }
        for r in rows
    ]
