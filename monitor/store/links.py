"""Links: citations resolved to posts; each decision is appended with its actor."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from monitor import clock
from monitor.store import posts, sights
from monitor.store.conditions import Conditions
from monitor.store.open import Store

AGENT = "svc:link"


def resolve(store: Store, citation_ids: Iterable[int], now: datetime) -> list[tuple[str, str]]:
    """Links citations that carry an id to posts we have; gives (platform, cited id) of those whose post we do not have."""
    missing = []
    with store.change():
        for citation_id in citation_ids:
            row = store.one("SELECT platform, cited_post_id, confidence FROM citation WHERE id = ?", citation_id)
            if row is None:
                continue
            cited = row["cited_post_id"]
            post = posts.find(store, row["platform"], cited) if cited else None
            _put(store, citation_id, post, now)
            if cited and post is None and row["confidence"] >= 0.5:
                missing.append((row["platform"], cited))
    return missing


def resolve_waiting(store: Store, now: datetime) -> int:
    """Links every unresolved citation whose post has come in since; gives how many."""
    with store.change():
        rows = store.all(
            """SELECT l.citation_id, coalesce(p.id, x.post) AS post FROM link l JOIN citation c ON c.id = l.citation_id
            LEFT JOIN post p ON p.platform = c.platform AND p.post_id = c.cited_post_id
            LEFT JOIN post_chain x ON x.platform = c.platform AND x.version_id = c.cited_post_id
            WHERE l.state = 'unresolved' AND c.cited_post_id IS NOT NULL AND coalesce(p.id, x.post) IS NOT NULL"""
        )
        for row in rows:
            _put(store, row["citation_id"], row["post"], now)
    return len(rows)


def _put(store: Store, citation_id: int, post: int | None, now: datetime) -> None:
    db = store.connection
    state = "unresolved" if post is None else "confirmed"
    changed = db.execute(
        """INSERT INTO link (citation_id, post, state, updated_at) VALUES (?, ?, ?, ?) ON CONFLICT (citation_id) DO UPDATE SET
        post = excluded.post, state = excluded.state, updated_at = excluded.updated_at
        WHERE link.state = 'unresolved' AND excluded.state = 'confirmed'""",
        (citation_id, post, state, clock.text(now)),
    )
    if post is not None and changed.rowcount == 1:
        cited = store.one("SELECT platform, cited_post_id FROM citation WHERE id = ?", citation_id)
        if cited is not None and cited["cited_post_id"]:
            sights.adopt(store, cited["platform"], cited["cited_post_id"], post)
        db.execute(
            "INSERT INTO link_decision (citation_id, post, decision, actor, reason, at) VALUES (?, ?, 'confirmed', ?, ?, ?)",
            (citation_id, post, AGENT, "the article gives the post's id", clock.text(now)),
        )


_CITED = """SELECT c.id, c.seen_at, c.article_id, c.platform, c.cited_post_id, c.url, c.kind, c.handle, c.confidence, c.first_version,
        c.last_version, l.state, l.post, l.score, s.id AS suggestion, s.level,
        (SELECT min(paragraph) FROM citation_place e WHERE e.citation_id = c.id AND e.version = c.last_version) AS paragraph,
        (SELECT form FROM citation_place e WHERE e.citation_id = c.id AND e.version = c.last_version ORDER BY n LIMIT 1) AS form,
        (SELECT w.text FROM citation_place e JOIN wording w ON w.sha256 = e.text_sha256
            WHERE e.citation_id = c.id AND e.version = c.last_version ORDER BY n LIMIT 1) AS words
    FROM citation c JOIN link l ON l.citation_id = c.id
    LEFT JOIN suggestion s ON s.article_id = c.article_id AND s.post = l.post AND s.citation_id = c.id
    WHERE"""
# Articles without any sentence that names a platform: what is likely all the same stands among the links.
_TOLD_ONLY = """SELECT NULL, s.made_at, s.article_id, p.platform, NULL, NULL, 'mention', NULL, s.score, s.version, s.version, 'suggested',
        s.post, s.score, s.id, s.level, s.paragraph, p.platform || '.told', NULL
    FROM suggestion s JOIN post p ON p.id = s.post WHERE s.citation_id IS NULL AND s.state = 'open' AND s.level = 'strong' AND"""


def listing(
    store: Store,
    *,
    limit: int | None = None,
    since: str | None = None,
    doubtful: bool = False,
    before: int | None = None,
    before_suggestion: int | None = None,
    article: int | None = None,
    post: int | None = None,
    state: str | None = None,
    platform: str | None = None,
) -> list[dict[str, object]]:
    """The rows of `links --json`, oldest first; citations that are probably none only when asked for.

    `before` gives what stands before a row (`before_suggestion`: one without a citation); `article` and `post` are rows, too.
    """
    cited = Conditions().maybe("c.seen_at >= ?", since).maybe("c.article_id = ?", article).maybe("l.post = ?", post)
    cited.maybe("l.state = ?", state).maybe("c.platform = ?", platform).maybe("c.id < ?", before)
    told = Conditions().maybe("s.made_at >= ?", since).maybe("s.article_id = ?", article).maybe("s.post = ?", post)
    told.maybe("'suggested' = ?", state).maybe("p.platform = ?", platform).maybe("s.id < ?", before_suggestion)
    if not doubtful:
        cited.add("(c.confidence >= 0.5 OR l.state = 'suggested')")
    if before is not None:
        told.add("0")
    most = -1 if limit is None else limit
    # Each side ends at the limit by itself, along its index: a million citations cost a page of them nothing.
    rows = store.all(
        f"""SELECT * FROM (SELECT c.*, a.url AS article_url, a.title AS article_title, p.post_id AS post_id, p.url AS post_url,
            acc.handle AS account_handle, acc.platform_id AS account_id,
            (SELECT m.sha256 FROM media m WHERE m.post = c.post AND m.state = 'kept' ORDER BY m.n LIMIT 1) AS copy,
            (SELECT v.seen_at FROM article_version v WHERE v.article_id = a.id AND v.n = c.last_version + 1) AS removed_at
        FROM (SELECT * FROM ({_CITED} {cited} ORDER BY c.id DESC LIMIT ?)
            UNION ALL SELECT * FROM ({_TOLD_ONLY} {told} ORDER BY s.id DESC LIMIT ?)) c
        JOIN article a ON a.id = c.article_id LEFT JOIN post p ON p.id = c.post LEFT JOIN account acc ON acc.id = p.account_id
        ORDER BY c.id IS NULL DESC, c.id DESC, c.suggestion DESC LIMIT ?) ORDER BY id IS NULL, id, suggestion""",
        *cited.values,
        most,
        *told.values,
        most,
        most,
    )
    return [_listed(row) for row in rows]


def _listed(r: sqlite3.Row) -> dict[str, object]:
    told = {
        "article_url": r["article_url"],
        "platform": r["platform"],
        "post_id": r["post_id"],
        "cited_post_id": r["cited_post_id"],
        "kind": r["kind"],
        "state": r["state"],
        "paragraph": r["paragraph"],
        "handle": r["account_handle"] or r["handle"],
        "id": r["id"],
        "article_title": r["article_title"],
        "url": r["post_url"] or r["url"],
        "account_id": r["account_id"],
        "form": r["form"],
        "text": r["words"],
    }
    rest = ("copy", "confidence", "score", "level", "suggestion", "first_version", "last_version")
    removed = {"removed": r["removed_at"] is not None, "removed_at": r["removed_at"]}
    return {**told, **{name: r[name] for name in rest}, **removed, "seen_at": r["seen_at"]}


def articles_citing(store: Store, post: int) -> list[str]:
    """Addresses of the articles that cite a post."""
    rows = store.all(
        """SELECT DISTINCT a.url FROM link l JOIN citation c ON c.id = l.citation_id JOIN article a ON a.id = c.article_id
        WHERE l.post = ? AND l.state = 'confirmed' ORDER BY a.id""",
        post,
    )
    return [row[0] for row in rows]
