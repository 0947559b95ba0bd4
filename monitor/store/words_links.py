"""Links that rest on words: what a confirmed suggestion makes of an article's citations.

Where a sentence names the platform, that mention's link leads to the post; where none does, the article gets a citation of its own.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from monitor import clock
from monitor.store import contents, editions
from monitor.store.open import Store
from monitor.store.suggestions import Suggested

_REASON = "the article's words fit the post, as somebody judged"


def names(store: Store, about: Suggested) -> tuple[str, str, str]:
    """(address of the article, platform, post id) of a suggestion."""
    row = store.one(
        "SELECT a.url, p.platform, p.post_id FROM article a, post p WHERE a.id = ? AND p.id = ?",
        about.article_id,
        about.post,
    )
    assert row is not None
    return row["url"], row["platform"], row["post_id"]


def confirm(store: Store, about: Suggested, actor: str, reason: str, now: datetime) -> int:
    """Makes the link; gives its citation."""
    with store.change() as db:
        citation = _free_mention(store, about) or _own_citation(store, about, now)
        db.execute(
            """INSERT INTO link (citation_id, post, state, score, updated_at) VALUES (?, ?, 'confirmed', ?, ?) ON CONFLICT (citation_id)
            DO UPDATE SET post = excluded.post, state = excluded.state, score = excluded.score, updated_at = excluded.updated_at""",
            (citation, about.post, about.score, clock.text(now)),
        )
        db.execute("UPDATE citation SET confidence = 1 WHERE id = ?", (citation,))
        db.execute("UPDATE suggestion SET citation_id = ? WHERE id = ?", (citation, about.id))
        decide(store, citation, about.post, "confirmed", actor, reason, now)
    return citation


def confirmed_of(store: Store, url: str) -> list[dict[str, Any]]:
    """Posts that an article's words speak of, as somebody confirmed: platform, post_id, url, handle, paragraph, place."""
    rows = store.all(
        """SELECT p.platform, p.post_id, p.url, a.handle, e.paragraph, coalesce(e.place, 'the text') AS place FROM article_address d
        JOIN citation c ON c.article_id = d.article_id JOIN link l ON l.citation_id = c.id AND l.state = 'confirmed'
        JOIN post p ON p.id = l.post JOIN account a ON a.id = p.account_id
        LEFT JOIN citation_place e ON e.citation_id = c.id AND e.version = c.last_version AND e.n = 0
        WHERE d.url = ? AND c.kind = 'mention' AND c.cited_post_id IS NULL ORDER BY c.id""",
        url,
    )
    return [dict(row) for row in rows]


def decide(store: Store, citation: int, post: int, decision: str, actor: str, reason: str, now: datetime) -> None:
    """Appends a decision on a link."""
    with store.change() as db:
        db.execute(
            "INSERT INTO link_decision (citation_id, post, decision, actor, reason, at) VALUES (?, ?, ?, ?, ?, ?)",
            (citation, post, decision, actor, reason, clock.text(now)),
        )


def _free_mention(store: Store, about: Suggested) -> int | None:
    """The mention that the suggestion answers, unless its link was confirmed for another post."""
    row = store.one(
        "SELECT citation_id FROM link WHERE citation_id = ? AND (state != 'confirmed' OR post = ?)",
        about.citation_id,
        about.post,
    )
    return None if row is None else int(row[0])


def _own_citation(store: Store, about: Suggested, now: datetime) -> int:
    _, platform, post_id = names(store, about)
    row = store.connection.execute(
        """INSERT INTO citation (article_id, key, platform, kind, handle, confidence, reason, first_version, last_version, seen_at)
        SELECT ?1, ?2, ?3, 'mention', c.handle, 1, ?4, ?5, ?5, ?6 FROM post p JOIN account c ON c.id = p.account_id WHERE p.id = ?7
        ON CONFLICT (article_id, key) DO UPDATE SET last_version = max(last_version, excluded.last_version) RETURNING id""",
        (about.article_id, f"{platform}:told:{post_id}", platform, _REASON, about.version, clock.text(now), about.post),
    ).fetchone()
    _place(store, int(row[0]), platform, about.version, about.paragraph, _passage(store, about))
    return int(row[0])


def _passage(store: Store, about: Suggested) -> str:
    """The paragraph whose words speak most for the post."""
    digest = store.value_text(
        "SELECT reading_sha256 FROM article_version WHERE article_id = ? AND n = ?", about.article_id, about.version
    )
    edition = editions.find(store, digest) if digest else None
    told = (edition.title or "", *edition.paragraphs) if edition else ()
    return told[about.paragraph or 0][:500] if (about.paragraph or 0) < len(told) else ""


def _place(store: Store, citation: int, platform: str, version: int, paragraph: int | None, text: str) -> None:
    store.connection.execute(
        """INSERT OR IGNORE INTO citation_place (citation_id, version, n, paragraph, place, kind, form, text_sha256)
        VALUES (?, ?, 0, ?, ?, 'mention', ?, ?)""",
        (
            *(citation, version, paragraph, f"paragraph {paragraph}" if paragraph else "the text"),
            *(f"{platform}.told", contents.keep_text(store, text)),
        ),
    )


def carry_on(store: Store, about: Suggested, mention: int | None, version: int, now: datetime) -> None:
    """A confirmed pair still stands in a new version of the article: its citation holds there, too, or the mention that took its place."""
    with store.change() as db:
        if mention is not None and mention != about.citation_id:
            instead = replace(about, citation_id=mention)
            confirm(store, instead, "svc:link", "the same words and post, as judged in an earlier version", now)
            return
        own = store.one("SELECT id, platform FROM citation WHERE id = ? AND key LIKE '%:told:%'", about.citation_id)
        if own is not None:
            db.execute("UPDATE citation SET last_version = max(last_version, ?) WHERE id = ?", (version, own["id"]))
            _place(store, own["id"], own["platform"], version, about.paragraph, _passage(store, about))


def take_back(store: Store, about: Suggested, actor: str, reason: str, now: datetime) -> None:
    """The link of a confirmed suggestion is open again; a citation that rested on it alone counts as none."""
    with store.change() as db:
        rows = store.all(
            """SELECT l.citation_id, c.key LIKE '%:told:%' AS own FROM link l JOIN citation c ON c.id = l.citation_id
            WHERE c.article_id = ? AND l.post = ? AND l.state = 'confirmed' AND c.cited_post_id IS NULL""",
            about.article_id,
            about.post,
        )
        for row in rows:
            db.execute(
                "UPDATE link SET post = NULL, score = NULL, state = 'unresolved', updated_at = ? WHERE citation_id = ?",
                (clock.text(now), row["citation_id"]),
            )
            db.execute(
                "UPDATE citation SET confidence = ? WHERE id = ?", (0.0 if row["own"] else 0.8, row["citation_id"])
            )
            decide(store, row["citation_id"], about.post, "undone", actor, reason, now)


def stop_watching(store: Store, post: int) -> None:
    """Observes a post no longer, unless it is pinned or an article cites it still; what was seen of it stays."""
    with store.change() as db:
        db.execute(
            """DELETE FROM sight WHERE post = ?1 AND pinned = 0 AND NOT EXISTS (SELECT 1 FROM link l WHERE l.post = ?1 AND
            l.state = 'confirmed') AND NOT EXISTS (SELECT 1 FROM citation c WHERE c.platform = sight.platform
            AND c.cited_post_id = sight.post_id AND c.confidence >= 0.5)""",
            (post,),
        )
