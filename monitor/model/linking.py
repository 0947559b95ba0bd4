"""What links are suggested from: an article and posts as the linking sees them, and the suggestions with their evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.model.article import Precision
from monitor.model.mention import Mention
from monitor.model.post import MediaKind

SLACK_HOURS: Mapping[Precision, float] = {"exact": 3, "no_zone": 15, "day": 30}
"""How long after its published time a post may be and still be in an article: late additions, unknown zones, unknown hours."""
Level = Literal["strong", "weak"]
EvidenceKind = Literal["words", "quote", "name", "number", "tag", "media", "time"]


@dataclass(frozen=True, slots=True)
class Story:
    """An article whose words may speak of posts."""

    page: str
    """Whatever the caller knows it by."""
    title: str
    paragraphs: tuple[str, ...]
    url: str | None = None
    published_at: datetime | None = None
    slack_hours: float = 3
    """How long after `published_at` a post may be and still be in it: the clock's uncertainty, and late additions."""
    language: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A post that an article may speak of."""

    platform: str
    post_id: str
    text: str
    handle: str | None = None
    author_name: str | None = None
    posted_at: datetime | None = None
    media: tuple[MediaKind, ...] = ()

    @property
    def author_key(self) -> str:
        """The account, as far as a post tells it."""
        return f"{self.platform}:{(self.handle or self.author_name or '').casefold()}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a suggestion, in words that a person can check at a glance."""

    kind: EvidenceKind
    article: str
    """The article's passage, matching words between ** marks."""
    post: str
    """The post's passage, marked alike."""
    weight: float
    """How much it counts for (or, below zero, against) the suggestion: a difference of log odds."""
    paragraph: int | None = None
    """Counts from 1; None for the title, or the article as a whole."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A post that an article probably speaks of. `score` is a calibrated probability."""

    platform: str
    post_id: str
    score: float
    level: Level
    evidence: tuple[Evidence, ...]
    odds: float = 0.0
    """The pair's own claim, as a logarithm of odds, before other articles' claims to the post were weighed."""
    mention: Mention | None = None
    """The sentence that attributes a post to this account, or names the platform beside it."""
