"""Suggested links: posts that articles seem to speak of in words only, with their evidence; re-scored in place, each under one number."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from monitor import clock
from monitor.model.linking import Level, Suggestion
from monitor.store.open import Store

WORTH_LINKING = 0.2
"""The probability from which the best suggestion stands in the link of the mention that it answers."""

Claim = tuple[str, str, float]
"""Platform and id of a post, and an article's claim to it: a logarithm of odds."""
State = Literal["open", "confirmed", "rejected"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion for one version of an article; `citation_id` is the mention that it answers, if it answers one."""

    post: int
    citation_id: int | None
    suggestion: Suggestion

    @property
    def paragraph(self) -> int | None:
        """Where the words stand that speak most for it."""
        return next((e.paragraph for e in self.suggestion.evidence if e.paragraph is not None and e.weight > 0), None)


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion as the store holds it."""

    id: int
    article_id: int
    post: int
    citation_id: int | None
    version: int
    score: float
    level: Level
    paragraph: int | None
    evidence: str
    """JSON: a list of kind, article, post, weight, paragraph."""
    state: State


def find(store: Store, suggestion_id: int) -> Suggested | None:
    """The suggestion with this number, or None."""
    return _suggested(store.one("SELECT * FROM suggestion WHERE id = ?", suggestion_id))


def of_pair(store: Store, article_id: int, post: int) -> Suggested | None:
    """The suggestion that an article speaks of a post, or None."""
    return _suggested(store.one("SELECT * FROM suggestion WHERE article_id = ? AND post = ?", article_id, post))


def _suggested(row: object) -> Suggested | None:
    if row is None:
        return None
    r = dict(row)  # type: ignore[call-overload]  # a sqlite3.Row
    return Suggested(**{name: r[name] for name in Suggested.__dataclass_fields__})


def judged_pairs(store: Store, article_id: int) -> dict[int, State]:
    """Posts of which somebody has said whether the article speaks of them, and what."""
    rows = store.all("SELECT post, state FROM suggestion WHERE article_id = ? AND state != 'open'", article_id)
    return {row["post"]: row["state"] for row in rows}


def put(store: Store, article_id: int, version: int, offers: Sequence[Offer], now: datetime) -> list[Suggested]:
    """Replaces the article's open suggestions by these, best first; gives those that are strong now and were not before.

    What was judged stays as it was judged. The links of the article's mentions follow.
    """
    moment = clock.text(now)
    with store.change() as db:
        before = {
            row["post"]: row
            for row in store.all("SELECT post, level, state FROM suggestion WHERE article_id = ?", article_id)
        }
        left = [post for post, row in before.items() if row["state"] == "open" and post not in {o.post for o in offers}]
        db.executemany("DELETE FROM suggestion WHERE article_id = ? AND post = ?", [(article_id, p) for p in left])
        for offer in offers:
            db.execute(
                """INSERT INTO suggestion (article_id, post, citation_id, version, score, odds, level, paragraph, evidence, made_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (article_id, post) DO UPDATE SET
                citation_id = CASE state WHEN 'confirmed' THEN citation_id ELSE excluded.citation_id END, version = excluded.version,
                score = excluded.score, odds = excluded.odds, level = excluded.level, paragraph = excluded.paragraph, evidence = excluded.evidence,
                updated_at = excluded.updated_at""",
                (
                    *(
                        article_id,
                        offer.post,
                        offer.citation_id,
                        version,
                        offer.suggestion.score,
                        offer.suggestion.odds,
                    ),
                    *(offer.suggestion.level, offer.paragraph, evidence_json(offer.suggestion), moment, moment),
                ),
            )
        settle_links(store, article_id, now)
    strong = [o for o in offers if o.suggestion.level == "strong" and not _was_strong(before.get(o.post))]
    return [found for o in strong if (found := of_pair(store, article_id, o.post)) and found.state == "open"]


def _was_strong(row: object) -> bool:
    return row is not None and dict(row)["level"] == "strong"  # type: ignore[call-overload]  # a sqlite3.Row


def evidence_json(suggestion: Suggestion) -> str:
    """A suggestion's evidence as the store keeps it."""
    return json.dumps([asdict(reason) for reason in suggestion.evidence], ensure_ascii=False)


def claims(store: Store, posts: Iterable[int], but: Iterable[int]) -> list[Claim]:
    """What articles other than these claim of posts."""
    rows = store.all(
        """SELECT p.platform, p.post_id, s.odds FROM suggestion s JOIN post p ON p.id = s.post WHERE s.state != 'rejected'
        AND s.post IN (SELECT value FROM json_each(?)) AND s.article_id NOT IN (SELECT value FROM json_each(?))""",
        json.dumps(sorted(posts)),
        json.dumps(sorted(but)),
    )
    return [(row["platform"], row["post_id"], row["odds"]) for row in rows]


def also_claiming(store: Store, post: int, article_id: int) -> list[int]:
    """Other articles to which the post is suggested as strong."""
    rows = store.all(
        "SELECT article_id FROM suggestion WHERE post = ? AND article_id != ? AND level = 'strong' AND state = 'open'",
        post,
        article_id,
    )
    return [row[0] for row in rows]


def settle_links(store: Store, article_id: int, now: datetime) -> None:
    """Puts the best open suggestion of each of the article's mentions into its link, unless that is confirmed."""
    with store.change() as db:
        db.execute(
            """UPDATE link SET (post, score, state, updated_at) = (SELECT best.post, best.score,
                CASE WHEN best.post IS NULL THEN 'unresolved' ELSE 'suggested' END, :now FROM (SELECT 1) LEFT JOIN (
                    SELECT s.post, s.score FROM suggestion s WHERE s.citation_id = link.citation_id AND s.state = 'open'
                    AND s.score >= :least ORDER BY s.score DESC, s.id LIMIT 1) best)
            WHERE state != 'confirmed' AND citation_id IN
                (SELECT id FROM citation WHERE article_id = :article AND kind = 'mention' AND cited_post_id IS NULL)""",
            {"now": clock.text(now), "least": WORTH_LINKING, "article": article_id},
        )


_LISTED = """SELECT s.*, a.url AS article_url, a.title AS article_title, a.publisher, a.published_at, p.platform, p.post_id,
    p.url AS url, coalesce(p.posted_at, p.id_time) AS posted_at, c.handle, c.name AS author_name, j.decision, j.actor, j.reason,
    j.at AS judged_at, (SELECT w.text FROM post_version v JOIN wording w ON w.sha256 = v.text_sha256 WHERE v.post = p.id
        ORDER BY v.id DESC LIMIT 1) AS text,
    (SELECT m.sha256 FROM media m WHERE m.post = p.id AND m.state = 'kept' ORDER BY m.n LIMIT 1) AS copy
    FROM suggestion s JOIN article a ON a.id = s.article_id JOIN post p ON p.id = s.post JOIN account c ON c.id = p.account_id
    LEFT JOIN judgement j ON j.id = (SELECT max(id) FROM judgement g WHERE g.article_id = s.article_id AND g.post = s.post)"""
_TOLD = (
    *(
        "id",
        "article_url",
        "article_title",
        "publisher",
        "published_at",
        "platform",
        "post_id",
        "url",
        "handle",
        "author_name",
    ),
    *(
        "posted_at",
        "text",
        "copy",
        "score",
        "level",
        "state",
        "paragraph",
        "citation_id",
        "version",
        "decision",
        "actor",
        "reason",
    ),
    *("judged_at", "made_at", "updated_at"),
)

WORTH_A_LOOK = 0.1
"""Suggestions less probable than this are listed where one asks for all, and offered nowhere by themselves."""


def listing(
    store: Store,
    *,
    limit: int | None = None,
    since: str | None = None,
    article_id: int | None = None,
    post: int | None = None,
    suggestion_id: int | None = None,
    states: Iterable[State] = ("open",),
    least: float = 0.0,
) -> list[dict[str, object]]:
    """Suggestions, the strong and likely ones first, each with its evidence; those for mentions that are answered are left out."""
    rows = store.connection.execute(
        f"""{_LISTED} WHERE s.updated_at >= :since AND s.state IN (SELECT value FROM json_each(:states)) AND s.score >= :least
        AND (:article IS NULL OR s.article_id = :article) AND (:post IS NULL OR s.post = :post) AND (:id IS NULL OR s.id = :id)
        AND NOT (s.state = 'open' AND EXISTS (SELECT 1 FROM link l WHERE l.citation_id = s.citation_id AND l.state = 'confirmed'))
        ORDER BY s.level = 'strong' DESC, s.score DESC, s.id LIMIT :limit""",
        {
            "since": since or "",
            "states": json.dumps(sorted(set(states))),
            "least": least,
            "article": article_id,
            "post": post,
            "id": suggestion_id,
            "limit": -1 if limit is None else limit,
        },
    ).fetchall()
    return [{**{name: row[name] for name in _TOLD}, "evidence": json.loads(row["evidence"])} for row in rows]
