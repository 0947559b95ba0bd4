"""When an account posts: posts an hour of the day and a day of the week, over its newest."""

from collections.abc import Sequence
from datetime import tzinfo

from monitor import clock
from monitor.store.open import Store

_NEWEST = 2000
NEWEST_CITED = 200
"""Posts of an account whose citations are counted."""


def account(store: Store, platform: str, stable_id: str) -> dict[str, object] | None:
    """The account's row, its names so far, and how many of its posts we keep; None without it."""
    row = store.one("SELECT * FROM account WHERE platform = ? AND platform_id = ?", platform, stable_id)
    if row is None:
        return None
    names = store.all(
        "SELECT handle, name, first_seen_at FROM account_handle WHERE account_id = ? ORDER BY id DESC LIMIT 50",
        row["id"],
    )
    watched = store.one(
        "SELECT id, state, purpose, desk FROM watch WHERE account_id = ? AND kind = 'account'", row["id"]
    )
    cited = store.value(
        """SELECT count(DISTINCT c.article_id) FROM (SELECT id FROM post WHERE account_id = ? ORDER BY id DESC LIMIT ?) p
        JOIN link l ON l.post = p.id AND l.state = 'confirmed' JOIN citation c ON c.id = l.citation_id""",
        row["id"],
        NEWEST_CITED,
    )
    return {
        **dict(row),
        "names": [dict(name) for name in names],
        "watch": dict(watched) if watched else None,
        "posts": store.value("SELECT count(*) FROM post WHERE account_id = ?", row["id"]),
        "articles": cited,
    }


def of_account(store: Store, account_id: int, zone: tzinfo) -> tuple[Sequence[Sequence[int]], int]:
    """Posts by day of the week (Monday first) and hour, in a zone; and of how many posts."""
    # The index holds the times: no row of a post is read.
    rows = store.all(
        "SELECT posted_at FROM post WHERE account_id = ? AND posted_at IS NOT NULL ORDER BY posted_at DESC LIMIT ?",
        account_id,
        _NEWEST,
    )
    grid = [[0] * 24 for _ in range(7)]
    counted = 0
    for (text,) in rows:
        moment = clock.parse_or_none(text)
        if moment is not None:
            local = moment.astimezone(zone)
            grid[local.weekday()][local.hour] += 1
            counted += 1
    return grid, counted
