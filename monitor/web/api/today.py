"""Today and the wall, for programs."""

from typing import Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from monitor.model.desk import Actor
from monitor.web.api.answers import answer, api_router
from monitor.web.api.shapes import AlertRow, PostRow
from monitor.web.api.suggestions import SuggestionRow
from monitor.web.asking import May, desk_of
from monitor.web.pages.today import needs_of
from monitor.web.pages.wall import columns_of

router = api_router("today")


class Today(BaseModel):
    """What needs somebody: the first rows of each kind; the lists themselves have all of them."""

    alerts: list[AlertRow]
    gone: list[dict[str, Any]]
    edited: list[dict[str, Any]]
    suggestions: list[SuggestionRow]
    troubles: list[dict[str, Any]]
    cases: dict[str, list[dict[str, Any]]]
    newest: list[PostRow]


class Column(BaseModel):
    """A column of the wall: the number and name of a kept search, both empty for all clips."""

    number: str
    name: str
    rows: list[PostRow]


class Wall(BaseModel):
    """The wall of the person whose token asks."""

    columns: list[Column]


@router.get("/today", response_model=Today)
def today(request: Request, actor: Annotated[Actor, Depends(May("look"))]) -> Response:
    """Alerts to see, cited posts gone or changed, suggestions to judge, cases that wait, and the newest posts."""
    with desk_of(request).store() as store:
        return answer(request, needs_of(store, actor))


@router.get("/wall", response_model=Wall)
def wall(request: Request, actor: Annotated[Actor, Depends(May("see evidence"))]) -> Response:
    """The newest clips, a column each for what a person looks for, without those that were put aside."""
    with desk_of(request).store() as store:
        return answer(request, {"columns": columns_of(store, actor.person_id or 0)})
