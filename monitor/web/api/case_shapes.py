"""How cases look, and what programs send to them, for the OpenAPI description."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from monitor.web.api.shapes import Shape

_LONG = 20_000


class CaseVerdict(Shape):
    """The last verdict. `current` is false once the evidence has changed since."""

    n: int
    material: str
    claim: str
    codes: list[str]
    author: str
    at: str
    current: bool
    signed_by: str | None
    signed_at: str | None


class CaseRow(Shape):
    """A row of `cases --json`."""

    id: int
    kind: str
    state: str
    title: str
    platform: str | None
    post_id: str | None
    handle: str | None
    url: str | None
    article_url: str | None
    article_title: str | None
    article_id: int | None
    priority: int
    assignee: str | None
    due_at: str | None
    opened_by: str
    opened_at: str
    updated_at: str
    reopened_at: str | None
    reopened_why: str | None
    outside: bool
    answered: int
    questions: int
    findings: int
    verdict: CaseVerdict | None
    copy_: str | None = Field(alias="copy")
    version: int


class CasePage(CaseRow):
    """A case and all that was appended to it, oldest first."""

    template: int
    pillars: dict[str, str]
    checklist: list[dict[str, Any]]
    finds: list[dict[str, Any]]
    places: list[dict[str, Any]]
    upstream: list[dict[str, Any]]
    verdicts: list[dict[str, Any]]
    rights: list[dict[str, Any]]
    comments: list[dict[str, Any]]


class Review(Shape):
    """schema.org's MediaReview as JSON-LD."""


class Sent(BaseModel):
    """`version` is the case's that was seen: a change of the same part since is answered 409. Left out, only If-Match guards."""

    model_config = ConfigDict(extra="forbid")
    version: int | None = Field(None, ge=1, le=2**53)


class OpenCase(BaseModel):
    """What the case is about: a post by platform and post_id, or an article or a citation by number."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["post", "citation", "article"] = "post"
    platform: str = Field("", max_length=30)
    post_id: str = Field("", max_length=300)
    number: int | None = Field(None, ge=1, le=2**53)


class SentPlan(Sent):
    """What is left out stays as it is."""

    title: str | None = Field(None, min_length=1, max_length=300)
    priority: int | None = Field(None, ge=0, le=3)
    assignee: str | None = Field(None, max_length=80, description='A name; "" for nobody.')
    due_at: datetime | None = Field(None, description="With its zone.")
    outside: bool | None = Field(
        None, description="Whether links to tools and copies of addresses may leave the house."
    )
    closed: bool | None = None


class SentAnswer(Sent):
    """An answer to a question of the case's template."""

    question: str = Field(max_length=60)
    answer: str = Field(min_length=1, max_length=_LONG)
    confidence: Literal["high", "some", "low", "not applicable"]


class SentFinding(Sent):
    """Something found out."""

    kind: Literal["reverse search", "place", "time", "contact", "metadata", "earlier copy", "other"]
    note: str = Field("", max_length=_LONG)
    url: str | None = Field(None, max_length=2000)
    copy_: bool = Field(False, alias="copy", description="Keep what stands at the address; the case must let it out.")


class SentFrame(Sent):
    """The exact frame of a file to cut as a finding."""

    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    at_seconds: float = Field(ge=0, le=1_000_000)
    note: str = Field("", max_length=_LONG)


class SentPlace(Sent):
    """Where it was recorded, in degrees, and how exact that is, in metres."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    precision_m: int = Field(1000, ge=1, le=10_000_000)
    note: str = Field("", max_length=_LONG)


class SentVerdict(Sent):
    """A verdict on two axes, with the codes of MediaReview that hold."""

    material: Literal["authentic", "altered", "staged", "synthetic", "undetermined"]
    claim: Literal["accurate", "missing context", "inaccurate", "unproven", "no claim"]
    claim_text: str = Field("", max_length=1000)
    codes: list[
        Literal[
            "OriginalMediaContent",
            "DecontextualizedContent",
            "EditedOrCroppedContent",
            "TransformedContent",
            "StagedContent",
            "SatireOrParodyContent",
        ]
    ] = []
    context: str = Field("", max_length=2000)
    original_url: str = Field("", max_length=2000)
    rationale: str = Field(min_length=1, max_length=_LONG)


class SentSignoff(Sent):
    """A second person's word on verdict `n`."""

    n: int = Field(ge=1, le=2**53)
    outcome: Literal["agree", "disagree"]
    note: str = Field("", max_length=_LONG)


class SentComment(Sent):
    """A word among colleagues."""

    body: str = Field(min_length=1, max_length=_LONG)


class SentRight(Sent):
    """How it stands with a holder of rights."""

    holder: str = Field(min_length=1, max_length=500)
    state: Literal["asked", "granted", "refused", "no answer", "withdrawn"]
    licence: str = Field("", max_length=500)
    credit: str = Field("", max_length=500)
    asked_at: datetime | None = None
    expires_at: datetime | None = None
    note: str = Field("", max_length=2000)
