"""Suggested links: what speaks for each, and somebody's word on it, with undo."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from monitor import clock
from monitor.errors import WrongUse
from monitor.jobs import judge_links
from monitor.model.desk import Actor
from monitor.store import audit, suggestions
from monitor.store.open import Store
from monitor.web.asking import May, desk_of, field
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(prefix="/suggestions", include_in_schema=False)
Decision = Literal["confirm", "reject", "undo"]
_MOST = 50


@router.get("", dependencies=[Depends(May("look"))])
def suggested(request: Request) -> Response:
    """What waits for somebody's word, the likeliest first."""
    with desk_of(request).store() as store:
        rows = suggestions.listing(store, limit=_MOST)
    return page(request, "suggestions.html", rows=rows)


@router.post("/{number}/{decision}")
def judge(
    request: Request, number: int, decision: Decision, actor: Annotated[Actor, Depends(May("judge"))]
) -> Response:
    """A word on a suggestion; the last one counts, all stay on record."""
    with desk_of(request).store() as store:
        decide(store, actor, number, decision, field(request, "reason"))
        row = suggestions.listing(store, suggestion_id=number, states=("open", "confirmed", "rejected"))
    if request.headers.get("hx-request") and row:
        return page(request, "suggestion.html", row=row[0], said=decision)
    return RedirectResponse("/suggestions", 303)


def decide(store: Store, actor: Actor, number: int, decision: Decision, reason: str) -> None:
    """Records the word. Raises Problem where it makes no sense."""
    said = {"confirm": judge_links.confirm, "reject": judge_links.reject, "undo": judge_links.undo}[decision]
    with store.change():
        try:
            said(store, number, actor=actor.agent, reason=reason[:500])
        except WrongUse as exc:
            raise Problem(409, str(exc).partition(": `")[0]) from exc
        audit.note(store, actor.agent, f"{decision} suggestion", f"suggestion:{number}", clock.now())
