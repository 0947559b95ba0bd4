"""What an address holds that only tells how a reader came: tracking parameters, the fragment."""

import re
from urllib.parse import urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_[\w-]*|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid)(?:=.*)?", re.IGNORECASE | re.DOTALL
)
_PORTS = {"http": 80, "https": 443}


def without_tracking(url: str) -> str:
    """The address without tracking parameters and fragment; scheme and host in lower case, the usual port left out."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return url.strip()
    if not host or parts.scheme.lower() not in _PORTS:
        return url.strip()
    shown = f"[{host}]" if ":" in host else host
    if port and port != _PORTS[parts.scheme.lower()]:
        shown = f"{shown}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair))
    return urlunsplit((parts.scheme.lower(), shown, parts.path or "/", query, ""))
