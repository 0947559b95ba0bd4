"""How long what is kept: the two profiles, and what is due to go. Pure.

newsroom: cited posts stay, with a review after a year; of posts that nobody cites media go after 30 days and text after 90.
archive: everything stays; the review after a year asks whether the purpose still holds.

What is held, pinned, or waits for somebody's decision never goes by itself. What vanishes upstream never goes by itself, either.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Profile = Literal["", "newsroom", "archive"]
Class = Literal["full", "metadata", "cited-media"]
"""full: everything; metadata: no media at all; cited-media: media of posts that an article cites."""
Purge = Literal["media", "everything"]

MEDIA_DAYS, TEXT_DAYS, REVIEW_DAYS = 30, 90, 365
UPSTREAM_DAYS = 30
"""How long a decision about a post that was deleted upstream may wait."""
TAKEDOWN_HOURS = 24
"""What X's developer agreement gives after a written request (section "Removals", August 2026)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A post as retention sees it."""

    seen_at: datetime
    cited: bool
    protected: bool
    """Held, pinned, or under an open decision."""
    has_media: bool
    kept_for: Class = "full"


def due_to_go(post: Kept, profile: Profile, now: datetime) -> Purge | None:
    """What of a post is due to go now; None when nothing is."""
    if post.protected:
        return None
    if post.has_media and (post.kept_for == "metadata" or (post.kept_for == "cited-media" and not post.cited)):
        return "media"
    if profile != "newsroom" or post.cited:
        return None
    age = now - post.seen_at
    if age >= timedelta(days=TEXT_DAYS):
        return "everything"
    return "media" if post.has_media and age >= timedelta(days=MEDIA_DAYS) else None
