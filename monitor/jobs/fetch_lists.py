"""What every look at a list does: ask for it in turn, keep the exchange, tell of a first look once."""

from typing import TYPE_CHECKING

from monitor.errors import PostwatchError
from monitor.jobs.context import Context
from monitor.jobs.telling import first_look, tell
from monitor.model.exchange import Exchange
from monitor.store import captures
from monitor.store.watches import Watch

if TYPE_CHECKING:
    from monitor.articles.discover_list import FetchedList

LARGEST_KEPT = 1_048_576
"""Bytes of a list, as served, that are kept; of a larger one the hash."""


def fetch(
    context: Context, watch: Watch, url: str, etag: str | None, last_modified: str | None, *, is_part: bool = False
) -> "FetchedList":
    """A list of the watch, or a part of one, which is never a page. A failure is kept, and raised."""
    from monitor.articles.discover_list import fetch_list

    context.wait_turn(url)
    try:
        return fetch_list(
            context.web,
            url,
            context.reader.links,
            kind=watch.list_kind,
            has_pattern=bool(watch.pattern) and not is_part,
            etag=etag,
            last_modified=last_modified,
        )
    except PostwatchError as exc:
        context.record_failure(f"feed:{watch.url}", exc)
        raise


def record(context: Context, watch: Watch, exchange: Exchange) -> None:
    """The capture of a list. Of a large one, which comes anew with every article, only the hash is kept."""
    small = len(exchange.body) <= LARGEST_KEPT
    captures.record(context.store, exchange, subject=f"feed:{watch.url}", asked_by=context.agent, keep_body=small)


def tell_first_look(context: Context, watch: Watch, count: int, noun: str, *, first: bool) -> None:
    """The one summary of a silent first look."""
    if first and count and not watch.tell_backfill:
        tell(context, first_look(watch.id, str(watch.url), count, noun))
