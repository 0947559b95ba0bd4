"""Watches: what is watched and how it goes; adding one by pasting any address."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from monitor import clock
from monitor.durations import duration_text
from monitor.errors import PostwatchError
from monitor.jobs import order_watches
from monitor.jobs.introduce import introduce
from monitor.jobs.order_watches import Wanted
from monitor.model.desk import Actor
from monitor.model.introduction import Introduction
from monitor.store import audit, watches
from monitor.web import batches
from monitor.web.asking import May, desk_of, field
from monitor.web.batches import Chosen
from monitor.web.desk import Desk
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(prefix="/watches", include_in_schema=False)
Editor = Annotated[Actor, Depends(May("watch"))]
_STATES = ("active", "waiting", "broken", "paused", "done")


@router.get("", dependencies=[Depends(May("look"))])
def listed(
    request: Request, chosen: Annotated[Chosen, Depends(batches.chosen)], state: str = "", said: str = ""
) -> Response:
    """All watches but those of cited posts."""
    wanted = state if state in _STATES else None
    with desk_of(request).store() as store:
        found = batches.of_watches(store, chosen, state=wanted)
    return page(
        request,
        "watches.html",
        batch=found,
        states=_STATES,
        chosen={"state": wanted or ""},
        duration=duration_text,
        said=said,
    )


@router.post("/look")
def look(request: Request, actor: Editor) -> Response:
    """What an address or handle names. Only what its form tells by itself is known without asking; else its host is asked."""
    what = field(request, "what")[:2000]
    if not what:
        raise Problem(422, "paste an address, or a handle such as @name")
    try:
        found = introduce(desk_of(request).context, what, look=False)
    except PostwatchError as exc:
        return page(request, "watch_new.html", status=422, what=what, found=None, wrong=str(exc), every="")
    every = order_watches.seconds_between(desk_of(request).settings, found, None)
    return page(request, "watch_new.html", what=what, found=found, wrong="", every=duration_text(every))


@router.post("")
def add(request: Request, actor: Editor) -> Response:
    """Watches it."""
    what = field(request, "what")[:2000]
    wanted = Wanted(
        purpose=field(request, "purpose")[:500],
        tags=tuple(field(request, "tags").split())[:20],
        desk=field(request, "desk")[:80],
        own=field(request, "own") == "on",
    )
    try:
        found = introduce(desk_of(request).context, what, look=False)
        put_watch(desk_of(request), actor, found, wanted, field(request, "every") or None)
    except PostwatchError as exc:
        return page(request, "watch_new.html", status=422, what=what, found=None, wrong=str(exc), every="")
    return RedirectResponse("/watches?said=added", 303)


def put_watch(desk: Desk, actor: Actor, found: Introduction, wanted: Wanted, every: str | None) -> int:
    """Writes the watch. Raises Problem for what is missing."""
    if found.kind == "account" and not wanted.purpose:
        raise Problem(422, "an account needs a purpose: X's terms forbid tracking people without cause")
    try:
        seconds = order_watches.seconds_between(desk.settings, found, every)
    except ValueError as exc:
        raise Problem(422, f"every: {exc}") from exc
    with desk.store() as store, store.change():
        order_watches.demand_ours(store, found)
        number = order_watches.put(store, found, wanted, seconds, origin="desk")
        audit.note(store, actor.agent, "add watch", f"watch:{number}", clock.now(), detail={"target": found.target})
    return number


@router.post("/{number}/{change}")
def change(request: Request, number: int, change: Literal["pause", "resume", "end"], actor: Editor) -> Response:
    """Pauses, resumes or ends a watch."""
    with desk_of(request).store() as store, store.change():
        found = watches.listing(store, row=number, cited=True)
        if not found:
            raise Problem(404, "there is no such watch")
        if found[0]["origin"] == "file":
            raise Problem(409, f"it is declared in {found[0]['declared_in']}: change it there")
        if change == "end":
            order_watches.end(store, number, found_something=bool(found[0]["posts"]))
        else:
            state, why = ("paused", f"paused by {actor.name}") if change == "pause" else ("active", "")
            watches.set_state(store, number, state, why)
        audit.note(store, actor.agent, f"{change} watch", f"watch:{number}", clock.now())
    return RedirectResponse("/watches", 303)
