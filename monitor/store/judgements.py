"""What people said of suggested links: appended, never changed; the last word on a pair counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor import clock
from monitor.store import contents
from monitor.store.open import Store
from monitor.store.suggestions import Suggested

Decision = Literal["confirmed", "rejected", "undone"]


@dataclass(frozen=True, slots=True)
class Word:
    """One decision: who said what of a pair, and why."""

    decision: Decision
    actor: str
    reason: str


def append(store: Store, about: Suggested, word: Word, now: datetime) -> int:
    """Writes a decision with the evidence as it was shown; the suggestion takes its state. Gives the decision's number."""
    digest = contents.keep(store, about.evidence.encode())
    with store.change() as db:
        row = db.execute(
            """INSERT INTO judgement (suggestion_id, article_id, post, citation_id, decision, actor, reason, score, level,
            evidence_sha256, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                *(about.id, about.article_id, about.post, about.citation_id, word.decision, word.actor, word.reason),
                *(about.score, about.level, digest, clock.text(now)),
            ),
        )
        state = "open" if word.decision == "undone" else word.decision
        db.execute("UPDATE suggestion SET state = ?, updated_at = ? WHERE id = ?", (state, clock.text(now), about.id))
    return int(row.lastrowid or 0)


def last(store: Store, article_id: int, post: int) -> Word | None:
    """The last word on a pair, or None."""
    row = store.one(
        "SELECT decision, actor, reason FROM judgement WHERE article_id = ? AND post = ? ORDER BY id DESC LIMIT 1",
        article_id,
        post,
    )
    return None if row is None else Word(row["decision"], row["actor"], row["reason"])


def scores(store: Store, but_by: str) -> list[tuple[float, bool]]:
    """(score, whether it was right) of every pair on which a person's last word stands; decisions of `but_by` are ours."""
    rows = store.all(
        """SELECT score, decision FROM judgement j WHERE id = (SELECT max(id) FROM judgement g WHERE g.article_id = j.article_id
        AND g.post = j.post) AND decision != 'undone' AND actor != ? ORDER BY id DESC LIMIT 2000""",
        but_by,
    )
    return [(row["score"], row["decision"] == "confirmed") for row in rows]


def learn(store: Store, account_id: int, name: str, written: str, judgement_id: int) -> None:
    """An account is known by another name from now on."""
    with store.change() as db:
        db.execute(
            "INSERT OR IGNORE INTO learned_alias (account_id, name, written, judgement_id) VALUES (?, ?, ?, ?)",
            (account_id, name, written, judgement_id),
        )


def unlearn(store: Store, article_id: int, post: int) -> None:
    """Forgets what the decisions on a pair taught."""
    with store.change() as db:
        db.execute(
            "DELETE FROM learned_alias WHERE judgement_id IN (SELECT id FROM judgement WHERE article_id = ? AND post = ?)",
            (article_id, post),
        )


def learned(store: Store) -> list[tuple[str, str]]:
    """(handle, name as an article wrote it) of every alias that confirmed links taught."""
    rows = store.all(
        """SELECT c.handle, l.written FROM learned_alias l JOIN account c ON c.id = l.account_id WHERE c.handle IS NOT NULL
        ORDER BY c.handle, l.name"""
    )
    return [(row[0], row[1]) for row in rows]


def listing(store: Store, *, limit: int | None = None, since: str | None = None) -> list[dict[str, object]]:
    """Every decision, oldest first; a limit takes the newest."""
    rows = store.all(
        """SELECT * FROM (SELECT j.id, j.suggestion_id AS suggestion, a.url AS article_url, p.platform, p.post_id, j.decision, j.actor,
            j.reason, j.score, j.level, j.at FROM judgement j JOIN article a ON a.id = j.article_id JOIN post p ON p.id = j.post
            WHERE j.at >= ? ORDER BY j.id DESC LIMIT ?) ORDER BY id""",
        since or "",
        -1 if limit is None else limit,
    )
    return [dict(row) for row in rows]
