"""Who works at the desk, and as what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Role = Literal["viewer", "verifier", "editor", "archivist", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

Lock = Literal["open", "read_only", "no_access"]
"""The kill switch: all works; nothing may be changed; only an administrator gets in."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a place at the desk. `name` is what they log in with."""

    id: int
    name: str
    shown_name: str
    role: Role
    active: bool
    password_hash: str | None
    """None until the first password is set."""
    totp_nonce: str | None
    """Set when a second factor is on; the secret follows from it and the desk's key."""
    preferences: str
    """JSON: theme, keyboard, greyscale."""
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a person with a session, or a token. `scopes` narrows what a token may."""

    name: str
    role: Role
    person_id: int | None
    session_id: int | None = None
    token_id: str | None = None
    scopes: tuple[str, ...] = ("read", "write")
    preferences: str = "{}"

    @property
    def agent(self) -> str:
        """As the custody log and the audit name them."""
        return f"user:{self.name}" if self.token_id is None else f"token:{self.token_id}"
