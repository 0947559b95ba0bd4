"""Which posts are observed, when each is looked at next, and what the looks add up to.

`sight` is what we think now, one row a post; `sight_verdict` every verdict that there was, never changed; the looks themselves
are rows of `observation`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import clock
from monitor.model.sight import Look, Shown, State, Verdict
from monitor.store.open import Store

_LOOKS_KEPT = 200
"""Looks before these are settled by the verdict that followed them."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A post under observation. `post` is its row where we keep it; `version_id` the id to ask for."""

    id: int
    platform: str
    post_id: str
    url: str | None
    post: int | None
    version_id: str
    account_id: str | None
    """The platform's stable id of the author, where we know it."""
    cited_handle: str | None
    """The author's handle as an article's address of the post tells it: all that we know of one that we never saw."""
    state: State
    since: datetime | None
    reason: str | None
    before_us: bool
    cited_at: datetime
    editable_until: datetime | None
    close: bool
    """Whether it is looked at more often: it stands in an article that is our own or flagged, is pinned, or is held."""
    pinned: bool
    misses: int


_OWN_CITES = "JOIN article r ON r.id = c.article_id WHERE (r.own OR r.flagged != '') AND r.status = 'published' AND"
_CLOSE = f"""(s.pinned OR EXISTS (SELECT 1 FROM hold h WHERE h.post = s.post AND h.released_at IS NULL)
    OR EXISTS (SELECT 1 FROM link l JOIN citation c ON c.id = l.citation_id {_OWN_CITES} l.post = s.post AND l.state = 'confirmed')
    OR EXISTS (SELECT 1 FROM citation c {_OWN_CITES} c.platform = s.platform AND c.cited_post_id = s.post_id))"""
_SELECT = f"""SELECT s.*, p.latest_version_id, p.editable_until, a.platform_id AS account_id, {_CLOSE} AS close,
    (SELECT min(c.handle) FROM citation c WHERE c.platform = s.platform AND c.cited_post_id = s.post_id) AS cited_handle
    FROM sight s LEFT JOIN post p ON p.id = s.post LEFT JOIN account a ON a.id = p.account_id"""


def _sight(row: object) -> Sight:
    r = dict(row)  # type: ignore[call-overload]  # a sqlite3.Row
    return Sight(
        id=r["id"],
        platform=r["platform"],
        post_id=r["post_id"],
        url=r["url"],
        post=r["post"],
        version_id=r["latest_version_id"] or r["post_id"],
        account_id=r["account_id"],
        cited_handle=r["cited_handle"],
        state=r["state"],
        since=clock.parse_or_none(r["since"]),
        reason=r["reason"],
        before_us=bool(r["before_us"]),
        cited_at=clock.parse(r["cited_at"]),
        editable_until=clock.parse_or_none(r["editable_until"]),
        close=bool(r["close"]),
        pinned=bool(r["pinned"]),
        misses=r["misses"],
    )


def ensure(
    store: Store, platform: str, post_id: str, url: str | None, post: int | None, now: datetime, first: datetime
) -> None:
    """Observes a post from now on, `first` being the first look to come; a known one only learns its row."""
    with store.change() as db:
        db.execute(
            """INSERT INTO sight (platform, post_id, url, post, cited_at, next_look_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (platform, post_id) DO UPDATE SET post = coalesce(excluded.post, post), url = coalesce(url, excluded.url)""",
            (platform, post_id, url, post, clock.text(now), clock.text(first)),
        )


def adopt(store: Store, platform: str, cited_id: str, post: int) -> None:
    """A post came that was observed by the id that an article gave: it is known by its first version's id from now on."""
    with store.change() as db:
        first = store.value_text("SELECT post_id FROM post WHERE id = ?", post)
        if first != cited_id:
            db.execute(
                "UPDATE OR IGNORE sight SET post_id = ? WHERE platform = ? AND post_id = ?", (first, platform, cited_id)
            )
            db.execute("DELETE FROM sight WHERE platform = ? AND post_id = ?", (platform, cited_id))
        db.execute("UPDATE sight SET post = ? WHERE platform = ? AND post_id = ?", (post, platform, first))


def find(store: Store, platform: str, post_id: str) -> Sight | None:
    """The observed post with this id, or None."""
    row = store.one(f"{_SELECT} WHERE s.platform = ? AND s.post_id = ?", platform, post_id)
    return None if row is None else _sight(row)


def due(store: Store, platform: str, now: datetime, limit: int) -> list[Sight]:
    """Posts whose look is due, the longest overdue first."""
    rows = store.all(
        f"{_SELECT} WHERE s.platform = ? AND s.next_look_at <= ? ORDER BY s.next_look_at, s.id LIMIT ?",
        platform,
        clock.text(now),
        limit,
    )
    return [_sight(row) for row in rows]


def platforms_due(store: Store, now: datetime) -> list[str]:
    """Platforms of which at least one post is due."""
    rows = store.all("SELECT DISTINCT platform FROM sight WHERE next_look_at <= ?", clock.text(now))
    return [row[0] for row in rows]


def cited_times(store: Store, platform: str) -> list[tuple[datetime, bool]]:
    """When each observed post of a platform was first cited, and whether it is looked at closely; what is gone costs nothing
    and is left out."""
    rows = store.all(
        f"SELECT cited_at, {_CLOSE} AS close FROM sight s WHERE platform = ? AND state != 'gone'", platform
    )
    return [(clock.parse(row["cited_at"]), bool(row["close"])) for row in rows]


def cited_lately(store: Store, platform: str, now: datetime, span: timedelta) -> tuple[int, float]:
    """(posts first cited within the span, days of it in which anything was observed)."""
    row = store.one(
        "SELECT count(*) AS n, min(cited_at) AS first FROM sight WHERE platform = ? AND cited_at > ?",
        platform,
        clock.text(now - span),
    )
    if row is None or row["first"] is None:
        return 0, 0.0
    return int(row["n"]), (now - clock.parse(row["first"])) / timedelta(days=1)


def accounts_observed(store: Store, platform: str) -> int:
    """How many accounts have a post under observation that is not gone."""
    found = store.value(
        "SELECT count(DISTINCT p.account_id) FROM sight s JOIN post p ON p.id = s.post WHERE s.platform = ? AND s.state != 'gone'",
        platform,
    )
    return int(str(found))


def last_answered(store: Store, sight: Sight) -> datetime | None:
    """When a look at the post last had an answer, whatever it said."""
    found = store.value_text(
        "SELECT max(at) FROM observation WHERE platform = ? AND post_id = ? AND coalesce(shown, seen) NOT IN ('unanswered', 'unknown')",
        sight.platform,
        sight.post_id,
    )
    return clock.parse_or_none(found)


def post_id_of(store: Store, platform: str, version_id: str) -> str:
    """The id by which we know the post that has this version."""
    found = store.value_text(
        "SELECT post_id FROM post WHERE platform = ? AND latest_version_id = ?", platform, version_id
    )
    return found or version_id


def is_final(store: Store, sight: Sight) -> bool:
    """Whether the post can change no more: X's API showed it after the end of its edit window."""
    if sight.editable_until is None:
        return False
    seen = store.value(
        "SELECT 1 FROM observation WHERE platform = ? AND post_id = ? AND method = 'x-api' AND seen = 'available' AND at > ? LIMIT 1",
        sight.platform,
        sight.post_id,
        clock.text(sight.editable_until),
    )
    return seen is not None


def text_of(store: Store, sight: Sight) -> str | None:
    """The words that we keep of the post's newest version, or None."""
    return store.value_text(
        """SELECT w.text FROM post p JOIN post_version v ON v.platform = p.platform AND v.version_id = p.latest_version_id
        JOIN wording w ON w.sha256 = v.text_sha256 WHERE p.id = ?""",
        sight.post,
    )


def controls(store: Store, platform: str, but: Iterable[str], limit: int) -> list[tuple[str, str, str]]:
    """(post id, id to ask for, author) of posts that were last seen available, by authors other than those named, the latest first."""
    others = sorted(set(but))
    marks = ",".join("?" * len(others))
    rows = store.all(
        f"""SELECT p.post_id, p.latest_version_id, a.platform_id FROM post p JOIN account a ON a.id = p.account_id
        LEFT JOIN sight s ON s.post = p.id
        WHERE p.platform = ? AND a.platform_id NOT IN ({marks}) AND a.protected = 0
        AND coalesce(s.state, 'available') IN ('available', 'restored')
        AND (SELECT o.seen FROM observation o WHERE o.platform = p.platform AND o.post_id = p.post_id AND o.seen NOT IN ('unanswered', 'unknown')
            ORDER BY o.id DESC LIMIT 1) = 'available'
        ORDER BY coalesce(s.last_look_at, p.seen_at) DESC LIMIT ?""",
        platform,
        *others,
        limit,
    )
    return [(row[0], row[1], row[2]) for row in rows]


def note(store: Store, platform: str, post_id: str, look: Look, *, seen: str, capture_id: int | None) -> None:
    """One look that did not show the post, or that could not be had. What shows it is written with the post."""
    with store.change() as db:
        db.execute(
            """INSERT INTO observation (platform, post_id, method, at, seen, shown, detail, author, control, capture_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                platform,
                post_id,
                look.method,
                clock.text(look.at),
                seen,
                look.shown,
                look.detail,
                look.author,
                look.control,
                capture_id,
            ),
        )


def looks(store: Store, platform: str, post_id: str) -> list[Look]:
    """All looks at a post, oldest first."""
    rows = store.all(
        """SELECT * FROM (SELECT id, at, method, seen, shown, detail, author, control FROM observation
        WHERE platform = ? AND post_id = ? ORDER BY id DESC LIMIT ?) ORDER BY id""",
        platform,
        post_id,
        _LOOKS_KEPT,
    )
    return [
        Look(
            clock.parse(r["at"]),
            r["method"],
            r["shown"] or _SHOWN_OF.get(r["seen"], "unanswered"),
            r["detail"],
            r["author"],
            r["control"],
        )
        for r in rows
    ]


_SHOWN_OF: dict[str, Shown] = {
    "available": "available",
    "not_found": "absent",
    "not_authorized": "refused",
    "suspended": "refused",
    "withheld": "withheld",
    "copyright": "copyright",
}
"""What the first look-up of a cited post wrote, before it was observed."""


def settle(
    store: Store, sight: Sight, verdict: Verdict | None, now: datetime, next_look_at: datetime, misses: int
) -> None:
    """Writes what the looks add up to, and when the next one is; a verdict that is new is kept for good."""
    moment = clock.text(now)
    with store.change() as db:
        if verdict is None:
            db.execute(
                "UPDATE sight SET last_look_at = ?, next_look_at = ?, misses = ? WHERE id = ?",
                (moment, clock.text(next_look_at), misses, sight.id),
            )
            return
        db.execute(
            """UPDATE sight SET state = ?, reason = ?, since = ?, evidence = ?, before_us = ?, last_look_at = ?, next_look_at = ?,
            misses = ? WHERE id = ?""",
            (
                *(verdict.state, verdict.reason, clock.text(verdict.since), verdict.evidence, int(verdict.before_us)),
                *(moment, clock.text(next_look_at), misses, sight.id),
            ),
        )
        if (verdict.state, verdict.reason) != (sight.state, sight.reason):
            db.execute(
                "INSERT INTO sight_verdict (platform, post_id, state, reason, since, evidence, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    *(sight.platform, sight.post_id, verdict.state, verdict.reason, clock.text(verdict.since)),
                    *(verdict.evidence, moment),
                ),
            )


def put_off(store: Store, sights: Sequence[Sight], until: datetime) -> None:
    """Moves looks that could not be made."""
    with store.change() as db:
        db.executemany("UPDATE sight SET next_look_at = ? WHERE id = ?", [(clock.text(until), s.id) for s in sights])


def articles_citing(store: Store, sight: Sight) -> list[dict[str, object]]:
    """Articles whose newest version cites the post: url, title, own, published_at, paragraph; our own first."""
    rows = store.all(
        """SELECT r.url, r.title, r.own, r.published_at, r.desk, (SELECT min(paragraph) FROM citation_place s WHERE s.citation_id = c.id
            AND s.version = c.last_version) AS paragraph
        FROM citation c JOIN article r ON r.id = c.article_id LEFT JOIN link l ON l.citation_id = c.id
        WHERE c.id IN (SELECT id FROM citation WHERE platform = ? AND cited_post_id = ? UNION SELECT citation_id FROM link WHERE post = ?)
        AND r.status = 'published'
        AND c.confidence >= 0.5 AND c.last_version = (SELECT max(n) FROM article_version v WHERE v.article_id = r.id)
        AND coalesce(l.state, 'unresolved') != 'suggested'
        ORDER BY r.own DESC, r.published_at, r.id""",
        sight.platform,
        sight.post_id,
        sight.post,
    )
    return [dict(row) for row in rows]


def observe(store: Store, post: int, now: datetime) -> None:
    """Looks at a kept post from now on, whoever cites it."""
    row = store.one("SELECT platform, post_id, url FROM post WHERE id = ?", post)
    if row is not None:
        ensure(store, row["platform"], row["post_id"], row["url"], post, now, now)


def pin(store: Store, post: int, now: datetime, *, on: bool) -> None:
    """Looks at a post often, whoever cites it, or no longer."""
    with store.change() as db:
        observe(store, post, now)
        db.execute("UPDATE sight SET pinned = ?, next_look_at = ? WHERE post = ?", (int(on), clock.text(now), post))
