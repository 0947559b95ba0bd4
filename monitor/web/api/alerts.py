"""Alerts for programs."""

from typing import Annotated, Literal

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field

from monitor.model.desk import Actor
from monitor.store import alerts as rows
from monitor.web import batches
from monitor.web.api.answers import api_router, part, problems
from monitor.web.api.once import once
from monitor.web.api.shapes import AlertRow, Part
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen
from monitor.web.pages.alerts import answer

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


class Act(BaseModel):
    """What somebody does with an alert."""

    act: Literal["ack", "snooze"]
    lasts: str = Field("1h", max_length=20, description="How long a snooze lasts.")


@router.post("/alerts/{alert}", response_model=AlertRow, responses=problems(404, 409))
def act(
    request: Request,
    alert: Annotated[str, Path(max_length=100)],
    wanted: Act,
    actor: Annotated[Actor, Depends(May("acknowledge"))],
) -> Response:
    """Acknowledges an alert, so that it goes to nobody else, or puts it off."""

    def work() -> object:
        with desk_of(request).store() as store:
            answer(store, actor, alert, wanted.act, wanted.lasts)
            return rows.listing(store, key=alert)[0]

    return once(request, actor, wanted.model_dump(), work)
