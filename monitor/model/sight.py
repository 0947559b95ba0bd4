"""One look at a post by one method, and what all looks add up to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Shown = Literal["available", "absent", "refused", "withheld", "copyright", "age_or_login", "geo_block", "unanswered"]
"""What a look saw. "absent": the platform says that there is no such post. "refused": it has it, or had it, and does not show
it. "unanswered": we could not look, whatever the cause: outage, our credentials, throttling, an answer of unknown shape."""

AuthorState = Literal["live", "protected", "suspended", "absent", "unanswered"]
State = Literal["available", "suspect", "gone", "restored", "unknown"]
Reason = Literal[
    "deleted by author",
    "account suspended",
    "account gone",
    "protected",
    "withheld in countries",
    "age or login gate",
    "geo-block",
    "copyright",
    "removed",
]
"""Why a post is gone. "removed": the platform does not tell by whom."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look. `control` names a post of another account that was seen live by the same method within the same minute;
    `author` is the author's state as it was told in that minute, None where nobody asked."""

    at: datetime
    method: str
    shown: Shown
    detail: str = ""
    author: AuthorState | None = None
    control: str | None = None

    @property
    def strength(self) -> int:
        """How much an answer counts: a platform's API knows more than what it shows to everybody, which may be a cached copy."""
        return 2 if self.method.endswith("-api") else 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the looks add up to. `evidence` is one sentence that names them."""

    state: State
    since: datetime
    reason: Reason | None = None
    evidence: str = ""
    before_us: bool = False
    """True when the post was already gone when we first looked: link rot, never an alarm."""

    @property
    def is_there(self) -> bool:
        """Whether the post is to be seen, as far as we know."""
        return self.state in ("available", "restored")
