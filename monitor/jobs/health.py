"""Whether `run` is well, told by what it has done lately, not by its being there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor import clock
from monitor.errors import PostwatchError
from monitor.store import summary, watches
from monitor.store.open import LedgerError, open_store

if TYPE_CHECKING:
    from monitor.jobs.context import Context
    from monitor.jobs.engine import Engine

STALLED_SECONDS = 60.0
WAITING_SECONDS = 300.0
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `well` False means that somebody should come."""

    name: str
    well: bool
    words: str


def checks(context: "Context", engine: "Engine") -> list[Check]:
    """Ledger, engine, deliveries, watches and room, each with what is wrong."""
    try:
        with open_store(context.settings.database) as store:
            now = clock.now()
            waited = summary.longest_wait_seconds(store, now)
            silent = watches.silent(store, now, _MOST_NAMED)
            store.value("SELECT count(*) FROM watch")
    except (LedgerError, PostwatchError) as exc:
        return [Check("ledger", False, str(exc)), _engine(engine)]
    names = ", ".join(str(row[1]) for row in silent)
    return [
        Check("ledger", True, "answers"),
        _engine(engine),
        Check("deliveries", waited <= WAITING_SECONDS, f"the oldest that is due has waited {waited:.0f} s"),
        Check("watches", not silent, f"silent: {names}" if silent else "none has fallen silent"),
        _room(context),
    ]


def _engine(engine: "Engine") -> Check:
    idle = engine.seconds_since_beat()
    return Check("engine", idle <= STALLED_SECONDS, f"its loop last turned {idle:.0f} s ago")


def _room(context: "Context") -> Check:
    free, least = context.vault.free_bytes(), context.options.media.min_free_bytes
    return Check("room", free >= least, f"{free} bytes free, {least} needed for downloads")
