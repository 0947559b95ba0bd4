"""Posts: the list, and one post with all that we know of it."""

from collections.abc import Callable
from itertools import pairwise
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from monitor.differences import Change, word_changes
from monitor.model.desk import Actor
from monitor.store import dossiers, suggestions
from monitor.store import posts as rows
from monitor.watching.standing import standing
from monitor.web import batches, media
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen, PostFilter
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(include_in_schema=False)
_SUGGESTED = 10
_ALL = ("available", "suspect", "gone", "restored", "unknown")


@router.get("/posts")
def posts(
    request: Request,
    actor: Annotated[Actor, Depends(May("look"))],
    chosen: Annotated[Chosen, Depends(batches.chosen)],
    platform: str = "",
    handle: str = "",
    availability: str = "",
    video: bool = False,
) -> Response:
    """The newest posts."""
    state = availability if availability in _ALL else None
    with desk_of(request).store() as store:
        found = batches.of_posts(store, chosen, PostFilter(platform or None, handle or None, state, video))
        platforms = [row[0] for row in store.all("SELECT DISTINCT platform FROM account ORDER BY platform")]
    return page(
        request,
        "posts.html",
        batch=found,
        platforms=platforms,
        states=_ALL,
        chosen={"platform": platform, "handle": handle, "availability": state or "", "video": video},
        poster=poster_for(request, actor),
    )


@router.get("/posts/{platform}/{post_id:path}")
def post(
    request: Request, platform: str, post_id: str, actor: Annotated[Actor, Depends(May("see evidence"))]
) -> Response:
    """One post."""
    desk = desk_of(request)
    with desk.store() as store:
        found = dossiers.post(store, platform, post_id)
        row = rows.find(store, platform, post_id)
        suggested = (
            suggestions.listing(store, post=row, limit=_SUGGESTED, least=suggestions.WORTH_A_LOOK)
            if row is not None
            else []
        )
    if found is None:
        raise Problem(404, "we keep no such post")
    files = found["files"]
    assert isinstance(files, list)
    return page(
        request,
        "post.html",
        post=found,
        suggested=suggested,
        differences=_differences(found),
        standing=standing,
        address=lambda file: media.address(desk, actor, file["sha256"], file["extension"]),
        sheet=lambda file: media.address(desk, actor, file["contact_sheet"], "png"),
        poster=poster_for(request, actor),
        shown=media.SHOWN,
    )


def poster_for(request: Request, actor: Actor) -> Callable[[str], str]:
    """Gives the address of the still picture of a file, by its hash."""
    desk = desk_of(request)
    return lambda sha256: media.address(desk, actor, sha256, "jpg", poster=True)


def _differences(post: dict[str, object]) -> list[list[Change]]:
    """What each later version changed in the words of the one before, as runs."""
    wordings = post["wordings"]
    assert isinstance(wordings, list)
    return [word_changes(str(old["text"] or ""), str(new["text"] or "")) for old, new in pairwise(wordings)]
