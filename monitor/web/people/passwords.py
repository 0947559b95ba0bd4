"""Passwords: argon2id with the library's own parameters, and no rule but length and not being the obvious."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST, MOST = 14, 200
_OBVIOUS = ("password", "postwatch", "letmein", "qwerty", "12345678")


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


def weakness(password: str, name: str) -> str | None:
    """What is wrong with a password for somebody of that name, or None."""
    if len(password) < LEAST:
        return f"at least {LEAST} characters: four or five words that nobody says together do well"
    if len(password) > MOST:
        return f"at most {MOST} characters"
    plain = password.lower()
    if len(set(plain)) < 5:
        return "more than a few different characters"
    for word in (*_OBVIOUS, name.lower()):
        plain = plain.replace(word, "")
    return None if len(plain) >= LEAST // 2 else "not the name, nor a word that everybody tries first"


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _hasher().hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether it is the password. Somebody without one costs as much time as somebody with."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept or _decoy(), password[: MOST + 1]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _decoy() -> str:
    return _hasher().hash("nobody has this password")
