"""Search, rules, spend and the state of the home, for programs."""

from typing import Annotated, Any

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel

from monitor import clock
from monitor.store import summary
from monitor.web import batches
from monitor.web.api.answers import answer, api_router, part
from monitor.web.api.shapes import Part, Shape
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen
from monitor.web.pages.rules import fired, says
from monitor.web.pages.spend import figures

router = api_router("looking")


class Found(Shape):
    """A row of `search --json`."""

    type: str
    platform: str | None
    post_id: str | None
    url: str
    who: str | None
    title: str | None
    seen_at: str
    excerpt: str


class RuleRow(BaseModel):
    """A rule, and how often it would have fired in the last month."""

    name: str
    says: dict[str, Any]
    fired: int
    of: int


class Spent(Shape):
    """What X has charged."""

    days: list[dict[str, Any]]
    used_usd: float
    left_usd: float
    budget_usd: float
    purposes: list[dict[str, Any]]


@router.get("/search", response_model=Part[Found], dependencies=[Depends(May("look"))])
def search(
    request: Request,
    chosen: Annotated[Chosen, Depends(batches.chosen)],
    q: Annotated[str, Query(min_length=1, max_length=300, description="Words; all of them must be there.")],
) -> Response:
    """Posts and articles whose text holds the words, in the order in which their texts first came, newest first."""
    with desk_of(request).store() as store:
        return part(request, batches.of_search(store, chosen, q))


@router.get("/rules", response_model=Part[RuleRow], dependencies=[Depends(May("look"))])
def rules(request: Request) -> Response:
    """Who hears of what, and how often each rule would have fired in the last month."""
    rows = [{"name": f.rule.name, "says": says(f), "fired": len(f.hits), "of": f.of} for f in fired(desk_of(request))]
    return answer(request, {"items": rows, "next": None})


@router.get("/spend", response_model=Spent, dependencies=[Depends(May("look after"))])
def spent(request: Request) -> Response:
    """What X has charged day by day, and what is left of the month."""
    found = figures(desk_of(request))
    return answer(request, {key: value for key, value in found.items() if key != "most"})


@router.get("/system", response_model=dict[str, Any], dependencies=[Depends(May("look after"))])
def system(request: Request) -> Response:
    """What is watched, kept, linked and waiting: the figures of `status --json`."""
    with desk_of(request).store() as store:
        found = summary.figures(store)
        last, waited = summary.last_success_at(store), summary.longest_wait_seconds(store, clock.now())
    told = {"last_success_at": clock.text_or_none(last), "delivery_wait_seconds": round(waited)}
    return answer(request, {**found, **told})
