"""Where a browser hears that something changed."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from monitor.model.desk import Actor
from monitor.web.asking import May
from monitor.web.changes import MOST_LISTENERS, Changes
from monitor.web.problems import Problem

router = APIRouter(include_in_schema=False)
_LOOK = May("look")


@router.get("/events")
async def events(request: Request, _actor: Annotated[Actor, Depends(_LOOK)]) -> StreamingResponse:
    """A stream of changes, for as long as the session lasts."""
    changes: Changes = request.app.state.changes
    if changes.listeners >= MOST_LISTENERS:
        raise Problem(503, "too many browsers listen", headers={"Retry-After": "30"})

    async def while_allowed() -> AsyncIterator[bytes]:
        async for part in changes.stream(request.headers.get("last-event-id", "")):
            yield part
            if part.startswith(b":"):
                try:
                    await _LOOK(request)
                except Problem:
                    return

    return StreamingResponse(while_allowed(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
