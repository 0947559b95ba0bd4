"""What waits for somebody at the desk: posts that are gone from live articles, edits, suggestions to judge, what went wrong."""

from datetime import datetime, timedelta

from monitor import clock
from monitor.store import alerts
from monitor.store.open import Store

Row = dict[str, object]
_CANDIDATES = 200
_LIVE = """SELECT l.post, c.article_id FROM link l JOIN citation c ON c.id = l.citation_id JOIN article r ON r.id = c.article_id
    WHERE l.post = s.post AND l.state = 'confirmed' AND r.status = 'published'
    AND c.last_version = (SELECT max(n) FROM article_version v WHERE v.article_id = r.id)"""
"""Articles whose newest version cites the post."""


def gone(store: Store, limit: int) -> list[Row]:
    """Posts that are gone or missed and stand in articles still, the latest first; one of our own articles is named, where there is one."""
    rows = store.all(
        f"""SELECT s.platform, s.post_id, s.url, s.state, s.reason, s.since, s.evidence, s.post,
            (SELECT count(DISTINCT article_id) FROM ({_LIVE})) AS articles,
            (SELECT k.article_id FROM ({_LIVE}) k JOIN article o ON o.id = k.article_id ORDER BY o.own DESC, o.id LIMIT 1) AS article_id
        FROM (SELECT * FROM sight WHERE state IN ('gone', 'suspect') AND post IS NOT NULL ORDER BY since DESC LIMIT {_CANDIDATES}) s
        WHERE EXISTS ({_LIVE}) ORDER BY s.since DESC LIMIT ?""",
        limit,
    )
    return [{**dict(row), **_described(store, row["post"], row["article_id"])} for row in rows]


def edited(store: Store, now: datetime, limit: int, days: int = 30) -> list[Row]:
    """Cited posts of which a version came after an article had cited them, the latest first."""
    rows = store.all(
        f"""SELECT s.platform, s.post_id, s.url, s.post, v.seen_at AS since,
            (SELECT k.article_id FROM ({_LIVE}) k JOIN article o ON o.id = k.article_id ORDER BY o.own DESC, o.id LIMIT 1) AS article_id
        FROM (SELECT id AS post, platform, post_id, url, latest_version_id FROM post WHERE latest_version_id != post_id
            ORDER BY id DESC LIMIT {_CANDIDATES}) s
        JOIN post_version v ON v.platform = s.platform AND v.version_id = s.latest_version_id
        WHERE v.seen_at >= ? AND EXISTS (SELECT 1 FROM link l JOIN citation c ON c.id = l.citation_id WHERE l.post = s.post
            AND l.state = 'confirmed' AND c.seen_at < v.seen_at) AND EXISTS ({_LIVE})
        ORDER BY v.seen_at DESC LIMIT ?""",
        clock.text(now - timedelta(days=days)),
        limit,
    )
    return [{**dict(row), **_described(store, row["post"], row["article_id"])} for row in rows]


def _described(store: Store, post: int, article: int) -> Row:
    row = store.one(
        """SELECT a.handle, a.name, a.platform_id AS account_id, w.text, r.title AS article_title, r.url AS article_url, r.own,
            (SELECT m.sha256 FROM media m WHERE m.post = p.id AND m.state = 'kept' ORDER BY m.n LIMIT 1) AS copy
        FROM post p JOIN account a ON a.id = p.account_id JOIN article r ON r.id = ?
        JOIN post_version lv ON lv.platform = p.platform AND lv.version_id = p.latest_version_id
        LEFT JOIN wording w ON w.sha256 = lv.text_sha256 WHERE p.id = ?""",
        article,
        post,
    )
    return dict(row) if row else {}


def alerts_to_see(store: Store, now: datetime, limit: int, days: int = 2) -> list[Row]:
    """Flash and urgent alerts of late that nobody has taken care of, the latest first."""
    rows = store.all(
        """SELECT id FROM alert WHERE created_at >= ? AND priority IN ('flash', 'urgent') AND acked_at IS NULL
        AND coalesce(snoozed_until, '') <= ? ORDER BY created_at DESC, n DESC LIMIT ?""",
        clock.text(now - timedelta(days=days)),
        clock.text(now),
        limit,
    )
    return [alerts.row(store, row[0]) for row in rows]


def troubles(store: Store, limit: int) -> list[Row]:
    """Watches that do not work, and since when."""
    rows = store.all(
        """SELECT id, kind, target, state, coalesce(last_error, state_reason) AS why, last_success_at FROM watch
        WHERE origin != 'citation' AND state IN ('broken', 'waiting') ORDER BY last_success_at LIMIT ?""",
        limit,
    )
    return [dict(row) for row in rows]
