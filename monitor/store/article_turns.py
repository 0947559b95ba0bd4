"""When articles are read again: whose turn it is, and what a reading is held against."""

import json
from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.model.edition import Version
from monitor.store import contents, editions
from monitor.store.articles import Origin, find
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class Turn:
    """An article as the schedule sees it. `published_at`: when it was first seen, where it does not tell."""

    id: int
    url: str
    published_at: datetime
    close: bool
    """Our own, or flagged."""
    cites: bool


_SELECT = """SELECT a.id, a.url, coalesce(a.published_at, a.seen_at) AS published_at, (a.own OR a.flagged != '') AS close,
    EXISTS (SELECT 1 FROM citation c WHERE c.article_id = a.id AND c.confidence >= 0.5 AND c.kind != 'mention') AS cites FROM article a"""


def turn_of(store: Store, article_id: int) -> Turn:
    """The article's turn."""
    row = store.one(f"{_SELECT} WHERE a.id = ?", article_id)
    assert row is not None
    return Turn(row["id"], row["url"], clock.parse(row["published_at"]), bool(row["close"]), bool(row["cites"]))


def due(store: Store, now: datetime, limit: int) -> list[Turn]:
    """Articles that are to be read again now, the longest overdue first."""
    rows = store.all(
        f"{_SELECT} WHERE a.next_read_at <= ? AND a.status = 'published' ORDER BY a.next_read_at LIMIT ?",
        clock.text(now),
        limit,
    )
    return [Turn(r["id"], r["url"], clock.parse(r["published_at"]), bool(r["close"]), bool(r["cites"])) for r in rows]


def plan(store: Store, article_id: int, next_read_at: datetime | None) -> None:
    """Sets the next reading; None for no more."""
    with store.change() as db:
        db.execute("UPDATE article SET next_read_at = ? WHERE id = ?", (clock.text_or_none(next_read_at), article_id))


def origin_of(store: Store, article_id: int) -> Origin:
    """Who asked for the article first."""
    row = store.one("SELECT feed_watch_id, own, desk FROM article WHERE id = ?", article_id)
    assert row is not None
    return Origin(row["feed_watch_id"], bool(row["own"]), row["desk"])


def flag(store: Store, url: str, reason: str, now: datetime) -> bool:
    """Flags an article for closer looks, or takes the flag away (''); False when no article has this address."""
    article_id = find(store, url)
    if article_id is None:
        return False
    with store.change() as db:
        db.execute("UPDATE article SET flagged = ? WHERE id = ?", (reason, article_id))
        if reason:
            plan(store, article_id, now)
            db.execute(
                """UPDATE sight SET next_look_at = ? WHERE next_look_at > ? AND state != 'gone' AND (platform, post_id) IN
                (SELECT platform, cited_post_id FROM citation WHERE article_id = ?)""",
                (clock.text(now), clock.text(now), article_id),
            )
    return True


@dataclass(frozen=True, slots=True)
class Before:
    """What was known of an article before a reading."""

    version: int
    corrections: tuple[str, ...]
    embeds: dict[str, str]
    """Key of each embed that the last version holds -> its words."""


def before(store: Store, article_id: int) -> Before:
    """What a reading is held against."""

    row = store.one(
        "SELECT corrections, (SELECT max(n) FROM article_version v WHERE v.article_id = a.id) AS n FROM article a WHERE id = ?",
        article_id,
    )
    assert row is not None
    places = store.all(
        """SELECT c.key, p.text_sha256 FROM citation c JOIN citation_place p ON p.citation_id = c.id AND p.version = c.last_version
        WHERE c.article_id = ? AND c.kind = 'embed' AND c.last_version = ? ORDER BY p.n DESC""",
        article_id,
        row["n"] or 0,
    )
    embeds = {place["key"]: contents.text(store, place["text_sha256"]) or "" for place in places}
    return Before(row["n"] or 0, tuple(json.loads(row["corrections"])), embeds)


def last_two(store: Store, article_id: int) -> list[Version]:
    """The two newest versions, the older first."""
    return editions.versions(store, article_id)[-2:]
