"""What a list named and we did not read, and why: nothing is left out in silence."""

from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An address or file that was left out. `site` is the site or folder that it belongs to."""

    id: int
    url: str
    watch_id: int | None
    silent: bool
    """Whether it was named by a first look, which tells of nothing."""


def add(
    store: Store,
    site: str,
    url: str,
    watch_id: int | None,
    reason: str,
    detail: str,
    now: datetime,
    *,
    silent: bool = False,
) -> None:
    """Records it, once for each watch and reason as long as it lasts."""
    moment = clock.text(now)
    with store.change() as db:
        db.execute(
            """INSERT INTO left_out (site, url, watch_id, reason, detail, silent, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (url, reason, coalesce(watch_id, 0)) WHERE ended_at IS NULL
            DO UPDATE SET last_at = excluded.last_at, detail = excluded.detail""",
            (site, url, watch_id, reason, detail, int(silent), moment, moment),
        )


def of_site(store: Store, site: str, reasons: tuple[str, ...]) -> list[LeftOut]:
    """What is left out of a site for one of these reasons, oldest first."""
    rows = store.all(
        f"""SELECT id, url, watch_id, silent FROM left_out WHERE site = ? AND ended_at IS NULL
        AND reason IN ({",".join("?" * len(reasons))}) ORDER BY id""",
        site,
        *reasons,
    )
    return [LeftOut(row["id"], row["url"], row["watch_id"], bool(row["silent"])) for row in rows]


def end(store: Store, row_id: int, now: datetime) -> None:
    """It is read after all."""
    with store.change() as db:
        db.execute("UPDATE left_out SET ended_at = ? WHERE id = ?", (clock.text(now), row_id))


def end_of(store: Store, url: str, now: datetime) -> None:
    """An address or file was read: whatever kept it out is over."""
    with store.change() as db:
        db.execute("UPDATE left_out SET ended_at = ? WHERE url = ? AND ended_at IS NULL", (clock.text(now), url))


def listing(store: Store, *, limit: int | None = None, since: str | None = None) -> list[dict[str, object]]:
    """The rows of `articles left-out --json`, oldest first; a limit takes the newest."""
    rows = store.all(
        """SELECT * FROM (SELECT l.*, w.target AS watch FROM left_out l LEFT JOIN watch w ON w.id = l.watch_id
        WHERE l.last_at >= ? ORDER BY l.id DESC LIMIT ?) ORDER BY id""",
        since or "",
        -1 if limit is None else limit,
    )
    keys = ("url", "reason", "detail", "watch_id", "watch", "first_at", "last_at", "ended_at")
    return [{key: row[key] for key in keys} for row in rows]


def counts(store: Store) -> dict[str, int]:
    """How many are left out now, by reason."""
    rows = store.all("SELECT reason, count(*) FROM left_out WHERE ended_at IS NULL GROUP BY reason ORDER BY reason")
    return {row[0]: row[1] for row in rows}
