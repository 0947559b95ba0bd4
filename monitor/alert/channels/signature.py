"""Signatures of Standard Webhooks 1.0 (https://www.standardwebhooks.com): HMAC-SHA256 of "id.timestamp.body"."""

import base64
import binascii
import hashlib
import hmac

_PREFIX = "whsec_"


def keys_of(secret: str) -> tuple[bytes, ...]:
    """The signing keys of a secret; more than one while a key is being changed (`whsec_... whsec_...`).

    `whsec_` and base64 is the standard's form; base64 alone is read as the standard's libraries read it; anything else
    is taken as it stands.
    """
    words = secret.split()
    if len(words) > 1 and all(word.startswith(_PREFIX) for word in words):
        return tuple(_key_of(word) for word in words)
    return (_key_of(secret.strip()),) if words else ()


def _key_of(secret: str) -> bytes:
    text = secret.removeprefix(_PREFIX)
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return text.encode("utf-8", "replace")


def signatures(keys: tuple[bytes, ...], message_id: str, timestamp: int, body: bytes) -> str:
    """The value of `webhook-signature`: one `v1,<base64>` for each key. `timestamp` in seconds since 1970."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digests = (hmac.new(key, signed, hashlib.sha256).digest() for key in keys)
    return " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)
