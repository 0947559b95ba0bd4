"""What went wrong, as problem+json (RFC 9457) for programs, as a page for people."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi.responses import JSONResponse

PROBLEM = "application/problem+json"


class Problem(Exception):
    """Ends a request with a status and words that say what to do. `more` becomes members of the JSON."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.headers, self.more = dict(headers or {}), dict(more or {})

    @property
    def title(self) -> str:
        """The status in words."""
        return HTTPStatus(self.status).phrase


def as_json(problem: Problem) -> JSONResponse:
    """The problem for a program."""
    body = {"type": "about:blank", "title": problem.title, "status": problem.status, "detail": problem.detail}
    return JSONResponse({**problem.more, **body}, problem.status, problem.headers, media_type=PROBLEM)


def for_program(path: str) -> bool:
    """Whether who asks for this path is a program."""
    return path.startswith("/api/")
