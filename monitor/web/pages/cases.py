"""Cases: the queues, one case with all that belongs to it, and opening one."""

from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from monitor import clock
from monitor.errors import WrongUse
from monitor.jobs import open_cases
from monitor.model.case import CaseKind, Hand, Opening
from monitor.model.desk import Actor
from monitor.platforms import address_of
from monitor.store import cases
from monitor.store.open import Store
from monitor.web.asking import May, desk_of, field
from monitor.web.case_view import case_page, frames_page
from monitor.web.pages.posts import poster_for
from monitor.web.render import page

router = APIRouter(prefix="/cases", include_in_schema=False)
Worker = Annotated[Actor, Depends(May("verify"))]
_PART = 50


@router.get("")
def queue(
    request: Request,
    actor: Annotated[Actor, Depends(May("look"))],
    view: str = "open",
    cursor: str = "",
    wrong: str = "",
) -> Response:
    """One queue, the most urgent first."""
    chosen = view if view in cases.VIEWS else "open"
    urgency, _, number = cursor.rpartition("~")
    after = (urgency, int(number)) if number.isdigit() and len(number) < 18 else None
    now = clock.now()
    with desk_of(request).store() as store:
        rows = cases.queue(store, chosen, me=actor.name, now=now, limit=_PART + 1, after=after)
        counts = cases.counts(store, actor.name, now)
    last = rows[_PART - 1] if len(rows) > _PART else None
    return page(
        request,
        "cases.html",
        status=422 if wrong else 200,
        rows=rows[:_PART],
        counts=counts,
        view=chosen,
        following=f"{last['urgency']}~{last['id']}" if last else None,
        moment=clock.text(now),
        poster=poster_for(request, actor),
        wrong=wrong[:300],
    )


@router.post("")
def opened(request: Request, actor: Worker) -> Response:
    """Opens a case on a post, citation or article, or leads to the one that is there."""
    kind, number = field(request, "kind"), field(request, "number")
    with desk_of(request).store() as store:
        try:
            about = opening(
                store, kind, field(request, "platform"), field(request, "post_id"), number, field(request, "address")
            )
        except WrongUse as exc:
            return queue(request, actor, wrong=str(exc))
        row, _ = open_cases.run(store, about, hand_of(store, actor))
    return RedirectResponse(f"/cases/{row}", 303)


def opening(store: Store, kind: str, platform: str, post_id: str, number: str, address: str = "") -> Opening:
    """What is to be opened. Raises WrongUse for what we do not know."""
    if address:
        found = address_of(address)
        if found is None or found.post_id is None:
            raise WrongUse("paste the address of a post that we keep")
        return open_cases.on_post(store, found.platform, found.post_id)
    if kind not in get_args(CaseKind):
        raise WrongUse("kind: post, citation or article")
    if kind == "post":
        return open_cases.on_post(store, platform, post_id)
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise WrongUse(f"number: which {kind}")
    return (
        open_cases.on_article(store, int(number)) if kind == "article" else open_cases.on_citation(store, int(number))
    )


def hand_of(store: Store, actor: Actor) -> Hand:
    """Whose hand this is, and who stands behind it."""
    return Hand(actor.agent, cases.person_behind(store, actor.agent))


@router.get("/{number}")
def case(request: Request, number: int, actor: Annotated[Actor, Depends(May("see evidence"))]) -> Response:
    """One case."""
    return case_page(request, actor, number)


@router.get("/{number}/frames/{sha256}")
def frames(
    request: Request,
    number: int,
    sha256: str,
    actor: Annotated[Actor, Depends(May("see evidence"))],
    zoom: int = 1,
) -> Response:
    """Key frames of a file to choose from, any moment by its time, and the picture enlarged."""
    return frames_page(request, actor, number, sha256, max(1, min(zoom, 8)))
