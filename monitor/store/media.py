"""Files of posts: what is wanted, what the vault holds, what was made from it."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.model.media import Kept, Probe, Wanted
from monitor.model.post import Attachment, Variant
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class MediaRow:
    """A file to fetch, with its post."""

    id: int
    post: int
    state: str
    speculative: bool
    """True when we only suppose that the post has a clip: its source does not tell."""
    wanted: Wanted


PAGE_KEY = "page"
"""The key of a clip that only the extractor of the post's page can find."""


def find(store: Store, media_id: int) -> MediaRow | None:
    """A media row with what a download needs, or None."""
    row = store.one(
        """SELECT m.*, p.platform, p.post_id, p.url AS post_url FROM media m JOIN post p ON p.id = m.post WHERE m.id = ?""",
        media_id,
    )
    if row is None:
        return None
    variants = tuple(Variant(url, kind, rate) for url, kind, rate in json.loads(row["variants"]))
    attachment = None
    if variants or (row["url"] and row["key"] != PAGE_KEY):
        milliseconds = None if row["duration_s"] is None else round(row["duration_s"] * 1000)
        attachment = Attachment(row["key"], row["kind"], row["url"], row["preview_url"], variants, milliseconds)
    wanted = Wanted(row["platform"], row["post_id"], row["post_url"], attachment)
    return MediaRow(row["id"], row["post"], row["state"], row["key"] == PAGE_KEY, wanted)


def unwanted(store: Store, post: int) -> str:
    """Why the post's files are not kept by its watch's retention; "" when they are."""
    kept_for = store.value_text(
        """SELECT w.retention FROM post p JOIN watch w ON w.account_id = p.account_id AND w.kind = 'account'
        WHERE p.id = ? AND w.retention NOT IN ('', 'full') LIMIT 1""",
        post,
    )
    if kept_for == "metadata":
        return "not kept: retention = metadata"
    cited = store.value("SELECT 1 FROM link WHERE post = ? AND state = 'confirmed' LIMIT 1", post)
    return WAITS_FOR_CITATION if kept_for == "cited-media" and not cited else ""


WAITS_FOR_CITATION = "not kept: retention = cited-media; fetched once an article cites it"


def want_again(store: Store, post: int, now: datetime) -> list[int]:
    """Queues files anew that waited for a citation; gives their ids."""
    with store.change() as db:
        rows = db.execute(
            "UPDATE media SET state = 'queued', reason = '', updated_at = ? WHERE post = ? AND state = 'failed' AND reason = ? RETURNING id",
            (clock.text(now), post, WAITS_FOR_CITATION),
        ).fetchall()
    return [row[0] for row in rows]


def suppose_clip(store: Store, post: int, now: datetime) -> None:
    """Asks for whatever clip the post's page holds, when its source does not tell of media."""
    with store.change() as db:
        db.execute(
            "INSERT OR IGNORE INTO media (post, key, n, kind, state, updated_at) VALUES (?, ?, 0, 'video', 'queued', ?)",
            (post, PAGE_KEY, clock.text(now)),
        )


def queued_of(store: Store, post: int) -> list[int]:
    """Ids of the post's files that are still to be fetched."""
    return [row[0] for row in store.all("SELECT id FROM media WHERE post = ? AND state = 'queued' ORDER BY n", post)]


def all_queued(store: Store) -> list[int]:
    """Ids of all files that are still to be fetched."""
    return [row[0] for row in store.all("SELECT id FROM media WHERE state = 'queued' ORDER BY id")]


def add_object(store: Store, kept: Kept, probe: Probe, now: datetime) -> None:
    """Names a file that is durable in the vault; once a hash."""
    with store.change() as db:
        db.execute(
            """INSERT OR IGNORE INTO object (sha256, size, kind, mime, extension, duration_s, width, height, video_codec, audio_codec,
            damaged, kept_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                kept.sha256,
                kept.size,
                probe.kind,
                probe.mime,
                probe.extension,
                probe.duration_s,
                probe.width,
                probe.height,
                probe.video_codec,
                probe.audio_codec,
                probe.damaged,
                clock.text(now),
            ),
        )


def kept(store: Store, media_id: int, digest: str, capture_id: int, now: datetime) -> None:
    """The file is in the vault."""
    with store.change() as db:
        db.execute(
            "UPDATE media SET state = 'kept', sha256 = ?, capture_id = ?, reason = '', updated_at = ? WHERE id = ?",
            (digest, capture_id, clock.text(now), media_id),
        )


def add_found(store: Store, post: int, key: str, kind: str, n: int, now: datetime) -> int:
    """A further file that the extractor found for the post; gives its row."""
    with store.change() as db:
        row = db.execute(
            """INSERT INTO media (post, key, n, kind, state, updated_at) VALUES (?, ?, ?, ?, 'queued', ?)
            ON CONFLICT (post, key) DO UPDATE SET n = n RETURNING id""",
            (post, key, n, kind, clock.text(now)),
        ).fetchone()
    return int(row[0])


def add_new(store: Store, post: int, attached: Sequence[Attachment], now: datetime) -> bool:
    """Files that a known post shows now and that we know nothing of, where we knew others in their places; gives whether there are any.

    A post of which only a supposed clip, or none, is known stays as it is.
    """
    known = {r["key"] for r in store.all("SELECT key FROM media WHERE post = ?", post)}
    if not known or PAGE_KEY in known:
        return False
    fresh = [(n, a) for n, a in enumerate(attached) if a.key not in known]
    with store.change() as db:
        db.executemany(
            """INSERT INTO media (post, key, n, kind, url, preview_url, variants, duration_s, width, height, alt_text, state, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?)""",
            [
                (
                    *(post, a.key, n, a.kind, a.url, a.preview_url),
                    json.dumps([[v.url, v.content_type, v.bit_rate] for v in a.variants]) if a.variants else "[]",
                    *(None if a.duration_ms is None else a.duration_ms / 1000, a.width, a.height, a.alt_text),
                    clock.text(now),
                )
                for n, a in fresh
            ],
        )
    return bool(fresh)


@dataclass(frozen=True, slots=True)
class Replaced:
    """A file that stands where another one stood: SHA-256 before and after."""

    platform: str
    post_id: str
    kind: str
    before: str
    after: str


def replaced_by(store: Store, media_id: int) -> Replaced | None:
    """What this kept file took the place of; None when it is the first there, or the same bytes under a new key."""
    row = store.one(
        """SELECT p.platform, p.post_id, m.kind, o.sha256 AS before, m.sha256 AS after FROM media m JOIN post p ON p.id = m.post
        JOIN media o ON o.post = m.post AND o.n = m.n AND o.kind = m.kind AND o.id < m.id
        WHERE m.id = ? AND m.state = 'kept' AND o.sha256 IS NOT NULL AND o.sha256 != m.sha256
        AND (m.url IS NOT NULL OR m.variants != '[]') AND (o.url IS NOT NULL OR o.variants != '[]') ORDER BY o.id DESC LIMIT 1""",
        media_id,
    )
    return None if row is None else Replaced(*row)


def set_state(store: Store, media_id: int, state: str, reason: str, now: datetime) -> None:
    """Why a file is not here."""
    with store.change() as db:
        db.execute(
            "UPDATE media SET state = ?, reason = ?, updated_at = ? WHERE id = ?",
            (state, reason, clock.text(now), media_id),
        )


def drop(store: Store, media_id: int) -> None:
    """Takes back a supposed clip that is not there."""
    with store.change() as db:
        db.execute("DELETE FROM media WHERE id = ? AND sha256 IS NULL", (media_id,))


def add_derivative(store: Store, kind: str, source: str, result: str, tool: str, arguments: str, now: datetime) -> None:
    """A file made from another: a contact sheet, for example."""
    with store.change() as db:
        db.execute(
            "INSERT OR IGNORE INTO derivative (kind, from_sha256, to_sha256, tool, arguments, at) VALUES (?, ?, ?, ?, ?, ?)",
            (kind, source, result, tool, arguments, clock.text(now)),
        )


def sheet_of(store: Store, digest: str) -> str | None:
    """The contact sheet of a file, by hash, or None."""
    found = store.value("SELECT to_sha256 FROM derivative WHERE kind = 'contact_sheet' AND from_sha256 = ?", digest)
    return None if found is None else str(found)


def captured_as(store: Store, digest: str) -> list[str]:
    """Addresses of the posts in which we captured these very bytes."""
    rows = store.all("SELECT DISTINCT p.url FROM media m JOIN post p ON p.id = m.post WHERE m.sha256 = ?", digest)
    return [row[0] for row in rows]


def as_json(row: sqlite3.Row) -> dict[str, object]:
    """A media row as `posts --json` shows it; `row` holds media.* and the object's size, seconds and damage."""
    return {
        "sha256": row["sha256"],
        "kind": row["kind"],
        "bytes": row["object_size"],
        "duration_s": row["object_duration_s"] if row["object_duration_s"] is not None else row["duration_s"],
        "state": row["state"],
        "key": row["key"],
        "reason": row["reason"] or None,
        "damaged": row["object_damaged"],
        "contact_sheet": row["sheet"],
    }


_JOINED = """SELECT m.*, o.size AS object_size, o.duration_s AS object_duration_s, o.damaged AS object_damaged,
    d.to_sha256 AS sheet FROM media m LEFT JOIN object o ON o.sha256 = m.sha256
    LEFT JOIN derivative d ON d.from_sha256 = m.sha256 AND d.kind = 'contact_sheet'"""


def of_posts(store: Store, posts: list[int]) -> dict[int, list[dict[str, object]]]:
    """Media of many posts at once, as `posts --json` shows them: row of the post -> list."""
    found: dict[int, list[dict[str, object]]] = {}
    for start in range(0, len(posts), 500):
        part = posts[start : start + 500]
        for row in store.all(
            f"{_JOINED} WHERE m.post IN ({','.join('?' * len(part))}) ORDER BY m.post, m.n, m.id", *part
        ):
            found.setdefault(row["post"], []).append(as_json(row))
    return found


def listing(store: Store, *, limit: int | None = None, since: str | None = None) -> list[dict[str, object]]:
    """The rows of `media --json`."""
    sql = _JOINED.replace("SELECT m.*,", "SELECT m.*, p.platform, p.post_id, p.url AS post_url,").replace(
        "FROM media m", "FROM media m JOIN post p ON p.id = m.post"
    )
    rows = store.all(
        f"{sql} WHERE m.updated_at >= ? ORDER BY m.id DESC LIMIT ?", since or "", -1 if limit is None else limit
    )
    return [
        {
            "platform": r["platform"],
            "post_id": r["post_id"],
            "post_url": r["post_url"],
            **as_json(r),
            "updated_at": r["updated_at"],
        }
        for r in reversed(rows)
    ]
