"""Addresses in feeds, made absolute."""

import re
from urllib.parse import urljoin, urlsplit

_LONGEST = 4096
_PLAIN = re.compile(r"https?://[A-Za-z0-9.-]{1,250}(?::[1-9]\d{0,3})?(?:/[!\"$-~]*)?")
"""What needs no taking apart: nearly every address of a sitemap, which may hold 50,000."""


def absolute(base_url: str, written: object) -> str | None:
    """The absolute http(s) address; None for other schemes and for what is no address."""
    if not isinstance(written, str) or not written.strip() or len(written) > _LONGEST:
        return None
    if _PLAIN.fullmatch(written):
        return written
    try:
        joined = urljoin(base_url, "".join(written.split()))
        parts = urlsplit(joined)
        readable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return joined if readable and joined.isprintable() else None
