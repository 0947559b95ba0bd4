"""When credentials end, as far as they tell it: a JSON Web Token holds its `exp`."""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from monitor.settings.secrets import X_TOKEN, Secrets

_JWT = re.compile(r"\beyJ[A-Za-z0-9_-]+\.(eyJ[A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*")


def expiries(secrets: Secrets) -> Iterator[tuple[str, datetime]]:
    """(what it is for, when it ends) of each credential that says so."""
    named = {X_TOKEN: secrets.x_token or ""}
    named |= {f"channel {name}": value for name, value in secrets.channel_urls.items()}
    for host, headers in secrets.headers.items():
        named |= {f"{host}'s {name}": value for name, value in headers.items()}
    for what, value in named.items():
        for match in _JWT.finditer(value):
            end = _end_of(match[1])
            if end is not None:
                yield what, end


def _end_of(part: str) -> datetime | None:
    try:
        claims = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        return datetime.fromtimestamp(int(claims["exp"]), UTC)
    except (binascii.Error, ValueError, KeyError, TypeError, OverflowError, OSError):
        return None
