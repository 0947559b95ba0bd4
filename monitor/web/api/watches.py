"""Watches for programs."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

from monitor.jobs.introduce import introduce
from monitor.jobs.order_watches import Wanted
from monitor.model.desk import Actor
from monitor.store import watches as rows
from monitor.web import batches
from monitor.web.api.answers import api_router, part, problems
from monitor.web.api.once import once
from monitor.web.api.shapes import Part, WatchRow
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen
from monitor.web.pages.watches import put_watch

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


class NewWatch(BaseModel):
    """What to watch. An address that does not tell by itself what it is, is asked for."""

    what: str = Field(min_length=1, max_length=2000, description="An address, or a handle such as @name.")
    purpose: str = Field("", max_length=500, description="Why; an account needs it.")
    every: str | None = Field(None, description='How often to look, such as "5m".')
    tags: list[str] = Field([], max_length=20)
    desk: str = Field("", max_length=80)
    own: bool = False


@router.post("/watches", response_model=WatchRow, status_code=201, responses=problems(409))
def add(request: Request, wanted: NewWatch, actor: Annotated[Actor, Depends(May("watch"))]) -> Response:
    """Watches an account, a list of articles, an article or a post."""
    desk = desk_of(request)

    def work() -> object:
        found = introduce(desk.context, wanted.what, look=False)
        how = Wanted(purpose=wanted.purpose, tags=tuple(wanted.tags), desk=wanted.desk, own=wanted.own)
        number = put_watch(desk, actor, found, how, wanted.every)
        with desk.store() as store:
            return rows.listing(store, row=number, cited=True)[0]

    return once(request, actor, wanted.model_dump(), work, status=201)
