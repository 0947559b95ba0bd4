"""Posts for programs."""

from typing import Annotated, Literal

from fastapi import Depends, Path, Query, Request, Response

from monitor.store import dossiers
from monitor.web import batches
from monitor.web.api.answers import answer, api_router, part, problems
from monitor.web.api.shapes import Part, PostPage, PostRow
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen, PostFilter
from monitor.web.problems import Problem

router = api_router("posts")
State = Literal["available", "suspect", "gone", "restored", "unknown"]


@router.get("/posts", response_model=Part[PostRow], dependencies=[Depends(May("look"))])
def posts(
    request: Request,
    chosen: Annotated[Chosen, Depends(batches.chosen)],
    platform: Annotated[str | None, Query(max_length=30)] = None,
    handle: Annotated[str | None, Query(max_length=100, description="With or without @.")] = None,
    availability: State | None = None,
    video: Annotated[bool, Query(description="Only posts with a clip.")] = False,
) -> Response:
    """Posts that we keep, the newest first."""
    with desk_of(request).store() as store:
        found = batches.of_posts(store, chosen, PostFilter(platform, handle, availability, video))
    return part(request, found)


@router.get(
    "/posts/{platform}/{post_id}",
    response_model=PostPage,
    dependencies=[Depends(May("look"))],
    responses=problems(404),
)
def post(
    request: Request,
    platform: Annotated[str, Path(max_length=30)],
    post_id: Annotated[str, Path(max_length=300, description="The id of any version.")],
) -> Response:
    """One post: its versions, files, author, the articles that cite it, every look at it."""
    with desk_of(request).store() as store:
        found = dossiers.post(store, platform, post_id)
    if found is None:
        raise Problem(404, f"we keep no post {post_id[:100]} of {platform[:30]}")
    return answer(request, found)
