"""Taking the bytes and words of one post out of the ledger, without touching another's.

Rows that name hashes stay: ids, hashes and times are what a tombstone holds.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from monitor import clock
from monitor.store.open import Store

_GONE = "(purged)"


def purge(store: Store, post: int, what: str, reason: str, person: str, now: datetime) -> tuple[list[str], list[str]]:
    """Purges media, or everything, of a post; gives (hashes of what went, those of them that lie in the vault).

    Call it inside the change that logs it. The files themselves are the caller's to remove, after the change is durable.
    """
    with store.change() as db:
        db.execute("PRAGMA secure_delete = ON")
        files = _files_of(store, post)
        for digest in files:
            db.execute("UPDATE object SET purged_at = ? WHERE sha256 = ?", (clock.text(now), digest))
        db.execute("UPDATE media SET state = 'gone', reason = 'purged' WHERE post = ? AND sha256 IS NOT NULL", (post,))
        hashes = list(files)
        if what == "everything":
            hashes += _purge_words(store, post)
        db.execute(
            "INSERT INTO tombstone (post, what, reason, person, at) VALUES (?, ?, ?, ?, ?)",
            (post, what, reason, person, clock.text(now)),
        )
    return hashes, files


def _files_of(store: Store, post: int) -> list[str]:
    """Files of the post, and what was made from them, that no other post and nobody's hand-in has."""
    rows = store.all(
        """SELECT DISTINCT m.sha256 FROM media m WHERE m.post = ? AND m.sha256 IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM media o WHERE o.sha256 = m.sha256 AND o.post != m.post
            AND NOT EXISTS (SELECT 1 FROM tombstone t WHERE t.post = o.post))
        AND NOT EXISTS (SELECT 1 FROM received r WHERE r.sha256 = m.sha256)
        AND NOT EXISTS (SELECT 1 FROM case_finding f WHERE f.sha256 = m.sha256)""",
        post,
    )
    own = [row[0] for row in rows]
    marks = ",".join("?" * len(own))
    made = store.all(f"SELECT DISTINCT to_sha256 FROM derivative WHERE from_sha256 IN ({marks})", *own)
    wanted = dict.fromkeys([*own, *(row[0] for row in made)])
    marks = ",".join("?" * len(wanted))
    there = store.all(f"SELECT sha256 FROM object WHERE purged_at IS NULL AND sha256 IN ({marks})", *wanted)
    return [row[0] for row in there]


def _purge_words(store: Store, post: int) -> list[str]:
    row = store.one("SELECT platform, post_id FROM post WHERE id = ?", post)
    assert row is not None
    platform, post_id = row["platform"], row["post_id"]
    versions = store.all("SELECT version_id, text_sha256, raw_sha256 FROM post_version WHERE post = ?", post)
    ids = [v["version_id"] for v in versions]
    texts = {v["text_sha256"] for v in versions}
    raws = {v["raw_sha256"] for v in versions} | _slices(store, post, ids) | _own_answers(store, platform, post_id)
    raws |= {
        r[0]
        for r in store.all(
            "SELECT raw_sha256 FROM observation WHERE platform = ? AND post_id = ? AND raw_sha256 IS NOT NULL",
            platform,
            post_id,
        )
    }
    db = store.connection
    db.executemany("DELETE FROM content WHERE sha256 = ?", [(digest,) for digest in sorted(raws)])
    for digest in sorted(texts):
        others = store.value(
            """SELECT EXISTS (SELECT 1 FROM post_version WHERE text_sha256 = ?1 AND post != ?2)
            OR EXISTS (SELECT 1 FROM article_version WHERE text_sha256 = ?1) OR EXISTS (SELECT 1 FROM citation_place WHERE text_sha256 = ?1)""",
            digest,
            post,
        )
        if not others:
            db.execute("DELETE FROM wording WHERE sha256 = ?", (digest,))
    _scrub_alerts(store, platform, ids or [post_id])
    _scrub_suggestions(store, post)
    return sorted(raws | texts)


def _scrub_suggestions(store: Store, post: int) -> None:
    """The passages by which links to the post were suggested and judged; who decided what stays."""
    db = store.connection
    db.execute("UPDATE suggestion SET evidence = '[]' WHERE post = ?", (post,))
    db.execute("DELETE FROM content WHERE sha256 IN (SELECT evidence_sha256 FROM judgement WHERE post = ?)", (post,))


def _slices(store: Store, post: int, versions: Sequence[str]) -> set[str]:
    """The post's own slices of answers that hold other posts, too, and those that describe its files."""
    keys = [row[0] for row in store.all("SELECT key FROM media WHERE post = ?", post)]
    found = set()
    for kind, names in (("post", versions), ("media", keys)):
        marks = ",".join("?" * len(names))
        rows = store.all(f"SELECT sha256 FROM answer_part WHERE kind = ? AND key IN ({marks})", kind, *names)
        found |= {row[0] for row in rows}
    return found


def _own_answers(store: Store, platform: str, post_id: str) -> set[str]:
    """Answers that were about this post alone: its page, its oEmbed, what the extractor said."""
    rows = store.all(
        """SELECT a.glue_sha256 FROM capture c JOIN answer a ON a.body_sha256 = c.body_sha256 WHERE c.subject = ?""",
        f"post:{platform}:{post_id}",
    )
    return {row[0] for row in rows}


def _scrub_alerts(store: Store, platform: str, ids: Sequence[str]) -> None:
    """What alerts quoted of the post; that they were raised stays."""
    marks = ",".join("?" * len(ids))
    rows = store.all(
        f"""SELECT id, payload, facets FROM alert WHERE json_extract(payload, '$.platform') = ? AND json_extract(payload, '$.post_id') IN ({marks})""",
        platform,
        *ids,
    )
    for row in rows:
        payload = json.loads(row["payload"])
        for key in ("text", "before", "after", "changes", "difference"):
            if key in payload:
                payload[key] = _GONE
        facets = {**json.loads(row["facets"]), "text": _GONE}
        store.connection.execute(
            "UPDATE alert SET payload = ?, facets = ?, subject = kind || ': ' || ? WHERE id = ?",
            (
                json.dumps(payload, ensure_ascii=False),
                json.dumps(facets, ensure_ascii=False),
                f"{platform}:{ids[0]} {_GONE}",
                row["id"],
            ),
        )


def purged_files(store: Store) -> list[str]:
    """Hashes of files that are purged; none of them should lie in the vault any more."""
    return [row[0] for row in store.all("SELECT sha256 FROM object WHERE purged_at IS NOT NULL")]
