"""What a site's robots.txt lets us read (RFC 9309). The door of protego.

Only the rules for us and for everybody are handed to it: one name may stand for thousands, whose rules it would keep apiece.
"""

import re
from urllib.parse import urlsplit

AGENT = "Postwatch"
"""The product token that a site's operator writes to mean us."""
LONGEST = 512_000
"""Bytes of a robots.txt that are read; the standard asks for 500 KiB at least."""

_AGENT_LINE = re.compile(r"^[ \t\ufeff]*user[- ]?agent[ \t]*:?[ \t]*([^#\r\n]*)", re.IGNORECASE | re.MULTILINE)
_TOKEN = re.compile(r"[a-z_-]+")


class Rules:
    """The rules of one robots.txt, for us."""

    def __init__(self, text: str) -> None:
        from protego import Protego

        self._protego = Protego.parse(_AGENT_LINE.sub(_for_us, text.lstrip("\ufeff")[:LONGEST]))

    def allows(self, url: str) -> bool:
        """Whether we may ask for an address of this site."""
        try:
            return self._protego.can_fetch(url, AGENT)
        except ValueError:
            return True

    @property
    def delay(self) -> float:
        """Seconds between two requests that it asks for; 0 when it does not."""
        found = self._protego.crawl_delay(AGENT)
        return found if found is not None and found > 0 else 0.0


def origin_of(url: str) -> str:
    """The site that an address belongs to, as robots.txt counts sites: scheme, host and port. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url[:200]} is no http(s) address")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{parts.port}" if parts.port else f"{parts.scheme}://{host}"


def _for_us(line: "re.Match[str]") -> str:
    name = line.group(1).strip().lower()
    if name == "*":
        return "User-agent: *"
    token = _TOKEN.match(name)
    return f"User-agent: {AGENT if token and token.group() == AGENT.lower() else 'another'}"
