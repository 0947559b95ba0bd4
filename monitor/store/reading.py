"""What people ask of posts: listings and full-text search."""

import sqlite3

from monitor.store import media, observations
from monitor.store.conditions import Conditions
from monitor.store.open import Store

_POSTS = """SELECT p.*, a.platform_id AS stable_id, a.handle, a.name, w.text,
    (SELECT count(*) FROM post_version v WHERE v.post = p.id) AS versions
    FROM post p JOIN account a ON a.id = p.account_id
    JOIN post_version lv ON lv.platform = p.platform AND lv.version_id = p.latest_version_id
    LEFT JOIN wording w ON w.sha256 = lv.text_sha256"""


def posts(
    store: Store,
    *,
    limit: int | None = None,
    since: str | None = None,
    row: int | None = None,
    before: int | None = None,
    platform: str | None = None,
    handle: str | None = None,
    account: int | None = None,
    availability: str | None = None,
    video: bool = False,
    words: str | None = None,
) -> list[dict[str, object]]:
    """The rows of `posts --json`, oldest first; a limit takes the newest; `row` one post; `before` those older than a row."""
    wanted = Conditions().maybe("p.seen_at >= ?", since).maybe("p.id = ?", row).maybe("p.id < ?", before)
    wanted.maybe("p.platform = ?", platform)
    if account is not None:
        # Along the index first: of a busy account only the rows that are shown are read.
        older = 2**62 if before is None else before
        newest = "p.id IN (SELECT id FROM post WHERE account_id = ? AND id < ? ORDER BY id DESC LIMIT ?)"
        wanted.add(newest, account, older, -1 if limit is None or video or words or availability else limit)
    wanted.maybe("p.account_id IN (SELECT id FROM account WHERE handle = ? COLLATE NOCASE)", handle)
    if video:
        wanted.add("EXISTS (SELECT 1 FROM media m WHERE m.post = p.id AND m.kind IN ('video', 'gif'))")
    if words:
        # The newest that hold the words: no answer waits for all of a common word's.
        wanted.add(
            """p.id IN (SELECT v.post FROM wording w JOIN post_version v ON v.text_sha256 = w.sha256 WHERE w.id IN
            (SELECT rowid FROM wording_fts WHERE wording_fts MATCH ? ORDER BY rowid DESC LIMIT 2000))""",
            _quoted(words),
        )
    if availability == "unknown":
        wanted.add("NOT EXISTS (SELECT 1 FROM sight s WHERE s.post = p.id AND s.state != 'unknown')")
    elif availability is not None:
        wanted.add("EXISTS (SELECT 1 FROM sight s WHERE s.post = p.id AND s.state = ?)", availability)
    rows = store.all(
        f"SELECT * FROM ({_POSTS} WHERE {wanted} ORDER BY p.id DESC LIMIT ?) ORDER BY id",
        *wanted.values,
        -1 if limit is None else limit,
    )
    ids = [row["id"] for row in rows]
    files, there = media.of_posts(store, ids), observations.availability(store, ids)
    return [_told(r, files.get(r["id"], []), there[r["id"]]) for r in rows]


def _told(post: sqlite3.Row, media: list[dict[str, object]], availability: dict[str, object]) -> dict[str, object]:
    return {
        "platform": post["platform"],
        "post_id": post["post_id"],
        "url": post["url"],
        "account_id": post["stable_id"],
        "handle": post["handle"],
        "text": post["text"],
        "posted_at": post["posted_at"] or post["id_time"],
        "seen_at": post["seen_at"],
        "versions": post["versions"],
        "media": media,
        "availability": availability,
        "kind": post["kind"],
        "name": post["name"],
        "id_time": post["id_time"],
        "language": post["language"],
        "found_by": post["found_by"],
    }


def _quoted(words: str) -> str:
    return " ".join(f'"{word}"' for word in words.replace('"', " ").replace("\0", " ").split()) or '""'


# From the hits on, whatever the planner guesses of their number: it would else read a whole table for a Bloom filter.
_FOUND = """SELECT 'post' AS type, p.platform, p.post_id, p.url, a.handle AS who, NULL AS title, v.seen_at AS seen_at, hit.excerpt,
        NULL AS article FROM hit CROSS JOIN wording w ON w.id = hit.id CROSS JOIN post_version v
        ON v.id IN (SELECT id FROM post_version x WHERE x.text_sha256 = w.sha256) CROSS JOIN post p ON p.id = v.post
        JOIN account a ON a.id = p.account_id WHERE v.seen_at >= ?
    UNION ALL
    SELECT 'article', NULL, NULL, r.url, r.publisher, r.title, v.seen_at, hit.excerpt, r.id FROM hit CROSS JOIN wording w ON w.id = hit.id
        CROSS JOIN article_version v
        ON v.id IN (SELECT id FROM article_version x WHERE x.text_sha256 = w.sha256) CROSS JOIN article r ON r.id = v.article_id WHERE v.seen_at >= ?
    ORDER BY seen_at DESC LIMIT ?"""
_HIT = "SELECT rowid AS id, snippet(wording_fts, 0, '[', ']', '...', 16) AS excerpt FROM wording_fts WHERE wording_fts MATCH ?"


def search(store: Store, words: str, *, limit: int | None = 50, since: str | None = None) -> list[dict[str, object]]:
    """Posts and articles whose text holds all the words, newest first; each with an excerpt."""
    if not words.replace('"', " ").split():
        return []
    most = -1 if limit is None else limit
    rows = store.all(f"WITH hit AS ({_HIT}) {_FOUND}", _quoted(words), since or "", since or "", most)
    return [dict(row) for row in rows]


def search_part(
    store: Store, words: str, *, limit: int, since: str | None, before: int | None
) -> tuple[list[dict[str, object]], int | None]:
    """A part of what `search` finds, in the order in which texts first came, and where the next one begins: it costs the same
    however many texts hold the words."""
    if not words.replace('"', " ").split():
        return [], None
    ids = store.all(
        "SELECT rowid FROM wording_fts WHERE wording_fts MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
        _quoted(words),
        2**62 if before is None else before,
        limit,
    )
    if not ids:
        return [], None
    within = f"{_HIT} AND rowid BETWEEN ? AND ?"
    first, last = ids[-1][0], ids[0][0]
    rows = store.all(
        f"WITH hit AS ({within}) {_FOUND}", _quoted(words), first, last, since or "", since or "", 4 * limit
    )
    return [dict(row) for row in rows], first if len(ids) == limit else None
