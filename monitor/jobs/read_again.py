"""Reading articles again on a schedule that thins out.

A reading that fails costs nothing: the next one is tried at its time. What is new is told by `read_articles.py` as always.
"""

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlsplit

from monitor import clock
from monitor.errors import HostBusy, PostwatchError
from monitor.jobs import article_changes, ask_robots, read_articles
from monitor.jobs.context import Context
from monitor.store import article_turns
from monitor.store.jobs import enqueue

_AT_ONCE = 200


def queue_due(context: Context) -> int:
    """A job for each article whose turn it is; gives how many were added."""
    added = 0
    for turn in article_turns.due(context.store, clock.now(), _AT_ONCE):
        host = urlsplit(turn.url).netloc
        payload = {"article": turn.id, "url": turn.url}
        added += enqueue(context.store, "read_again", turn.url, payload, now=clock.now(), host=host, priority=6)
    return added


def run(context: Context, payload: Mapping[str, object]) -> None:
    """Reads one article again."""
    article_id, url = int(str(payload["article"])), str(payload["url"])
    origin = article_turns.origin_of(context.store, article_id)
    article_changes.plan_next(context, article_id)
    may_read = partial(ask_robots.demand_allowed, context)
    try:
        # An article that a person named by its address is read whatever robots.txt says.
        if origin.watch_id is not None:
            may_read(url)
        read_articles.read(
            context, url, origin, silent=False, may_follow=may_read if origin.watch_id is not None else None
        )
    except ask_robots.Forbidden as exc:
        ask_robots.note(context, url, origin.watch_id, exc, silent=True)
    except HostBusy:
        article_turns.plan(context.store, article_id, clock.now())
        raise
    except PostwatchError:
        # Kept as a failed capture by the reading itself.
        return
