"""An account: its rhythm, its names so far, its posts."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from monitor.model.desk import Actor
from monitor.store import rhythm
from monitor.store.open import Store
from monitor.web import batches
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen, PostFilter
from monitor.web.desk import Desk
from monitor.web.pages.posts import poster_for
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(prefix="/accounts", include_in_schema=False)
Profile = tuple[dict[str, object], Sequence[Sequence[int]], int]
"""An account's row, its rhythm (posts by day of the week, Monday first, and hour, in the newsroom's zone), and of how many posts."""


def profile(desk: Desk, store: Store, platform: str, stable_id: str) -> Profile:
    """What page and twin tell of an account. Raises Problem 404."""
    found = rhythm.account(store, platform, stable_id)
    if found is None:
        raise Problem(404, "we know no such account")
    return found, *rhythm.of_account(store, int(str(found["id"])), desk.zone)


@router.get("/{platform}/{stable_id:path}")
def account(
    request: Request,
    platform: str,
    stable_id: str,
    actor: Annotated[Actor, Depends(May("see evidence"))],
    chosen: Annotated[Chosen, Depends(batches.chosen)],
) -> Response:
    """One account."""
    desk = desk_of(request)
    with desk.store() as store:
        found, grid, counted = profile(desk, store, platform, stable_id)
        row = int(str(found["id"]))
        posts = batches.of_posts(store, Chosen(min(chosen.limit, 24), chosen.cursor, None), PostFilter(account=row))
    return page(
        request,
        "account.html",
        account=found,
        grid=grid,
        most=max(max(hours) for hours in grid) or 1,
        counted=counted,
        zone=desk.options.timezone,
        batch=posts,
        poster=poster_for(request, actor),
    )
