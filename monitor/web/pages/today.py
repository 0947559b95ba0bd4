"""Today: what needs somebody."""

from fastapi import APIRouter, Depends, Request, Response

from monitor import clock
from monitor.store import needs, people, suggestions
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen, PostFilter, of_posts
from monitor.web.render import page

router = APIRouter(include_in_schema=False)
_MOST = 12


@router.get("/", dependencies=[Depends(May("look"))])
def today(request: Request) -> Response:
    """What needs somebody, and the newest posts."""
    now = clock.now()
    with desk_of(request).store() as store:
        return page(
            request,
            "today.html",
            alerts=needs.alerts_to_see(store, now, _MOST),
            gone=needs.gone(store, _MOST),
            edited=needs.edited(store, now, _MOST),
            suggestions=suggestions.listing(store, limit=5),
            troubles=needs.troubles(store, _MOST),
            newest=of_posts(store, Chosen(6, None, None), PostFilter()).items,
            alone=len(people.everybody(store)) < 2,
        )
