"""Markup packed in base64, as consent banners keep it until a reader agrees."""

import re
from base64 import b64decode
from binascii import Error

_PACKED = re.compile(r"[A-Za-z0-9+/_-]{32,}={0,2}")
_LONGEST = 400_000


def unpacked(text: str) -> str | None:
    """The markup or address that a text packs; None when it packs none."""
    bare = "".join(text.split()) if len(text) <= _LONGEST else ""
    if not _PACKED.fullmatch(bare):
        return None
    try:
        plain = b64decode(bare.replace("-", "+").replace("_", "/") + "=" * (-len(bare) % 4)).decode("utf-8")
    except (Error, ValueError):
        return None
    return plain if "<" in plain or "://" in plain else None
