"""An account on a platform. Its stable id is its identity; the handle may change."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Account:
    """An account as one answer showed it."""

    platform: str
    platform_id: str
    handle: str | None = None
    name: str | None = None
    protected: bool = False
    created_at: datetime | None = None
    url: str | None = None
