"""Articles for programs."""

from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response

from monitor.store import dossiers
from monitor.web import batches
from monitor.web.api.answers import answer, api_router, part, problems
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
