"""Secrets that we make: 256 bits each, kept as their hash alone, compared in constant time."""

import hashlib
import hmac
import re
import secrets as random

_TOKEN = re.compile(r"mon_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")


def new_secret() -> str:
    """43 characters fit for an address or a cookie."""
    return random.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compares without telling by its time how far they agree."""
    return hmac.compare_digest(one.encode(), other.encode())


def signed(key: bytes, *words: str) -> str:
    """A keyed hash of some words, in 32 hex digits."""
    return hmac.new(key, "\0".join(words).encode(), hashlib.sha256).hexdigest()[:32]


def new_token() -> tuple[str, str, str]:
    """A token's id, its secret's hash, and the token as its holder shows it: told once."""
    key, secret = random.token_hex(6), new_secret()
    return key, digest(secret), f"mon_{key}_{secret}"


def taken_apart(token: str) -> tuple[str, str] | None:
    """(id, hash of the secret) of a token as shown, or None for what is none."""
    found = _TOKEN.fullmatch(token)
    return (found[1], digest(found[2])) if found else None
