"""One-time codes of an authenticator (TOTP, RFC 6238: SHA-1, 6 digits, 30 s). The secret follows from the desk's key and a nonce: the
ledger holds the nonce alone, and a copy of the ledger gives no codes."""

import base64
import hashlib
import hmac
import secrets as random
import struct
from datetime import datetime
from urllib.parse import quote

_STEP, _DIGITS, _DRIFT = 30, 6, 1


def new_nonce() -> str:
    """What a person's secret is made from."""
    return random.token_hex(16)


def secret(key: bytes, nonce: str) -> bytes:
    """The secret of a nonce."""
    return hmac.new(key, b"totp\0" + nonce.encode(), hashlib.sha256).digest()[:20]


def shown(key: bytes, nonce: str) -> str:
    """The secret as people type it into an authenticator."""
    return base64.b32encode(secret(key, nonce)).decode()


def address(key: bytes, nonce: str, name: str) -> str:
    """The secret as an authenticator reads it from a link."""
    return f"otpauth://totp/Postwatch:{quote(name, safe='')}?secret={shown(key, nonce)}&issuer=Postwatch"


def code(secret_bytes: bytes, step: int) -> str:
    """The code of a step of time."""
    digest = hmac.new(secret_bytes, struct.pack(">Q", step), hashlib.sha1).digest()  # as authenticators have it
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def step_of(key: bytes, nonce: str, given: str, now: datetime, last: int) -> int | None:
    """The step of a code that is right now, give or take one, and later than the `last` one used; None for any other."""
    plain = "".join(given.split())
    current = int(now.timestamp()) // _STEP
    for step in range(current - _DRIFT, current + _DRIFT + 1):
        if step > last and hmac.compare_digest(code(secret(key, nonce), step), plain):
            return step
    return None
