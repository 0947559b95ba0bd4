"""All that the ledger knows of one post, of one article: what a page of the desk shows, and its twin for programs."""

import json
import sqlite3

from monitor.store import articles, editions, links, posts, reading
from monitor.store.open import Store

Row = dict[str, object]
_LOOKS = 200
_EVENTS = 50


def post(store: Store, platform: str, post_id: str) -> Row | None:
    """A post known by the id of any of its versions: its row of `posts --json` and what hangs on it; None when we keep none."""
    row = posts.find(store, platform, post_id)
    if row is None:
        return None
    told = reading.posts(store, row=row)[0]
    first = told["post_id"]
    account = store.one("SELECT account_id, sensitive FROM post WHERE id = ?", row)
    assert account is not None
    cited = links.listing(store, post=row)
    return {
        **told,
        "sensitive": bool(account["sensitive"]),
        "wordings": _wordings(store, row),
        "files": _files(store, row),
        "author": _author(store, account["account_id"]),
        "cited_by": [_with_paragraph(store, c) for c in cited if c["state"] == "confirmed"],
        "suggested_for": [_with_paragraph(store, c) for c in cited if c["state"] == "suggested"],
        "observations": _looks(store, platform, str(first)),
        "verdicts": _plain(
            store.all(
                "SELECT state, reason, since, evidence, at FROM sight_verdict WHERE platform = ? AND post_id = ? ORDER BY id",
                platform,
                first,
            )
        ),
        "custody": _custody(store, f"post:{platform}:{first}"),
    }


def _wordings(store: Store, row: int) -> list[Row]:
    rows = store.all(
        """SELECT v.version_id, v.posted_at, v.seen_at, v.raw_sha256, v.text_sha256, w.text FROM post_version v
        LEFT JOIN wording w ON w.sha256 = v.text_sha256 WHERE v.post = ? ORDER BY length(v.version_id), v.version_id""",
        row,
    )
    return _plain(rows)


def _files(store: Store, row: int) -> list[Row]:
    rows = store.all(
        """SELECT m.key, m.kind, m.state, m.reason, m.sha256, m.alt_text, o.size, o.mime, o.extension, o.width, o.height,
            coalesce(o.duration_s, m.duration_s) AS duration_s, o.video_codec, o.audio_codec, o.damaged, o.kept_at, o.purged_at,
            d.to_sha256 AS contact_sheet, c.url_final AS fetched_from, c.started_at AS fetched_at
        FROM media m LEFT JOIN object o ON o.sha256 = m.sha256 LEFT JOIN capture c ON c.id = m.capture_id
        LEFT JOIN derivative d ON d.from_sha256 = m.sha256 AND d.kind = 'contact_sheet' WHERE m.post = ? ORDER BY m.n, m.id""",
        row,
    )
    return _plain(rows)


def _author(store: Store, account: int) -> Row:
    row = store.one(
        "SELECT platform, platform_id, handle, name, url, protected, created_at, first_seen_at, last_seen_at FROM account WHERE id = ?",
        account,
    )
    assert row is not None
    names = store.all(
        "SELECT handle, name, first_seen_at FROM account_handle WHERE account_id = ? ORDER BY id DESC LIMIT 50", account
    )
    kept = store.value("SELECT count(*) FROM post WHERE account_id = ?", account)
    return {**dict(row), "protected": bool(row["protected"]), "posts": kept, "names": _plain(names)}


def _looks(store: Store, platform: str, post_id: str) -> list[Row]:
    rows = store.all(
        """SELECT at, method, seen, shown, detail, author, control, raw_sha256, metrics FROM observation
        WHERE platform = ? AND post_id = ? ORDER BY id DESC LIMIT ?""",
        platform,
        post_id,
        _LOOKS,
    )
    return [{**dict(r), "metrics": json.loads(r["metrics"])} for r in rows]


def _custody(store: Store, subject: str) -> list[Row]:
    rows = store.all(
        "SELECT seq, body, hex(leaf) AS leaf FROM custody_event WHERE subject = ? ORDER BY ssn DESC LIMIT ?",
        subject,
        _EVENTS,
    )
    told = []
    for row in rows:
        body = json.loads(row["body"])
        told.append(
            {
                "seq": row["seq"],
                "leaf": row["leaf"].lower(),
                **{key: body.get(key) for key in ("at", "type", "agent")},
            }
        )
    return told


def _with_paragraph(store: Store, link: Row) -> Row:
    """The link, and the paragraph at which it stands, in the words of the version that last held it."""
    article = store.one("SELECT id, own, publisher FROM article WHERE url = ?", link["article_url"])
    assert article is not None
    words = None
    if isinstance(link["paragraph"], int):
        digest = store.value_text(
            "SELECT reading_sha256 FROM article_version WHERE article_id = ? AND n = ?",
            article["id"],
            link["last_version"],
        )
        found = editions.find(store, digest) if digest else None
        if found and 0 < link["paragraph"] <= len(found.paragraphs):
            words = found.paragraphs[link["paragraph"] - 1]
    return {
        **link,
        "article_id": article["id"],
        "own": bool(article["own"]),
        "publisher": article["publisher"],
        "paragraph_text": words,
    }


def article(store: Store, row: int) -> Row | None:
    """An article: its row of `articles --json`, its newest words, each citation with what became of its post; None without it."""
    found = articles.listing(store, row=row)
    if not found:
        return None
    seen = store.all(
        "SELECT n, seen_at, reading_sha256, body_sha256, warc_sha256 FROM article_version WHERE article_id = ? ORDER BY n",
        row,
    )
    newest = editions.find(store, seen[-1]["reading_sha256"]) if seen else None
    return {
        **found[0],
        "paragraphs": list(newest.paragraphs) if newest else [],
        "editions": [{"version": v["n"], "seen_at": v["seen_at"], "page_sha256": v["body_sha256"]} for v in seen],
        "cites": [_with_fate(store, link) for link in links.listing(store, article=row)],
    }


def _with_fate(store: Store, link: Row) -> Row:
    """The link, and what became of its post: availability as the looks add up to it, whether it was edited since it was cited."""
    platform, cited = str(link["platform"]), link["cited_post_id"]
    row = posts.find(store, platform, str(link["post_id"])) if link["post_id"] else None
    told: object = {"state": "unknown", "reason": None, "since": None, "evidence": "nobody has looked yet"}
    newest = None
    if row is not None:
        told = reading.posts(store, row=row)[0]["availability"]
        newest = store.value_text("SELECT latest_version_id FROM post WHERE id = ?", row)
    elif cited:
        sight = store.one(
            "SELECT state, reason, since, evidence FROM sight WHERE platform = ? AND post_id = ?", platform, cited
        )
        told = dict(sight) if sight else told
    return {
        **link,
        "availability": told,
        "ours": row is not None,
        "superseded": bool(newest and cited and newest != cited),
    }


def _plain(rows: list[sqlite3.Row]) -> list[Row]:
    return [dict(row) for row in rows]
