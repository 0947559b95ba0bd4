"""One exchange with another machine, kept as evidence, and the slices of its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was asked, what came back, when, and by which tools. `body` holds the bytes as served, after transfer coding.

    `status` is None when no answer came; then `error` says why.
    """

    method: str
    """How we looked: "x-api", "http", "oembed", "yt-dlp", "file"."""
    url_asked: str
    url_final: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes
    started_at: datetime
    ended_at: datetime
    tools: Mapping[str, str] = field(default_factory=dict)
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """A span of an answer's bytes that belongs to one thing, so that it can be purged alone.

    `kind` is "post", "media", "user" or "other"; `key` its id; `start` and `end` are byte offsets into the body.
    """

    kind: str
    key: str
    start: int
    end: int
