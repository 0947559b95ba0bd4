"""Everything that can go wrong, as one tree; each leaf says what its caller does next.

PostwatchError
├── UnusableSettings        the operator mends config/ or the environment; exit 2
├── HomeInUse               another `run` or `once` holds the home; exit 75
├── WrongUse                the command line makes no sense; exit 64
├── NotThere                record that it is not there; never "gone" by this alone
├── NotAllowed              protected, login-walled, or forbidden: record why, do not retry
├── Refused                 our own egress guard said no: record it, do not retry
├── TooLarge                over a limit of the settings: record it, do not retry
├── LedgerDamaged           the operator restores the newest backup of the database
├── NotUnderstood           the answer has a shape we do not know: keep it raw, tell a developer
├── TryLater                a passing fault: wait until `retry_at`, or back off
│   ├── RateLimited         wait until the window resets
│   ├── HostBusy            not this host's turn: put the work back until then; nothing went wrong
│   ├── ServerTrouble       5xx, time-outs, cut connections, HTML in place of JSON
│   ├── BudgetSpent         our own monthly stop, or the part kept for others; a gap is recorded
│   ├── CapReached          the platform's monthly cap; wait for the next cycle, tell the operator
│   ├── NoCredits           prepaid credits are gone (402): tell the operator, look again hourly
│   └── StorageFull         no room for media: pause downloads, tell the operator
└── CredentialRefused       401 or 403 for our key: tell the operator to renew it; look again hourly
"""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.model.exchange import Exchange


class PostwatchError(Exception):
    """The root: catch this to catch all that is ours. Its text is for an operator.

    `exchange` is what was asked and answered, where the error arose from an exchange with another machine.
    """

    exchange: "Exchange | None" = None


class UnusableSettings(PostwatchError):
    """The settings hold mistakes; `mistakes` lists them all, one line each."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class HomeInUse(PostwatchError):
    """Another `run` or `once` works in this home."""


class WrongUse(PostwatchError):
    """The command line makes no sense: say what to type instead."""


class NotThere(PostwatchError):
    """The other side answered that it has no such thing."""


class NotAllowed(PostwatchError):
    """The other side has it and will not show it to us."""


class Refused(PostwatchError):
    """The egress guard did not let the connection out."""


class TooLarge(PostwatchError):
    """More bytes, seconds or nesting than the settings allow."""


class LedgerDamaged(PostwatchError):
    """The database file is broken, or not ours to write: its message says what to restore or allow."""


class NotUnderstood(PostwatchError):
    """An answer whose shape we do not know."""


class TryLater(PostwatchError):
    """A passing fault. `retry_at` (aware UTC) tells when to try again, None leaves it to the caller's back-off."""

    def __init__(self, message: str, retry_at: datetime | None = None) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class RateLimited(TryLater):
    """429 for a window that resets at `retry_at`."""


class HostBusy(TryLater):
    """It is not this host's turn. `told`: the host wants it so; else we keep our distance, which is short."""

    def __init__(self, host: str, message: str, retry_at: datetime, *, told: bool = True) -> None:
        super().__init__(message, retry_at)
        self.host = host
        self.told = told


class ServerTrouble(TryLater):
    """5xx, a time-out, a cut connection, HTML in place of JSON."""


class BudgetSpent(TryLater):
    """The spend governor said no before the request left."""


class CapReached(TryLater):
    """The platform's monthly cap of reads is used up."""


class NoCredits(TryLater):
    """402: the prepaid credits are gone."""


class StorageFull(TryLater):
    """Too little free room for media."""


class CredentialRefused(PostwatchError):
    """401 or 403 for our key, whatever was asked."""
