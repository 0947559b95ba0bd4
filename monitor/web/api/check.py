"""Check before publishing, for a CMS."""

from typing import Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field

from monitor.model.desk import Actor
from monitor.web.api.answers import answer, api_router, problems
from monitor.web.api.once import once
from monitor.web.api.shapes import Shape
from monitor.web.asking import May, desk_of
from monitor.web.pages.check import run
from monitor.web.problems import Problem

router = api_router("check")


class Draft(BaseModel):
    """What to check: an address, or a draft's HTML."""

    url: str | None = Field(
        None, max_length=2000, description="Of an article or a post; with `html`, where it will stand."
    )
    html: str | None = Field(None, max_length=4_000_000, description="A draft's HTML, or plain text.")
    look_up: bool = Field(False, description="Ask the platforms now. Without it nothing leaves the house.")
    archive: bool = Field(False, description="Keep every cited post from now on, and the article.")


class CheckRow(Shape):
    """A row of `check --json`, and what the desk knows."""

    article_url: str
    paragraph: int | None
    kind: str
    platform: str
    post_id: str
    url: str
    handle: str | None
    posted_at: str | None
    state: str
    reason: str | None
    copy_: str | None = Field(alias="copy")
    availability: dict[str, Any]
    ours: bool
    warnings: list[str]


class CheckedDraft(BaseModel):
    """What is known of a draft."""

    article: dict[str, Any]
    items: list[CheckRow]
    counts: dict[str, int]
    hosts: list[str] = Field(description="Who would be asked by a look-up.")
    asked: bool
    new: bool = Field(description="Whether this is the address of an article that was never read: a look-up reads it.")
    archived: int | None


@router.get("/check", response_model=CheckedDraft, responses=problems(404, 413))
def held(request: Request, actor: Annotated[Actor, Depends(May("look"))], url: str) -> Response:
    """An address held against what we have; nobody is asked."""
    return answer(request, run(desk_of(request), actor, url[:2000].strip(), "", look_up=False, archive=False))


@router.post("/check", response_model=CheckedDraft, responses=problems(409, 413))
def check(request: Request, draft: Draft, actor: Annotated[Actor, Depends(May("check"))]) -> Response:
    """A draft or an address held against what we have; with `look_up` the platforms are asked."""
    if not (draft.url or draft.html):
        raise Problem(422, "send url or html")

    def work() -> object:
        return run(
            desk_of(request),
            actor,
            (draft.url or "").strip(),
            draft.html or "",
            look_up=draft.look_up,
            archive=draft.archive,
        )

    return once(request, actor, draft.model_dump(), work)
