"""Addresses in feeds, made absolute."""

from urllib.parse import urljoin, urlsplit

_LONGEST = 4096


def absolute(base_url: str, written: object) -> str | None:
    """The absolute http(s) address; None for other schemes and for what is no address."""
    if not isinstance(written, str) or not written.strip() or len(written) > _LONGEST:
        return None
    try:
        joined = urljoin(base_url, "".join(written.split()))
        parts = urlsplit(joined)
        readable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return joined if readable and joined.isprintable() else None
