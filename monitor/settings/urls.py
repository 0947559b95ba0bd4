"""Which channel URLs hold credentials, and how such a URL is shown without them.

A scheme that is not known to be open counts as secret: most services of Apprise write a token into host or path.
"""

import re
from urllib.parse import SplitResult, unquote, urlsplit

_OPEN_SCHEME = re.compile(r"webhook\+https?|jsons?|xmls?|forms?|console|syslog|ntfys?|mailtos?")
# A user name without a password is a token here.
_USER_IS_TOKEN = frozenset(("webhook+http", "webhook+https", "ntfy", "ntfys"))
_SECRET_KEY = re.compile(
    r"(?:token|secret|password|passwd|pwd|passphrase|key|credentials?|cookie|authorization|bearer)$"
    r"|(?:^|[-_])(?:pass|auth|sig|signature|jwt)(?:$|[-_])",
    re.IGNORECASE,
)


def holds_secret(url: str) -> bool:
    """Whether a channel's URL carries credentials: a password, a service's token, a query value such as `key=`."""
    parts = _split(url)
    if parts is None or not _OPEN_SCHEME.fullmatch(parts.scheme):
        return True
    user, _, password = parts.netloc.rpartition("@")[0].partition(":")
    if password or (user and parts.scheme in _USER_IS_TOKEN):
        return True
    return any(_secret_pair(pair) for pair in parts.query.split("&"))


def masked(url: str) -> str:
    """`scheme://host:port` for people and logs; credentials, path and query stand as ***.

    Of a service whose host may be its token only the scheme is left.
    """
    parts = _split(url)
    if parts is None:
        return "***"
    if not _OPEN_SCHEME.fullmatch(parts.scheme) and parts.scheme not in ("http", "https"):
        return f"{parts.scheme}://***"
    userinfo, _, host = parts.netloc.rpartition("@")
    return (
        f"{parts.scheme}://{'***@' if userinfo else ''}{host}"
        f"{'/***' if parts.path.strip('/') else ''}{'?***' if parts.query else ''}"
    )


def _secret_pair(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return bool(value and _SECRET_KEY.search(unquote(name)))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port  # a port that is no number is the rest of a password with a slash in it
    except ValueError:
        return None
    return parts if parts.scheme else None
