"""Alerts for programs."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Response

from monitor.web import batches
from monitor.web.api.answers import api_router, part
from monitor.web.api.shapes import AlertRow, Part
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen

router = api_router("alerts")


@router.get("/alerts", response_model=Part[AlertRow], dependencies=[Depends(May("look"))])
def alerts(
    request: Request,
    chosen: Annotated[Chosen, Depends(batches.chosen)],
    kind: Annotated[str | None, Query(max_length=50)] = None,
    priority: Literal["flash", "urgent", "normal", "info"] | None = None,
) -> Response:
    """Facts worth telling, and what became of each delivery; the newest first."""
    with desk_of(request).store() as store:
        found = batches.of_alerts(store, chosen, kind=kind, priority=priority)
    return part(request, found)
