"""How programs are answered: JSON with an ETag, parts of listings, and which problems may come."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPBearer
from pydantic import BaseModel, Field

from monitor.web.batches import Batch
from monitor.web.problems import PROBLEM, Problem

_WORDS = {
    400: "The request cannot be read.",
    401: "No token, or one that is no longer good.",
    403: "The token's role or scope does not allow this.",
    404: "There is no such thing.",
    409: "Somebody else was first.",
    412: "It was changed since If-Match's ETag was seen.",
    413: "Too long.",
    422: "A value is not what it should be.",
    503: "Not now: try again later.",
}


class ProblemDetails(BaseModel):
    """A problem, after RFC 9457."""

    type: str
    title: str
    status: int
    detail: str = Field(description="What to do about it, in words.")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route may answer beside what it is for."""
    schema = ProblemDetails.model_json_schema()
    return {status: {"description": _WORDS[status], "content": {PROBLEM: {"schema": schema}}} for status in statuses}


def api_router(tag: str) -> APIRouter:
    """The router of a noun."""
    return APIRouter(
        prefix="/api/v1",
        tags=[tag],
        dependencies=[Depends(HTTPBearer(auto_error=False, description="A token of `postwatch api token`."))],
        responses={304: {"description": "What If-None-Match names is current."}, **problems(400, 401, 403, 422, 503)},
    )


def answer(request: Request, value: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value as JSON; 304 when the program has it already."""
    body = _body(value)
    tag = _tag(body)
    known = {part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")}
    told = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie", **(headers or {})}
    if status == 200 and request.method == "GET" and known & {tag, "*"}:
        return Response(status_code=304, headers=told)
    return Response(body, status, told, media_type="application/json")


def _body(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _tag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def unchanged(request: Request, value: object) -> None:
    """Raises Problem when If-Match names another state of this value. Call it inside the change."""
    wanted = request.headers.get("if-match", "").strip()
    if wanted and wanted != "*" and _tag(_body(value)) not in {part.strip() for part in wanted.split(",")}:
        raise Problem(412, "it was changed since you saw it: get it anew")


def part(request: Request, batch: Batch) -> Response:
    """A part of a listing; the address of the next one stands in the header Link, too."""
    headers = {}
    if batch.next is not None:
        url = request.url.include_query_params(cursor=batch.next)
        headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return answer(request, {"items": list(batch.items), "next": batch.next}, headers=headers)
