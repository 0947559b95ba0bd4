"""Watches for programs."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Response

from monitor.web import batches
from monitor.web.api.answers import api_router, part
from monitor.web.api.shapes import Part, WatchRow
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen

router = api_router("watches")


@router.get("/watches", response_model=Part[WatchRow], dependencies=[Depends(May("look"))])
def watches(
    request: Request,
    chosen: Annotated[Chosen, Depends(batches.chosen)],
    kind: Literal["account", "feed", "article", "post"] | None = None,
    state: Literal["active", "paused", "waiting", "broken", "done"] | None = None,
    cited: Annotated[bool, Query(description="Cited posts too: each is a watch of its own.")] = False,
) -> Response:
    """What is watched, when next, and what went wrong; in the order in which it was asked for."""
    with desk_of(request).store() as store:
        found = batches.of_watches(store, chosen, cited=cited, kind=kind, state=state)
    return part(request, found)
