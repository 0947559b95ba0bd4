"""The wall: the newest clips as still pictures, a column each for what a person looks for; and putting aside, with undo."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from monitor import clock
from monitor.model.desk import Actor
from monitor.store import columns
from monitor.store.open import Store
from monitor.web import batches
from monitor.web.asking import May, desk_of, field
from monitor.web.batches import Chosen, PostFilter
from monitor.web.pages.posts import poster_for
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(prefix="/wall", include_in_schema=False)
_A_COLUMN = 24


def filter_of(wanted: dict[str, str]) -> PostFilter:
    """The filter of a kept search."""
    return PostFilter(
        wanted.get("platform") or None,
        wanted.get("handle") or None,
        wanted.get("availability") or None,
        wanted.get("video") == "1",
        words=wanted.get("words") or None,
    )


def columns_of(store: Store, person: int) -> list[dict[str, Any]]:
    """A person's columns: number and name of the kept search ("" for all clips), and its rows without those put aside."""
    hidden = columns.aside(store, person)
    wished = [("", "", PostFilter(video=True))]
    wished += [(str(c.id), c.name, filter_of(dict(c.wanted))) for c in columns.of(store, person) if c.on_wall]
    shown = []
    for number, name, wanted in wished:
        rows = batches.of_posts(store, Chosen(_A_COLUMN * 2, None, None), wanted).items
        kept = [row for row in rows if f"post:{row['platform']}:{row['post_id']}" not in hidden]
        shown.append({"number": number, "name": name, "rows": kept[:_A_COLUMN]})
    return shown


@router.get("")
def wall(request: Request, actor: Annotated[Actor, Depends(May("see evidence"))], aside: str = "") -> Response:
    """The columns."""
    with desk_of(request).store() as store:
        shown = columns_of(store, actor.person_id or 0)
    return page(request, "wall.html", columns=shown, aside=aside, poster=poster_for(request, actor))


@router.post("/aside")
def put_aside(request: Request, actor: Annotated[Actor, Depends(May("mind oneself"))]) -> Response:
    """Puts a post aside for this person, or takes it back: nobody else sees a difference."""
    subject, back = field(request, "subject"), field(request, "back") == "1"
    if actor.person_id is None or not subject.startswith("post:") or len(subject) > 400:
        raise Problem(422, "subject: a post that stands on the wall")
    with desk_of(request).store() as store:
        if back:
            columns.take_back(store, actor.person_id, subject)
        else:
            columns.put_aside(store, actor.person_id, subject, clock.now())
    if request.headers.get("hx-request") and not back:
        return page(request, "put_aside.html", subject=subject)
    if request.headers.get("hx-request"):
        return Response(headers={"HX-Refresh": "true"})
    return RedirectResponse("/wall" if back else f"/wall?aside={subject}", 303)
