"""Cited posts that wait to be looked up: each is a watch of one post, made by a citation."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor import clock
from monitor.store import watches
from monitor.store.open import Store


def waiting(store: Store, platform: str, now: datetime, limit: int) -> list[tuple[int, str]]:
    """(watch id, cited id) of cited posts that are still to be looked up."""
    rows = store.all(
        """SELECT id, post_id FROM watch WHERE kind = 'post' AND origin = 'citation' AND platform = ? AND state = 'active'
        AND next_look_at <= ? ORDER BY id LIMIT ?""",
        platform,
        clock.text(now),
        limit,
    )
    return [(row["id"], row["post_id"]) for row in rows]


def by_known_authors(store: Store, platform: str, post_ids: Sequence[str]) -> set[str]:
    """Those whose author, as an article's address of the post names it, is an account that we know by this handle."""
    rows = store.all(
        f"""SELECT DISTINCT c.cited_post_id FROM citation c JOIN account a ON a.platform = c.platform AND a.handle = c.handle COLLATE NOCASE
        WHERE c.platform = ? AND c.cited_post_id IN ({",".join("?" * len(post_ids))})""",
        platform,
        *post_ids,
    )
    return {row[0] for row in rows}


def due(store: Store, now: datetime) -> list[tuple[int, str, str]]:
    """(watch id, platform, target) of cited posts that are still to be looked up and have no open job of their own."""
    rows = store.all(
        """SELECT id, platform, target FROM watch WHERE state = 'active' AND next_look_at <= ? AND kind = 'post' AND origin = 'citation'
        AND NOT EXISTS (SELECT 1 FROM job WHERE open_key = 'look_up_post:' || target) ORDER BY id""",
        clock.text(now),
    )
    return [(row["id"], row["platform"], row["target"]) for row in rows]


def hasten(store: Store, now: datetime) -> None:
    """Makes every cited post that waits for a later lookup due now."""
    with store.change() as db:
        db.execute(
            """UPDATE watch SET next_look_at = ? WHERE state = 'active' AND next_look_at > ? AND kind = 'post'
            AND origin = 'citation'""",
            (clock.text(now), clock.text(now)),
        )


def put_off(store: Store, watch_id: int, error: str, now: datetime, *, most: int = 0) -> None:
    """A lookup that gave nothing: the next in an hour, then in two, four... to a day; `most` of them end it (0: never)."""
    failures = int(str(store.value("SELECT failures FROM watch WHERE id = ?", watch_id) or 0)) + 1
    later = now + min(timedelta(hours=2 ** min(failures - 1, 5)), timedelta(days=1))
    with store.change() as db:
        db.execute(
            "UPDATE watch SET failures = ?, last_error = ?, last_look_at = ?, next_look_at = ? WHERE id = ?",
            (failures, error, clock.text(now), clock.text(later), watch_id),
        )
    if most and failures >= most:
        watches.set_state(store, watch_id, "done", error)
