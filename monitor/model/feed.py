"""A feed of articles or posts as one answer showed it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

ListKind = Literal["feed", "sitemap", "index", "wordpress", "page"]
"""RSS, Atom or JSON Feed; a sitemap, an index of sitemaps; the posts of a WordPress site; a page's links."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an entry names. `kind`: "video", "audio", "image", or "" where nothing tells it."""

    url: str
    kind: str
    mime: str = ""
    alt_text: str | None = None
    preview_url: str | None = None
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. All text is plain; all addresses are absolute and http or https."""

    id: str
    """As the feed gives it, else its address, else a digest of its words."""
    url: str | None
    title: str
    published_at: datetime | None = None
    updated_at: datetime | None = None
    summary: str = ""
    """The longest body that the feed gives."""
    authors: tuple[str, ...] = ()
    author_url: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    preview_url: str | None = None
    video_id: str | None = None
    """YouTube's id of the video, in its own feeds."""
    channel_id: str | None = None
    """YouTube's id of the channel, in its own feeds."""
    raw: bytes = b""
    """The entry as it stands in the feed, byte for byte; of a broken or JSON feed, the parsed entry as JSON."""
    span: tuple[int, int] | None = None
    """Where `raw` stands in the decoded content; None where it is no part of it."""
    change: str = ""
    """Differs when the entry has changed, such as a sitemap's lastmod as written; empty where nothing tells."""

    @property
    def dated_at(self) -> datetime | None:
        """The time to sort by."""
        return self.published_at or self.updated_at


@dataclass(frozen=True, slots=True)
class Part:
    """A further list that a list names: a sitemap of an index. `change` as of an entry."""

    url: str
    change: str = ""
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of articles as one answer showed it, whatever its kind."""

    kind: ListKind
    entries: tuple[Entry, ...]
    parts: tuple[Part, ...] = ()
    warnings: tuple[str, ...] = ()
    is_whole: bool = True
    """False when the list breaks off: what came counts, and all of it is asked for again."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries."""

    title: str
    home_url: str | None
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()
    generator: str = ""
