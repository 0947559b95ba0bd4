"""A fact worth telling, and what the rules need to know of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

PRIORITIES = ("flash", "urgent", "normal", "info")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, before rules decide who hears of it.

    `dedup_key` is unique for ever: the same fact told twice is one alert.
    """

    kind: str
    dedup_key: str
    subject: str
    happened_at: datetime
    priority: str = "normal"
    platform: str | None = None
    account_id: str | None = None
    handle: str | None = None
    tags: tuple[str, ...] = ()
    text: str = ""
    """What keyword rules search: the post's text, or the article's title and the citation's words."""
    has_video: bool = False
    payload: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """One delivery, ready to send over one channel."""

    id: str
    """The alert's id: the same on every attempt."""
    kind: str
    priority: str
    subject: str
    body: str
    """Plain text for people."""
    row: Mapping[str, object]
    """The row of `alerts --json`: the data of a webhook."""
    attempted_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt. `retry_at` asks for another; `final` ends it without success."""

    sent: bool
    detail: str = ""
    final: bool = False
    retry_at: datetime | None = None
    disable_channel: bool = False
