"""Files of posts: what to fetch, what was got, what is in it."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from monitor.model.post import Attachment


@dataclass(frozen=True, slots=True)
class Wanted:
    """A download to do: an attachment with addresses, or a post's page for yt-dlp's extractor."""

    platform: str
    post_id: str
    post_url: str
    attachment: Attachment | None
    """None: let the extractor of the post's page find the media."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What `av` reads in a file. Any field is None where the container does not tell."""

    kind: Literal["video", "gif", "photo", "audio", "unknown"]
    mime: str
    extension: str
    duration_s: float | None = None
    width: int | None = None
    height: int | None = None
    video_codec: str | None = None
    audio_codec: str | None = None
    damaged: str | None = None
    """Why the file looks cut or broken; None when it reads to its end."""
    cut: bool = False
    """Whether bytes are missing at its end: what a broken transfer leaves."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file that arrived in a private temporary folder, hashed while it was read, not yet in the vault."""

    path: Path
    sha256: str
    size: int
    key: str
    """The attachment's key, or the platform's media id when the extractor found it."""
    url: str
    via: Literal["variant", "extractor"]
    started_at: datetime
    ended_at: datetime
    tools: dict[str, str] = field(default_factory=dict)
    info: bytes = b""
    """yt-dlp's sanitised info as JSON; empty for direct variants."""
    owner_id: str | None = None
    """The platform's id of the post that owns the file, where the extractor tells it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file durable in the vault."""

    sha256: str
    size: int
    path: Path
    existed: bool
    replaced: Path | None = None
    """Where a damaged object of the same hash was moved to; None when there was none."""
