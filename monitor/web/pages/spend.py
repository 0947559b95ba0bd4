"""Spend: what X has charged, day by day, and what is left of the month."""

from fastapi import APIRouter, Depends, Request, Response

from monitor import clock
from monitor.store import spend
from monitor.web.asking import May, desk_of
from monitor.web.desk import Desk
from monitor.web.render import page

router = APIRouter(prefix="/spend", include_in_schema=False)
_DAYS = 60


@router.get("", dependencies=[Depends(May("look after"))])
def spent(request: Request) -> Response:
    """The plot and its rows."""
    return page(request, "spend.html", spent=figures(desk_of(request)))


def figures(desk: Desk) -> dict[str, object]:
    """Days with what they cost, the month's sum, its budget, what is left, and what this month comes to at this pace."""
    budget, now = desk.settings.options.budget, clock.now()
    with desk.store() as store:
        days = spend.by_day(store)[-_DAYS:]
        used = spend.month_micro(store, now) / spend.MICRO
        purposes = store.all(
            """SELECT purpose, sum(settled_micro) / 1e6 AS usd, sum(posts) AS posts FROM spend WHERE day >= ? GROUP BY purpose
            ORDER BY usd DESC""",
            f"{now:%Y-%m}-01",
        )
    return {
        "days": days,
        "most": max((float(str(day["usd"])) for day in days), default=0.0) or 1.0,
        "used_usd": round(used, 4),
        "left_usd": round(max(0.0, budget.usd_per_month - used), 4),
        "budget_usd": budget.usd_per_month,
        "purposes": [dict(row) for row in purposes],
    }
