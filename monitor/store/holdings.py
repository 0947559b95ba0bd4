"""What we keep of a post: its words, its files, and a picture that shows it."""

from monitor import clock
from monitor.model.check import Copy
from monitor.store import posts
from monitor.store.open import Store


def copy_of(store: Store, platform: str, post_id: str) -> Copy | None:
    """Our copy of the post that has this id as its first or any later version; None when we keep none."""
    row = posts.find(store, platform, post_id)
    if row is None:
        return None
    version = store.one(
        """SELECT v.raw_sha256, v.seen_at, w.text FROM post p
        JOIN post_version v ON v.platform = p.platform AND v.version_id = p.latest_version_id
        LEFT JOIN wording w ON w.sha256 = v.text_sha256 WHERE p.id = ?""",
        row,
    )
    if version is None:
        return None
    file = store.one(
        """SELECT m.sha256, o.kind, d.to_sha256 AS sheet FROM media m JOIN object o ON o.sha256 = m.sha256
        LEFT JOIN derivative d ON d.from_sha256 = m.sha256 AND d.kind = 'contact_sheet'
        WHERE m.post = ? AND m.state = 'kept' ORDER BY m.n, m.id LIMIT 1""",
        row,
    )
    missing = int(str(store.value("SELECT count(*) FROM media WHERE post = ? AND state IN ('queued', 'failed')", row)))
    seen_at = clock.parse(version["seen_at"])
    if file is None:
        return Copy(version["raw_sha256"], version["text"] or "", seen_at, file=False, missing=missing)
    picture = file["sheet"] or (file["sha256"] if file["kind"] == "photo" else None)
    return Copy(file["sha256"], version["text"] or "", seen_at, file=True, picture=picture, missing=missing)
