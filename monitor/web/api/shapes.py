"""How rows look, for the OpenAPI description: the fields of the commands' `--json`. A test holds rows against them."""

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Item = TypeVar("Item")


class Part(BaseModel, Generic[Item]):
    """A part of a listing."""

    items: list[Item]
    next: str | None = Field(description="Send it back as `cursor` for what follows; null at the end.")


class Shape(BaseModel):
    """A row; later versions may add fields."""

    model_config = ConfigDict(extra="allow")


class Availability(Shape):
    """What the looks at a post add up to."""

    state: str
    reason: str | None
    since: str | None
    evidence: str


class MediaFile(Shape):
    """A file of a post."""

    sha256: str | None
    kind: str
    bytes: int | None
    duration_s: float | None
    state: str
    key: str
    reason: str | None
    damaged: str | None
    contact_sheet: str | None


class PostRow(Shape):
    """A row of `posts --json`."""

    platform: str
    post_id: str
    url: str
    account_id: str
    handle: str | None
    text: str | None
    posted_at: str | None
    seen_at: str
    versions: int
    media: list[MediaFile]
    availability: Availability
    kind: str
    name: str | None
    id_time: str | None
    language: str | None
    found_by: str


class LinkRow(Shape):
    """A row of `links --json`."""

    article_url: str
    platform: str
    post_id: str | None
    cited_post_id: str | None
    kind: str
    state: str
    paragraph: int | None
    handle: str | None
    id: int | None
    article_title: str | None
    url: str | None
    account_id: str | None
    form: str | None
    text: str | None
    copy_: str | None = Field(alias="copy")
    confidence: float
    score: float | None
    level: str | None
    suggestion: int | None
    first_version: int
    last_version: int
    removed: bool
    removed_at: str | None
    seen_at: str


class PostPage(PostRow):
    """A post and what hangs on it."""

    sensitive: bool
    wordings: list[dict[str, Any]]
    files: list[dict[str, Any]]
    author: dict[str, Any]
    cited_by: list[LinkRow]
    suggested_for: list[LinkRow]
    observations: list[dict[str, Any]]
    verdicts: list[dict[str, Any]]
    custody: list[dict[str, Any]]


class ArticleRow(Shape):
    """A row of `articles --json`."""

    url: str
    title: str | None
    published_at: str | None
    published_precision: str | None
    modified_at: str | None
    versions: int
    citations: int
    id: int
    authors: list[str]
    language: str | None
    publisher: str
    desk: str
    own: bool
    status: str
    seen_at: str
    last_read_at: str | None
    corrections: list[str]
    warnings: list[str]


class ArticlePage(ArticleRow):
    """An article, its newest words, and what became of what it cites."""

    paragraphs: list[str]
    editions: list[dict[str, Any]]
    cites: list[LinkRow]


class AlertRow(Shape):
    """A row of `alerts --json`; its kind brings further fields."""

    id: str
    kind: str
    priority: str
    dedup_key: str
    subject: str
    created_at: str
    deliveries: list[dict[str, Any]]


class WatchRow(Shape):
    """A row of `watches --json`."""

    id: int
    kind: str
    platform: str
    target: str
    url: str | None
    handle: str | None
    account_id: str | None
    every_seconds: int
    tags: list[str]
    desk: str
    purpose: str
    own: bool
    state: str
    state_reason: str
    posts: int
    next_look_at: str
    last_look_at: str | None
    last_success_at: str | None
    failures: int
    last_error: str | None
    created_at: str
