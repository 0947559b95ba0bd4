"""Suggested links for programs."""

from typing import Annotated, Literal

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field

from monitor.model.desk import Actor
from monitor.store import suggestions as rows
from monitor.web.api.answers import answer, api_router, problems
from monitor.web.api.once import once
from monitor.web.api.shapes import Shape
from monitor.web.asking import May, desk_of
from monitor.web.pages.suggestions import decide

router = api_router("suggestions")


class SuggestionRow(Shape):
    """A row of `links suggest --json`."""

    id: int
    score: float
    level: str
    state: str


class Suggestions(BaseModel):
    """The likeliest suggestions."""

    items: list[SuggestionRow]
    next: None


class Word(BaseModel):
    """What somebody says of a suggestion."""

    decision: Literal["confirm", "reject", "undo"]
    reason: str = Field("", max_length=500)


@router.get("/suggestions", response_model=Suggestions, dependencies=[Depends(May("look"))])
def suggestions(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    state: Literal["open", "confirmed", "rejected"] = "open",
) -> Response:
    """Posts that articles seem to speak of in words only, the likeliest first, each with its evidence."""
    with desk_of(request).store() as store:
        found = rows.listing(store, limit=limit, states=(state,))
    return answer(request, {"items": found, "next": None})


@router.post("/suggestions/{number}", response_model=SuggestionRow, responses=problems(404, 409))
def judge(
    request: Request,
    number: Annotated[int, Path(ge=1, le=2**53)],
    word: Word,
    actor: Annotated[Actor, Depends(May("judge"))],
) -> Response:
    """Confirms, rejects, or takes back the last word."""

    def work() -> object:
        with desk_of(request).store() as store:
            decide(store, actor, number, word.decision, word.reason)
            return rows.listing(store, suggestion_id=number, states=("open", "confirmed", "rejected"))[0]

    return once(request, actor, word.model_dump(), work)
