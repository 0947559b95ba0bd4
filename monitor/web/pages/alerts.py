"""Alerts: what was told, over which channels, and whether it came through."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from monitor import clock
from monitor.durations import seconds_of
from monitor.errors import WrongUse
from monitor.jobs import answer_alerts
from monitor.model.desk import Actor
from monitor.store import alerts as rows
from monitor.store import audit
from monitor.store.open import Store
from monitor.web import batches
from monitor.web.asking import May, desk_of, field
from monitor.web.batches import Chosen
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(prefix="/alerts", include_in_schema=False)
_PRIORITIES = ("flash", "urgent", "normal", "info")


@router.get("", dependencies=[Depends(May("look"))])
def alerts(
    request: Request, chosen: Annotated[Chosen, Depends(batches.chosen)], priority: str = "", kind: str = ""
) -> Response:
    """The newest alerts."""
    wanted = priority if priority in _PRIORITIES else None
    with desk_of(request).store() as store:
        found = batches.of_alerts(store, chosen, priority=wanted, kind=kind or None)
        kinds = [row[0] for row in store.all("SELECT DISTINCT kind FROM alert ORDER BY kind")]
    return page(
        request,
        "alerts.html",
        batch=found,
        priorities=_PRIORITIES,
        kinds=kinds,
        chosen={"priority": wanted or "", "kind": kind},
    )


@router.get("/{alert}", dependencies=[Depends(May("look"))])
def one(request: Request, alert: str) -> Response:
    """One alert, and what was done with it: where a message leads. Looking acknowledges nothing, as mail scanners look."""
    with desk_of(request).store() as store:
        found = rows.listing(store, key=alert)
        if not found:
            raise Problem(404, "there is no such alert")
        return page(request, "alert.html", row=found[0], history=answer_alerts.history(store, alert))


@router.post("/{alert}/{act}")
def answered(
    request: Request,
    alert: str,
    act: Literal["ack", "snooze"],
    actor: Annotated[Actor, Depends(May("acknowledge"))],
) -> Response:
    """Somebody takes care of it, or wants to hear of it later."""
    with desk_of(request).store() as store:
        answer(store, actor, alert, act, field(request, "lasts") or "1h")
        found = rows.listing(store, key=alert)
    if request.headers.get("hx-request") and found:
        return page(request, "alert_row.html", row=found[0])
    return RedirectResponse("/alerts", 303)


def answer(store: Store, actor: Actor, alert: str, act: Literal["ack", "snooze"], lasts: str) -> None:
    """Records the act. Raises Problem for an alert or a time that is none."""
    now = clock.now()
    if not rows.exists(store, alert):
        raise Problem(404, "there is no such alert")
    try:
        with store.change():
            if act == "ack":
                answer_alerts.ack(store, [alert], actor.agent, now)
            else:
                answer_alerts.snooze(store, alert, now + timedelta(seconds=seconds_of(lasts)), actor.agent, now)
            audit.note(store, actor.agent, f"{act} alert", f"alert:{alert}", now)
    except (WrongUse, ValueError, OverflowError) as exc:
        raise Problem(422, str(exc)) from exc
