"""Today: what needs somebody."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from monitor import clock
from monitor.model.desk import Actor
from monitor.store import cases, needs, people, suggestions
from monitor.store.open import Store
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen, PostFilter, of_posts
from monitor.web.render import page

router = APIRouter(include_in_schema=False)
_MOST = 12
_QUEUES = ("second", "mine", "overdue")


def needs_of(store: Store, actor: Actor) -> dict[str, Any]:
    """What needs this actor, a list a kind; the page and its twin show the same."""
    now = clock.now()
    return {
        "alerts": needs.alerts_to_see(store, now, _MOST),
        "gone": needs.gone(store, _MOST),
        "edited": needs.edited(store, now, _MOST),
        "suggestions": suggestions.listing(store, limit=5, least=suggestions.WORTH_A_LOOK),
        "troubles": needs.troubles(store, _MOST),
        "cases": {view: cases.queue(store, view, me=actor.name, now=now, limit=5) for view in _QUEUES},
        "newest": of_posts(store, Chosen(6, None, None), PostFilter()).items,
    }


@router.get("/")
def today(request: Request, actor: Annotated[Actor, Depends(May("look"))]) -> Response:
    """What needs somebody, and the newest posts."""
    with desk_of(request).store() as store:
        found = needs_of(store, actor)
        waiting = list(found.pop("cases").items())
        return page(request, "today.html", **found, waiting=waiting, alone=len(people.everybody(store)) < 2)
