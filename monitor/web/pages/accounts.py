"""An account: its rhythm, its names so far, its posts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from monitor.model.desk import Actor
from monitor.store import rhythm
from monitor.web import batches
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen, PostFilter
from monitor.web.pages.posts import poster_for
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(prefix="/accounts", include_in_schema=False)


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
        found = rhythm.account(store, platform, stable_id)
        if found is None:
            raise Problem(404, "we know no such account")
        row = int(str(found["id"]))
        grid, counted = rhythm.of_account(store, row, desk.zone)
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
