"""What waits for somebody at the desk: posts that are gone from live articles, edits, suggestions to judge, what went wrong."""

from datetime import datetime, timedelta

from monitor import clock
from monitor.store import alerts
from monitor.store.open import Store

Row = dict[str, object]
_CITING = """SELECT s.platform, s.post_id, s.url, s.state, s.reason, s.since, s.evidence, r.id AS article_id, r.title AS article_title,
    r.url AS article_url, r.own, a.handle, a.name, w.text, (SELECT m.sha256 FROM media m WHERE m.post = s.post AND m.state = 'kept'
        ORDER BY m.n LIMIT 1) AS copy, (SELECT count(DISTINCT c2.article_id) FROM link l2 JOIN citation c2 ON c2.id = l2.citation_id
        WHERE l2.post = s.post) AS articles
    FROM sight s JOIN link l ON l.post = s.post JOIN citation c ON c.id = l.citation_id JOIN article r ON r.id = c.article_id
    JOIN post p ON p.id = s.post JOIN account a ON a.id = p.account_id
    JOIN post_version lv ON lv.platform = p.platform AND lv.version_id = p.latest_version_id
    LEFT JOIN wording w ON w.sha256 = lv.text_sha256"""


def gone(store: Store, limit: int) -> list[Row]:
    """Cited posts that are gone or missed, the latest first; the article named is our own where one of ours cites it."""
    rows = store.all(
        f"""SELECT * FROM ({_CITING} WHERE s.state IN ('gone', 'suspect') AND l.state = 'confirmed' ORDER BY r.own DESC, r.id)
        GROUP BY platform, post_id ORDER BY since DESC LIMIT ?""",
        limit,
    )
    return [dict(row) for row in rows]


def edited(store: Store, now: datetime, limit: int, days: int = 30) -> list[Row]:
    """Cited posts of which a version came after an article had cited them, the latest first."""
    rows = store.all(
        """SELECT p.platform, p.post_id, p.url, a.handle, a.name, w.text, v.seen_at AS since, r.id AS article_id, r.title AS article_title,
            r.url AS article_url, r.own FROM post_version v JOIN post p ON p.id = v.post AND p.latest_version_id = v.version_id
        JOIN link l ON l.post = p.id AND l.state = 'confirmed' JOIN citation c ON c.id = l.citation_id JOIN article r ON r.id = c.article_id
        JOIN account a ON a.id = p.account_id LEFT JOIN wording w ON w.sha256 = v.text_sha256
        WHERE v.id > (SELECT coalesce(max(id), 0) - 20000 FROM post_version) AND v.seen_at >= ? AND v.version_id != p.post_id AND v.seen_at > c.seen_at
        GROUP BY p.id ORDER BY v.id DESC LIMIT ?""",
        clock.text(now - timedelta(days=days)),
        limit,
    )
    return [dict(row) for row in rows]


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
