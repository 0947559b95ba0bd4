"""Accounts and posts of the keyless sources."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Platform = Literal["youtube", "mastodon", "bluesky"]


@dataclass(frozen=True, slots=True)
class SocialPost:
    """A post. `id` in the platform's own form; `video_url` an MP4, None for a post of words."""

    id: str
    text: str
    at: datetime
    title: str = ""
    video_url: str | None = None
    changed_at: datetime | None = None


@dataclass(slots=True)
class Profile:
    """An account with its posts. `id`: YouTube's channel id, Mastodon's user name, Bluesky's did."""

    platform: Platform
    id: str
    name: str
    handle: str
    posts: list[SocialPost] = field(default_factory=list)

    def add(self, post: SocialPost) -> SocialPost:
        """Publishes a post."""
        self.posts = sorted([*self.posts, post], key=lambda p: p.at, reverse=True)
        return post

    def edit(self, old: SocialPost, new: SocialPost) -> SocialPost:
        """Puts one wording in the place of another."""
        self.posts = [new if p == old else p for p in self.posts]
        return new

    def delete(self, post: SocialPost) -> None:
        """Takes a post away."""
        self.posts = [p for p in self.posts if p != post]
