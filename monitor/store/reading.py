"""What people ask of posts: listings and full-text search."""

from monitor.store import media, sights
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
) -> list[dict[str, object]]:
    """The rows of `posts --json`, oldest first; a limit takes the newest; `row` one post; `before` those older than a row."""
    wanted = Conditions().maybe("p.seen_at >= ?", since).maybe("p.id = ?", row).maybe("p.id < ?", before)
    wanted.maybe("p.platform = ?", platform).maybe("p.account_id = ?", account)
    wanted.maybe("p.account_id IN (SELECT id FROM account WHERE handle = ? COLLATE NOCASE)", handle)
    if video:
        wanted.add("EXISTS (SELECT 1 FROM media m WHERE m.post = p.id AND m.kind IN ('video', 'gif'))")
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
    files, there = media.of_posts(store, ids), sights.availability(store, ids)
    return [
        {
            "platform": r["platform"],
            "post_id": r["post_id"],
            "url": r["url"],
            "account_id": r["stable_id"],
            "handle": r["handle"],
            "text": r["text"],
            "posted_at": r["posted_at"] or r["id_time"],
            "seen_at": r["seen_at"],
            "versions": r["versions"],
            "media": files.get(r["id"], []),
            "availability": there[r["id"]],
            "kind": r["kind"],
            "name": r["name"],
            "id_time": r["id_time"],
            "language": r["language"],
            "found_by": r["found_by"],
        }
        for r in rows
    ]


def search(store: Store, words: str, *, limit: int | None = 50, since: str | None = None) -> list[dict[str, object]]:
    """Posts and articles whose text holds all the words, newest first; each with an excerpt."""
    quoted = " ".join(f'"{word}"' for word in words.replace('"', " ").split())
    if not quoted:
        return []
    rows = store.all(
        """WITH hit AS (SELECT rowid, snippet(wording_fts, 0, '[', ']', '...', 16) AS excerpt FROM wording_fts WHERE wording_fts MATCH ?)
        SELECT 'post' AS type, p.platform, p.post_id, p.url, a.handle AS who, NULL AS title, v.seen_at AS seen_at, hit.excerpt
            FROM hit JOIN wording w ON w.id = hit.rowid JOIN post_version v ON v.text_sha256 = w.sha256 JOIN post p ON p.id = v.post
            JOIN account a ON a.id = p.account_id WHERE v.seen_at >= ?
        UNION ALL
        SELECT 'article', NULL, NULL, r.url, r.publisher, r.title, v.seen_at, hit.excerpt
            FROM hit JOIN wording w ON w.id = hit.rowid JOIN article_version v ON v.text_sha256 = w.sha256
            JOIN article r ON r.id = v.article_id WHERE v.seen_at >= ?
        ORDER BY seen_at DESC LIMIT ?""",
        quoted,
        since or "",
        since or "",
        -1 if limit is None else limit,
    )
    return [dict(row) for row in rows]
