"""Links for programs."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Request, Response

from monitor.store import articles
from monitor.web import batches
from monitor.web.api.answers import api_router, part
from monitor.web.api.shapes import LinkRow, Part
from monitor.web.asking import May, desk_of
from monitor.web.batches import Batch, Chosen

router = api_router("links")


@router.get("/links", response_model=Part[LinkRow], dependencies=[Depends(May("look"))])
def links(
    request: Request,
    chosen: Annotated[Chosen, Depends(batches.chosen)],
    state: Literal["confirmed", "suggested", "unresolved"] | None = None,
    platform: Annotated[str | None, Query(max_length=30)] = None,
    article_url: Annotated[str | None, Query(max_length=2000, description="Any address of the article.")] = None,
) -> Response:
    """Which article cites which post, in which paragraph, and our copy; the newest first."""
    with desk_of(request).store() as store:
        row = articles.find(store, article_url) if article_url else None
        if article_url and row is None:
            return part(request, Batch([], None))
        found = batches.of_links(store, chosen, state=state, platform=platform, article=row)
    return part(request, found)
