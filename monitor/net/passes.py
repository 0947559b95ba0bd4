"""The guard's credentials: who asks, and which pairs are open to the asker alone."""

import base64
import binascii
import hashlib
import re
import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.net.pairs import pairs


@dataclass(frozen=True, slots=True)
class Pass:
    """What its holder may do beyond the rules for all. `lifetime` in seconds ends each connection; None does not."""

    purpose: str
    also: frozenset[str]
    lifetime: float | None = None


class Passes:
    """All passes of one guard, made at need and valid until it closes. Safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._credentials: dict[Pass, str] = {}
        self._by_digest: dict[bytes, Pass] = {}

    def credential(self, purpose: str, also: Iterable[str] = (), lifetime: float | None = None) -> str:
        """`purpose:token`; the same one for the same rights, so that asking often costs nothing."""
        if not re.fullmatch(r"[a-z0-9_-]+", purpose):
            raise ValueError("a purpose is written with a-z, 0-9, - and _")
        wanted = Pass(purpose, pairs(also), lifetime)
        with self._lock:
            if wanted not in self._credentials:
                made = f"{purpose}:{secrets.token_urlsafe(24)}"
                self._credentials[wanted] = made
                self._by_digest[_digest(made.encode())] = wanted
            return self._credentials[wanted]

    def holder_of(self, authorization: str) -> Pass | None:
        """The pass that a Proxy-Authorization header shows; None for none of ours."""
        scheme, _, value = authorization.strip().partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            shown = base64.b64decode(value.strip(), validate=True)
        except (binascii.Error, ValueError):
            return None
        return self._by_digest.get(_digest(shown))


def basic(credential: str) -> str:
    """The value of a Proxy-Authorization header for `user:password`."""
    return "Basic " + base64.b64encode(credential.encode()).decode("ascii")


def _digest(shown: bytes) -> bytes:
    # Looked up by digest: the time of a look-up tells nothing about the token.
    return hashlib.sha256(shown).digest()
