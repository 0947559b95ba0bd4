"""What requests cost, and the door that each paid request passes."""

from dataclasses import dataclass
from typing import Literal, Protocol

from monitor.model.post import Bill

Purpose = Literal["watch", "cited", "doubt"]


@dataclass(frozen=True, slots=True)
class Ask:
    """A paid request about to leave: the most that its answer can hold.

    `purpose` "watch" may use the watches' part of the month's budget; "cited" (and `check`) all but a last tenth of the part that is
    kept for cited posts, which is for "doubt": whether a post that was missed is gone.
    """

    provider: str
    endpoint: str
    worst_posts: int
    worst_users: int
    purpose: Purpose


class Gate(Protocol):
    """The spend governor's door: reserve before the request leaves, settle after the answer came."""

    def reserve(self, ask: Ask) -> int:
        """A ticket for the request, its worst case set aside durably. Raises BudgetSpent."""

    def settle(self, ticket: int, bill: Bill) -> None:
        """Replaces the worst case by what was billed; an empty bill releases it."""
