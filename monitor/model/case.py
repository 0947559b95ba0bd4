"""A case: the desk's work on one post, citation or article."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

CaseKind = Literal["post", "citation", "article"]
CaseState = Literal["new", "working", "needs_second", "decided", "reopened", "closed"]
Pillar = Literal["provenance", "source", "date", "location", "motivation"]
PILLARS: tuple[Pillar, ...] = get_args(Pillar)
Confidence = Literal["high", "some", "low", "not applicable"]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
"""How sure one is of an answer."""
CASE_STATES: tuple[CaseState, ...] = get_args(CaseState)
PRIORITIES = ("low", "normal", "high", "urgent")


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is to be about. `subject` is the same for what is the same: one case each."""

    kind: CaseKind
    subject: str
    title: str
    platform: str | None = None
    post_id: str | None = None
    post: int | None = None
    citation_id: int | None = None
    article_id: int | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand writes: `author` as the audit names it, `person` whoever stands behind (a token is its maker's)."""

    author: str
    person: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be changed of a case itself."""

    title: str
    priority: int
    assignee: str | None
    due_at: datetime | None
    outside: bool
    """Whether links that tell others what is worked on may be shown, and addresses of findings asked."""
    closed: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """Something found out. `kind` says how."""

    kind: str
    note: str
    url: str | None = None
    sha256: str | None = None
    from_sha256: str | None = None
    at_seconds: float | None = None
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody decides: the material, what is said of it, why."""

    material: str
    claim: str
    claim_text: str
    codes: tuple[str, ...]
    context: str
    """What the original shows, for whoever saw it out of context."""
    original_url: str
    rationale: str


@dataclass(frozen=True, slots=True)
class Right:
    """How it stands with whoever holds the rights."""

    holder: str
    state: str
    licence: str
    credit: str
    asked_at: datetime | None
    expires_at: datetime | None
    note: str


RIGHT_STATES = ("asked", "granted", "refused", "no answer", "withdrawn")
FINDING_KINDS = ("frame", "reverse search", "place", "time", "contact", "metadata", "earlier copy", "other")


def light(confidences: list[str]) -> str:
    """What a pillar's answers add up to: the least sure; "open" without any."""
    known = [c for c in ("low", "some", "high") if c in confidences]
    return known[0] if known else ("not applicable" if confidences else "open")
