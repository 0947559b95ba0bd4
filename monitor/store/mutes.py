"""Mutes: what nobody wants to hear of for a while. The alert is listed all the same, its deliveries set aside."""

from collections.abc import Iterable
from datetime import datetime

from monitor import clock
from monitor.store.open import Store

WHATS = ("rule", "kind", "account", "tag", "article", "publisher", "desk", "about", "channel")


def add(store: Store, what: str, value: str, *, until: datetime | None, reason: str, actor: str, now: datetime) -> int:
    """A mute's id. `what` is one of WHATS; an account is written "platform:id" or "platform:handle"; `until` None: for ever."""
    with store.change() as db:
        row = db.execute(
            "INSERT INTO mute (what, value, until, reason, actor, at) VALUES (?, ?, ?, ?, ?, ?)",
            (what, value, clock.text_or_none(until), reason, actor, clock.text(now)),
        )
    return int(row.lastrowid or 0)


def end(store: Store, mute_id: int, actor: str, now: datetime) -> bool:
    """Ends a mute; False when there is no such open one."""
    with store.change() as db:
        row = db.execute(
            "UPDATE mute SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL",
            (clock.text(now), actor, mute_id),
        )
    return row.rowcount == 1


def standing(store: Store, pairs: Iterable[tuple[str, str]], now: datetime) -> str | None:
    """In words, a mute that stands for one of these (what, value) now; values are compared whatever their case."""
    wanted = {(what, value.casefold()) for what, value in pairs}
    rows = store.all(
        "SELECT what, value, until, actor FROM mute WHERE ended_at IS NULL AND (until IS NULL OR until > ?)",
        clock.text(now),
    )
    for row in rows:
        if (row["what"], row["value"].casefold()) in wanted:
            until = f" until {row['until']}" if row["until"] else ""
            return f"{row['what']} {row['value']} is muted{until} by {row['actor']}"
    return None


def listing(store: Store, now: datetime, *, everything: bool = False) -> list[dict[str, object]]:
    """Mutes that stand; `everything` gives those that ended, too."""
    rows = store.all(
        """SELECT id, what, value, until, reason, actor, at, ended_at, ended_by FROM mute
        WHERE ? OR (ended_at IS NULL AND (until IS NULL OR until > ?)) ORDER BY id""",
        everything,
        clock.text(now),
    )
    return [dict(row) for row in rows]
