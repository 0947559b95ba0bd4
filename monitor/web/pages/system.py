"""System: whether the collector works, what waits, what failed, how much room there is."""

import shutil

from fastapi import APIRouter, Depends, Request, Response

from monitor import clock
from monitor.store import jobs, summary, watches
from monitor.web.asking import May, desk_of
from monitor.web.render import page

router = APIRouter(prefix="/system", include_in_schema=False)
_MOST = 30


@router.get("", dependencies=[Depends(May("look after"))])
def system(request: Request) -> Response:
    """The home on one page."""
    desk, now = desk_of(request), clock.now()
    with desk.store() as store:
        figures = summary.figures(store)
        failed = [row for row in jobs.listing(store, 500, None) if row["state"] == "failed"][-_MOST:]
        silent = watches.silent(store, now, _MOST)
        last = summary.last_success_at(store)
        waited = summary.longest_wait_seconds(store, now)
    free = shutil.disk_usage(desk.settings.storage).free
    return page(
        request,
        "system.html",
        figures=figures,
        failed=failed[::-1],
        silent=silent,
        last=last,
        waited=waited,
        free=free,
        least=desk.settings.options.media.min_free_bytes,
    )
