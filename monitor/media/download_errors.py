"""What yt-dlp's errors mean in our tree. Part of the one yt-dlp door; runs in its child only."""

import errno
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from yt_dlp.networking.exceptions import HTTPError, ProxyError, RequestError, TransportError
from yt_dlp.utils import ContentTooShortError, GeoRestrictedError, UnsupportedError

from monitor import clock
from monitor.errors import (
    NotAllowed,
    NotThere,
    NotUnderstood,
    PostwatchError,
    RateLimited,
    Refused,
    ServerTrouble,
    StorageFull,
    TooLarge,
    TryLater,
)

GUARD_HEADER = "X-Postwatch-Guard"
_LONGEST_WAIT_S = 86_400
# The order counts: "Video unavailable. This video is private" is not allowed rather than not there.
_WORDS: tuple[tuple[str, type[PostwatchError]], ...] = (
    (r"no suitable extractor|unsupported url", NotUnderstood),
    (r"http error 5\d\d|timed? ?out|connection (reset|refused|aborted)|bytes read|name resolution", ServerTrouble),
    (r"did not get any data|guest token|empty json|fragment .*not found|remote end closed", ServerTrouble),
    (r"login|log in|sign in|--cookies|authenticat|protected|private|not authorized|members[- ]only", NotAllowed),
    (r"geo.?restrict|not available (in|from) your|in your country|\bDRM\b|age.?restrict", NotAllowed),
    (r"rate.?limit|too many requests", RateLimited),
    (r"no video could be found|no video formats|there'?s no video|does(n't| not) exist|not found", NotThere),
    (r"unavailable|no longer|deleted|removed|suspended|has ended|terminated", NotThere),
)
_NOISE = re.compile(
    r"\x1b\[[0-9;]*m|^\s*ERROR:\s*|\[download\] Got error: |; please report this issue.*|\s*\(caused by .*", re.DOTALL
)


def ours(error: BaseException, url: str, seen: HTTPError | None = None) -> PostwatchError:
    """Our error for what yt-dlp raised at an address; `seen` is the last refusal that a server gave."""
    for cause in _chain(error):
        found = _by_cause(cause, url)
        if found is not None:
            return found
    words = _NOISE.sub("", str(error)).strip()
    for pattern, kind in _WORDS:
        if re.search(pattern, words, re.IGNORECASE):
            return kind(f"{url}: {words}")
    if seen is not None:
        return _by_status(seen, url)
    return NotUnderstood(f"{url}: {words or type(error).__name__}")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, nearest first; yt-dlp keeps causes in three places."""
    waiting, met = [error], set[int]()
    while waiting:
        one = waiting.pop(0)
        if id(one) in met:
            continue
        met.add(id(one))
        yield one
        exc_info = getattr(one, "exc_info", None) or (None, None)
        behind = (exc_info[1], getattr(one, "cause", None), one.__cause__, one.__context__)
        waiting.extend(more for more in behind if isinstance(more, BaseException))


def _by_cause(cause: BaseException, url: str) -> PostwatchError | None:
    if isinstance(cause, PostwatchError):
        return cause
    if isinstance(cause, HTTPError):
        return _by_status(cause, url)
    if isinstance(cause, ProxyError) or "Tunnel connection failed" in str(cause):
        return _by_proxy(cause, url)
    if isinstance(cause, GeoRestrictedError):
        return NotAllowed(f"{url}: not shown in our country")
    if isinstance(cause, UnsupportedError):
        return NotUnderstood(f"{url}: no allowed extractor knows this page")
    if isinstance(cause, ContentTooShortError):
        return ServerTrouble(f"{url}: the connection was cut at {cause.downloaded:,} of {cause.expected:,} bytes")
    if isinstance(cause, TransportError):
        return ServerTrouble(f"{url}: {cause}")
    if isinstance(cause, RequestError):
        return None
    return _by_system(cause, url) if isinstance(cause, OSError) else None


def _by_status(error: HTTPError, url: str) -> PostwatchError:
    status, where = error.status, error.response.url or url
    if error.response.headers.get(GUARD_HEADER):
        return Refused(f"the egress guard refused {where}: {error.response.headers.get(GUARD_HEADER)}")
    told = f"{where} answered {status} {error.reason or ''}".rstrip()
    if error.redirect_loop:
        return NotUnderstood(f"{where}: redirects without end")
    if status in (404, 410):
        return NotThere(told)
    if status == 429:
        return RateLimited(told, _retry_at(error.response.headers.get("Retry-After")))
    if status in (401, 403, 451):
        return NotAllowed(told)
    return ServerTrouble(told) if status >= 500 or status in (407, 408, 425) else NotUnderstood(told)


def _by_proxy(cause: BaseException, url: str) -> PostwatchError:
    text = str(cause)
    if re.search(r"tunnel connection failed: 403", text, re.IGNORECASE):
        said = re.search(r"Tunnel connection failed: (403[^')\"]*)", text)
        return Refused(f"the egress guard refused {url}: {said.group(1) if said else '403'}")
    return ServerTrouble(f"{url}: the proxy could not connect: {text[:300]}")


def _by_system(error: OSError, url: str) -> PostwatchError | None:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull(f"no room for the download of {url}: {error.strerror}")
    if error.errno in (errno.EROFS, errno.EACCES):
        return StorageFull(f"the download's folder cannot be written: {error.strerror}")
    if error.errno == errno.EFBIG:
        return TooLarge(f"{url}: the file grew beyond the limit")
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return TryLater(f"too many open files for the download of {url}")
    return None


def _retry_at(header: str | None) -> datetime | None:
    if not header or not header.strip().isdigit():
        return None
    return clock.now() + timedelta(seconds=min(int(header.strip()), _LONGEST_WAIT_S))
