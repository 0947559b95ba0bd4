"""What was done at the desk, by whom: appended, never changed. And the desk's own state, its kill switch first."""

import json
from collections.abc import Mapping
from datetime import datetime

from monitor import clock
from monitor.model.desk import Lock
from monitor.store.open import Store


def note(
    store: Store,
    actor: str,
    action: str,
    object_: str,
    now: datetime,
    *,
    detail: Mapping[str, object] | None = None,
    address: str = "",
    request: str = "",
) -> None:
    """One line. Call it inside the change that it tells of."""
    with store.change() as db:
        db.execute(
            "INSERT INTO audit (at, actor, action, object, detail, address, request) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                clock.text(now),
                actor,
                action,
                object_,
                json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True),
                address,
                request,
            ),
        )


def listing(
    store: Store, *, limit: int, before: int | None = None, about: str | None = None
) -> list[dict[str, object]]:
    """The newest lines first, of one object where one is named; `before` a line's number goes on from there."""
    rows = store.all(
        f"""SELECT * FROM audit WHERE {"object = ?" if about is not None else "? IS NULL"} AND seq < ? ORDER BY seq DESC LIMIT ?""",
        about,
        2**62 if before is None else before,
        limit,
    )
    return [{**dict(row), "detail": json.loads(row["detail"])} for row in rows]


def lock(store: Store) -> Lock:
    """How far the desk is open."""
    found = store.value_text("SELECT value FROM desk_state WHERE name = 'lock'")
    return found if found in ("read_only", "no_access") else "open"  # type: ignore[return-value]  # one of Lock


def set_lock(store: Store, state: Lock, by: str, now: datetime) -> None:
    """Opens or closes the desk."""
    with store.change() as db:
        db.execute(
            """INSERT INTO desk_state (name, value, by, at) VALUES ('lock', ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, by = excluded.by, at = excluded.at""",
            (state, by, clock.text(now)),
        )
