"""Whether a cited post is there, as a free answer of its platform tells it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from monitor.model.sight import AuthorState, Shown

State = Literal["live", "not_found", "not_answered", "changed"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A post as an article cites it: what is needed to ask for it."""

    platform: str
    post_id: str
    url: str
    handle: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back when a platform was asked. `status` is None when nothing came; then `trouble` says why.

    `trouble` is a short reason, such as "network", and after a colon what happened.
    """

    url_asked: str
    url_final: str
    status: int | None
    content: bytes = b""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What answers add up to. "not_found" only where the platform itself said so of this very post.

    `reason` begins with a word or two that name the case ("login wanted", "throttled", "network", "server error", "not shown",
    "not understood", ...) and goes on, after a colon, with what was seen. It is empty for a post that is live.
    """

    state: State
    reason: str = ""
    handle: str | None = None
    author: str | None = None
    words: str | None = None
    """The post's text, or a video's title, as the answer tells it; None where it tells none."""
    comparable: bool = False
    """Whether `words` may be held against the text that we keep: other sources of this platform give the same."""
    posted_at: datetime | None = None
    try_extractor: bool = False
    """Whether yt-dlp might still see the post live. It never says that a post is gone."""
    told: Shown | None = None
    """What the platform's own words on the post's page say, where they give a reason."""
    told_author: AuthorState | None = None

    def changed(self, reason: str) -> "Seen":
        """The same post, live, with other words than we hold."""
        return replace(self, state="changed", reason=reason)


@dataclass(frozen=True, slots=True)
class Question:
    """An address to ask for a post, and what its answer means: a finding, or the next question."""

    url: str
    judge: "Judge"
    hosts: tuple[str, ...] = ()
    """Hosts, beside the asked one, to which the platform may send us on without it meaning anything."""
    accept: str = "application/json"


Judge = Callable[[Answer], "Seen | Question"]


def not_answered(case: str, told: str = "", *, try_extractor: bool = False) -> Seen:
    """We do not know: why, in a word, and what was seen."""
    return Seen("not_answered", f"{case}: {told}" if told else case, try_extractor=try_extractor)
