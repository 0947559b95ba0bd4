"""What people ask of looks: each of them, every verdict, and what they add up to for a post."""

from collections.abc import Sequence

from monitor.store.open import Store


def availability(store: Store, posts: Sequence[int]) -> dict[int, dict[str, object]]:
    """What `posts --json` says of each post's availability: row of the post -> state, reason, since, evidence."""
    found: dict[int, dict[str, object]] = {}
    for start in range(0, len(posts), 500):
        part = posts[start : start + 500]
        rows = store.all(
            f"""SELECT p.id, s.state, s.reason, s.since, s.evidence, o.method, o.at FROM post p LEFT JOIN sight s ON s.post = p.id
            LEFT JOIN observation o ON o.id = (SELECT min(id) FROM observation f WHERE f.platform = p.platform
                AND f.post_id = p.post_id AND f.seen = 'available')
            WHERE p.id IN ({",".join("?" * len(part))})""",
            *part,
        )
        for row in rows:
            if row["state"] not in (None, "unknown"):
                told = {key: row[key] for key in ("state", "reason", "since", "evidence")}
            elif row["at"] is not None:
                words = f"{row['method']} showed it at {row['at'][:19]}Z"
                told = {"state": "available", "reason": None, "since": row["at"], "evidence": words}
            else:
                told = {"state": "unknown", "reason": None, "since": None, "evidence": "nobody has looked yet"}
            found[row["id"]] = told
    return found


def listing(store: Store, *, limit: int | None = None, since: str | None = None) -> list[dict[str, object]]:
    """The rows of `observations --json`, oldest first; a limit takes the newest."""
    rows = store.all(
        "SELECT * FROM (SELECT * FROM observation WHERE at >= ? ORDER BY id DESC LIMIT ?) ORDER BY id",
        since or "",
        -1 if limit is None else limit,
    )
    return [
        {
            "post_id": r["post_id"],
            "platform": r["platform"],
            "method": r["method"],
            "at": r["at"],
            "seen": r["seen"],
            "detail": r["detail"] or None,
            "author": r["author"],
            "control": r["control"],
            "raw_sha256": r["raw_sha256"],
        }
        for r in rows
    ]


def verdicts(store: Store, *, limit: int | None = None, since: str | None = None) -> list[dict[str, object]]:
    """Every change of a verdict, oldest first; a limit takes the newest."""
    rows = store.all(
        "SELECT * FROM (SELECT * FROM sight_verdict WHERE at >= ? ORDER BY id DESC LIMIT ?) ORDER BY id",
        since or "",
        -1 if limit is None else limit,
    )
    return [
        {key: r[key] for key in ("platform", "post_id", "state", "reason", "since", "evidence", "at")} for r in rows
    ]
