"""Articles for programs."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response
from pydantic import BaseModel, Field

from monitor import clock
from monitor.jobs.check_drafts import watch_article
from monitor.model.desk import Actor
from monitor.store import audit, dossiers
from monitor.store.articles import find
from monitor.web import batches
from monitor.web.api.answers import answer, api_router, part, problems
from monitor.web.api.once import once
from monitor.web.api.shapes import ArticlePage, ArticleRow, Part
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen
from monitor.web.problems import Problem

router = api_router("articles")


@router.get("/articles", response_model=Part[ArticleRow], dependencies=[Depends(May("look"))])
def articles(
    request: Request,
    chosen: Annotated[Chosen, Depends(batches.chosen)],
    own: bool | None = None,
    publisher: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """Articles that we have read, the newest first."""
    with desk_of(request).store() as store:
        found = batches.of_articles(store, chosen, own=own, publisher=publisher)
    return part(request, found)


@router.get(
    "/articles/{number}", response_model=ArticlePage, dependencies=[Depends(May("look"))], responses=problems(404)
)
def article(request: Request, number: Annotated[int, Path(ge=1, le=2**53)]) -> Response:
    """One article: its newest words, and what became of each post that it cites."""
    with desk_of(request).store() as store:
        found = dossiers.article(store, number)
    if found is None:
        raise Problem(404, f"there is no article {number}")
    return answer(request, found)


class Announced(BaseModel):
    """An article that a CMS tells of."""

    url: str = Field(max_length=2000, description="Where readers find it.")
    own: bool = Field(True, description="Whether it is the newsroom's own: told first.")
    desk: str = Field("", max_length=80)
    tags: list[str] = Field([], max_length=20)


class Taken(BaseModel):
    """What became of the announcement."""

    url: str
    watch: int = Field(description="The number of its watch: `run` reads it next.")
    article: int | None = Field(description="Its number where it was read before.")


@router.post("/articles", response_model=Taken, status_code=202, responses=problems(409))
def announce(request: Request, told: Announced, actor: Annotated[Actor, Depends(May("announce"))]) -> Response:
    """The hook of a CMS: the article is read as soon as `run` gets to it, and watched from then on."""
    if not told.url.startswith(("http://", "https://")):
        raise Problem(422, "url: write an address that begins with https://")
    desk = desk_of(request)

    def work() -> object:
        number = watch_article(desk.context, told.url, own=told.own, desk=told.desk, tags=told.tags)
        with desk.store() as store:
            audit.note(store, actor.agent, "announce article", f"watch:{number}", clock.now(), detail={"url": told.url})
            return {"url": told.url, "watch": number, "article": find(store, told.url)}

    return once(request, actor, told.model_dump(), work, status=202)
