"""A post as one answer showed it, with its media and what it refers to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from monitor.model.account import Account
from monitor.model.exchange import Exchange, Slice

PostKind = Literal["post", "reply", "quote", "repost"]
MediaKind = Literal["video", "gif", "photo", "audio"]


@dataclass(frozen=True, slots=True)
class Variant:
    """One encoding of a clip. `bit_rate` in bits a second, None for manifests."""

    url: str
    content_type: str
    bit_rate: int | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a post, by the platform's own key."""

    key: str
    kind: MediaKind
    url: str | None = None
    preview_url: str | None = None
    variants: tuple[Variant, ...] = ()
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None
    alt_text: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """What a post replies to, quotes or reposts."""

    kind: Literal["replied_to", "quoted", "reposted"]
    post_id: str


@dataclass(frozen=True, slots=True)
class Post:
    """One version of a post. Identity is platform + `chain[0]`, the id of the first version."""

    platform: str
    version_id: str
    chain: tuple[str, ...]
    """Ids of all versions, oldest first; always holds at least `version_id`."""
    account: Account
    text: str
    url: str
    kind: PostKind = "post"
    posted_at: datetime | None = None
    """As the platform claims."""
    id_time: datetime | None = None
    """Derived from the id, where the id tells it."""
    editable_until: datetime | None = None
    language: str | None = None
    sensitive: bool = False
    references: tuple[Reference, ...] = ()
    media: tuple[Attachment, ...] = ()
    withheld_in: tuple[str, ...] = ()
    withheld_copyright: bool = False
    metrics: tuple[tuple[str, int], ...] = ()
    raw: bytes = b""
    """This post's slice of the answer, byte for byte."""

    @property
    def post_id(self) -> str:
        """The id of the first version: the post's identity on its platform."""
        return self.chain[0]

    @property
    def has_video(self) -> bool:
        """Whether a clip (video or animated picture) is attached."""
        return any(m.kind in ("video", "gif") for m in self.media)


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of an answer that could not be given, in the platform's words and in ours.

    `reason`: "not_found", "not_authorized", "suspended", "unavailable", "withheld", "unknown".
    """

    subject: Literal["post", "account"]
    key: str
    """The id (or handle, for accounts asked by handle)."""
    reason: str
    title: str
    detail: str
    type: str
    main: bool = True
    """False for a problem of an expansion, not of what was asked."""


@dataclass(frozen=True, slots=True)
class Bill:
    """What an answer costs: the distinct ids of posts and of users that it returned."""

    posts: frozenset[str] = frozenset()
    users: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of a platform, parsed. `posts` oldest first."""

    exchange: Exchange
    posts: tuple[Post, ...] = ()
    included: tuple[Post, ...] = ()
    """Posts that the asked ones refer to, where the answer holds them too. Oldest first; none of `posts`."""
    accounts: tuple[Account, ...] = ()
    problems: tuple[Problem, ...] = ()
    slices: tuple[Slice, ...] = ()
    bill: Bill = Bill()
    newest_id: str | None = None
    next_token: str | None = None
    stopped: Literal["limit", "repeats", "empty"] | None = None
    """Why a walk through pages ended here before the platform's last page: a gap below the oldest post is possible."""
    warnings: tuple[str, ...] = ()
    """Schema drift and other oddities: unknown shapes that were kept raw and passed over."""
