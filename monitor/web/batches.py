"""A part of a listing, newest first, and where the next one begins: the same for pages and for programs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

from monitor.durations import since_text
from monitor.store import alerts, articles, cases, links, posts, reading, watches
from monitor.store.open import Store
from monitor.web.problems import Problem

Row = dict[str, object]
MOST = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which part: at most `limit` rows, after the `cursor` of the part before, none that came earlier than `since`."""

    limit: int
    cursor: str | None
    since: str | None


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows, and the cursor of what follows; None at the end."""

    items: Sequence[Row]
    next: str | None


def chosen(
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")] = 50,
    cursor: Annotated[str | None, Query(max_length=300, description="`next` of the part before.")] = None,
    since: Annotated[
        str | None, Query(max_length=40, description='Only what came since a time, a date, or an age such as "2d".')
    ] = None,
) -> Chosen:
    """What every listing can be asked for."""
    try:
        return Chosen(limit, cursor or None, since_text(since) if since else None)
    except ValueError as exc:
        raise Problem(422, f"since: {exc}") from exc


def _batch(rows: Sequence[Row], limit: int, key: Callable[[Row], object]) -> Batch:
    """`rows` were asked for one more than `limit`, newest first."""
    more = len(rows) > limit
    kept = rows[:limit]
    return Batch(kept, str(key(kept[-1])) if more else None)


def _number(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise Problem(422, "cursor: send back what `next` held")
    return int(cursor)


@dataclass(frozen=True, slots=True)
class PostFilter:
    """Which posts."""

    platform: str | None = None
    handle: str | None = None
    availability: str | None = None
    video: bool = False
    account: int | None = None
    words: str | None = None


def of_posts(store: Store, chosen: Chosen, wanted: PostFilter) -> Batch:
    """Posts."""
    before = None
    if chosen.cursor is not None:
        platform, _, post_id = chosen.cursor.partition(":")
        before = posts.find(store, platform, post_id)
        if before is None:
            raise Problem(422, "cursor: send back what `next` held")
    rows = reading.posts(
        store,
        limit=chosen.limit + 1,
        since=chosen.since,
        before=before,
        platform=wanted.platform,
        handle=wanted.handle.lstrip("@") if wanted.handle else None,
        availability=wanted.availability,
        video=wanted.video,
        account=wanted.account,
        words=wanted.words,
    )
    return _batch(rows[::-1], chosen.limit, lambda row: f"{row['platform']}:{row['post_id']}")


def of_articles(store: Store, chosen: Chosen, *, own: bool | None = None, publisher: str | None = None) -> Batch:
    """Articles."""
    rows = articles.listing(
        store,
        limit=chosen.limit + 1,
        since=chosen.since,
        before=_number(chosen.cursor),
        own=own,
        publisher=publisher,
    )
    return _batch(rows[::-1], chosen.limit, lambda row: row["id"])


def of_links(
    store: Store,
    chosen: Chosen,
    *,
    state: str | None = None,
    platform: str | None = None,
    article: int | None = None,
    post: int | None = None,
) -> Batch:
    """Citations with the posts they lead to."""
    told_only = (chosen.cursor or "").startswith("s")
    number = _number(chosen.cursor[1:] if chosen.cursor and told_only else chosen.cursor)
    rows = links.listing(
        store,
        limit=chosen.limit + 1,
        since=chosen.since,
        before=None if told_only else number,
        before_suggestion=number if told_only else None,
        state=state,
        platform=platform,
        article=article,
        post=post,
    )
    # A suggestion that answers no sentence has no citation, and stands before all that have.
    return _batch(rows[::-1], chosen.limit, lambda row: f"s{row['suggestion']}" if row["id"] is None else row["id"])


def of_alerts(store: Store, chosen: Chosen, *, kind: str | None = None, priority: str | None = None) -> Batch:
    """Alerts."""
    rows = alerts.listing(
        store, limit=chosen.limit + 1, since=chosen.since, before=chosen.cursor, kind=kind, priority=priority
    )
    return _batch(rows[::-1], chosen.limit, lambda row: row["id"])


def of_watches(
    store: Store, chosen: Chosen, *, cited: bool = False, kind: str | None = None, state: str | None = None
) -> Batch:
    """Watches, in the order in which they were made."""
    rows = watches.listing(
        store,
        limit=chosen.limit + 1,
        since=chosen.since,
        after=_number(chosen.cursor),
        cited=cited,
        kind=kind,
        state=state,
    )
    return _batch(rows, chosen.limit, lambda row: row["id"])


def of_search(store: Store, chosen: Chosen, words: str) -> Batch:
    """Posts and articles that hold the words."""
    rows, following = reading.search_part(
        store, words, limit=chosen.limit, since=chosen.since, before=_number(chosen.cursor)
    )
    return Batch(rows, None if following is None else str(following))


def of_cases(store: Store, chosen: Chosen, *, state: str | None = None, assignee: str | None = None) -> Batch:
    """Cases."""
    rows = cases.listing(
        store,
        limit=chosen.limit + 1,
        since=chosen.since,
        before=_number(chosen.cursor),
        state=state,
        assignee=assignee,
    )
    return _batch(rows[::-1], chosen.limit, lambda row: row["id"])
