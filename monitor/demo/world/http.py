"""What the world's servers get and give: a request as logged, and a response before it is sent."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. Content-Length is added when it is sent, unless `headers` or a fault says otherwise."""

    status: int = 200
    headers: Headers = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)

    def with_headers(self, changed: Mapping[str, str | None]) -> "Response":
        """The same answer with headers put over its own; None takes one away."""
        lower = {name.lower() for name in changed}
        kept = tuple((k, v) for k, v in self.headers if k.lower() not in lower)
        return Response(self.status, kept + tuple((k, v) for k, v in changed.items() if v is not None), self.body)


@dataclass(slots=True)
class Request:
    """A request as it came, and the answer that went out (None while it is being made)."""

    method: str
    path: str
    """Decoded by nobody: as on the wire, without the query."""
    query_string: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes
    at: datetime
    answer: Response | None = None
    faulty: bool = False
    """Whether a fault changed the answer."""
    values: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.values = dict(parse_qsl(self.query_string, keep_blank_values=True))

    @property
    def query(self) -> dict[str, str]:
        """The query's values; of a name given twice the last."""
        return self.values

    def json(self) -> Any:
        """The request's body, read as JSON."""
        return json.loads(self.body)


def json_response(
    content: object, status: int = 200, headers: Headers = (), media_type: str = "application/json"
) -> Response:
    """An answer in JSON, in UTF-8."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, (("Content-Type", f"{media_type}; charset=utf-8"), *headers), body)


def html_response(page: str, status: int = 200, headers: Headers = ()) -> Response:
    """A page in UTF-8."""
    return Response(status, (("Content-Type", "text/html; charset=utf-8"), *headers), page.encode())


def http_date(moment: datetime) -> str:
    """A time as HTTP and RSS write it."""
    return format_datetime(moment.replace(microsecond=0), usegmt=True)


def not_found() -> Response:
    """The plain 404 of all the world's web servers."""
    return html_response("<!doctype html><title>Not found (demo)</title><h1>Not found</h1><p>demo</p>", 404)
