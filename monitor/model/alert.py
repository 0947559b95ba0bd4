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
    language: str = ""
    """BCP 47, of the post, else of the article; "" if unknown."""
    media: tuple[str, ...] = ()
    """Kinds of the post's files: video, gif, photo, audio."""
    articles: tuple[str, ...] = ()
    """Addresses of the articles concerned, our own first."""
    publishers: tuple[str, ...] = ()
    desks: tuple[str, ...] = ()
    """The desks whose watches or articles it concerns; () if it is everybody's."""
    tells_of: str = ""
    """What it is about: alerts of one `tells_of` make one conversation in a mailbox, and one thing to snooze."""


@dataclass(frozen=True, slots=True)
class Route:
    """One delivery of an alert, as planned when the alert is written."""

    channel: str
    not_before: datetime
    step: int = 0
    """0 for the first; each further step is a repetition or an escalation, dropped once somebody acknowledges."""
    slot: str = ""
    """"" goes alone; else the kind of bundle that it joins: group, hourly, daily, quiet, storm."""
    held: str = ""
    """Why it waits, in words."""
    suppressed: str = ""
    """Why it is not sent at all; "" if it is."""


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
    html: str = ""
    """The same as a page without any script or picture from elsewhere; "" where there is none."""
    answers: tuple[str, ...] = ()
    """Keys of earlier messages about the same thing over this channel, oldest first: a mailbox shows them together."""
    key: str = ""
    """What the message's own key is made of, the same on every attempt; "" stands for the row's dedup key."""
    pictures: tuple[tuple[str, bytes], ...] = ()
    """(file name, PNG or JPEG) of our own contact sheets; only where the channel asks for pictures."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt. `retry_at` asks for another; `final` ends it without success."""

    sent: bool
    detail: str = ""
    final: bool = False
    retry_at: datetime | None = None
    disable_channel: bool = False
