"""Accounts for programs."""

from typing import Any

from fastapi import Depends, Request, Response

from monitor.web.api.answers import answer, api_router, problems
from monitor.web.api.shapes import Shape
from monitor.web.asking import May, desk_of
from monitor.web.pages.accounts import profile

router = api_router("accounts")


class AccountPage(Shape):
    """An account with its names so far, and its rhythm."""

    platform: str
    platform_id: str
    handle: str | None
    name: str | None
    rhythm: list[list[int]]
    """Posts by day of the week (Monday first) and hour, in the newsroom's zone."""
    rhythm_of: int
    """How many posts the rhythm counts."""
    timezone: str


@router.get(
    "/accounts/{platform}/{stable_id:path}",
    response_model=AccountPage,
    responses=problems(404),
    dependencies=[Depends(May("see evidence"))],
)
def account(request: Request, platform: str, stable_id: str) -> Response:
    """An account by its platform's stable id. Its posts: `/posts?handle=`."""
    desk = desk_of(request)
    with desk.store() as store:
        found, grid, counted = profile(desk, store, platform, stable_id)
    told: dict[str, Any] = {name: value for name, value in found.items() if name != "id"}
    return answer(request, {**told, "rhythm": grid, "rhythm_of": counted, "timezone": desk.options.timezone})
