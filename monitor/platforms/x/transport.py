"""How tweepy's session is bound to our API address, our proxy and our limits, and what its failures mean.

tweepy 4 knows one host, no time-out, no size limit, and follows the environment's proxies: all of it is settled here.
"""

import re
import threading
import time
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import MaxRetryError, NewConnectionError

from monitor.errors import PostwatchError, Refused, ServerTrouble, TooLarge, UnusableSettings

TWEEPYS_HOST = "https://api.twitter.com/"
MAX_BODY = 32 * 2**20
"""Bytes after decompression; a page of 100 long posts is below 2 MiB."""
_TOTAL_SECONDS = 120.0
_CHUNK = 65_536
_SECRET = frozenset({"set-cookie", "authorization", "proxy-authorization"})
_TUNNEL_REFUSED = re.compile(r"Tunnel connection failed: (40[37][^'\")]*)")
Timeout = tuple[float, float]


class ApiAddress(HTTPAdapter):
    """Sends what is addressed to tweepy's host to our API address, with a time-out."""

    def __init__(self, base: str, timeout: Timeout) -> None:
        self._base, self._timeout = urlsplit(base), timeout
        super().__init__()

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """Sends the request to the same path below our address."""
        asked = urlsplit(request.url or "")
        path = self._base.path.rstrip("/") + str(asked.path)
        request.url = urlunsplit((self._base.scheme, self._base.netloc, path, str(asked.query), ""))
        options["timeout"] = options.get("timeout") or self._timeout
        return super().send(request, *args, **options)


@dataclass(frozen=True, slots=True)
class Way:
    """How to reach the API."""

    api_url: str
    proxy: str | None
    """The egress guard, with its credential."""
    ca_bundle: str | None
    timeout: Timeout
    """Seconds to connect, and between two arrivals of bytes."""


@dataclass(frozen=True, slots=True)
class Flight:
    """What became of one request. `status` is None when no whole answer came; then `error` says why."""

    url: str = ""
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    error: PostwatchError | None = None
    may_cost: bool = False
    """The request left, and what X made of it is not known."""


class Line:
    """A session bound to our way, which keeps each answer whatever its caller makes of it."""

    def __init__(self, session: requests.Session, way: Way) -> None:
        _refuse_unusable(way)
        self._kept = threading.local()
        session.trust_env = False
        session.proxies = {"http": way.proxy, "https": way.proxy} if way.proxy else {}
        session.verify = way.ca_bundle or True
        session.max_redirects = 0
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.adapters.clear()
        session.mount(TWEEPYS_HOST, ApiAddress(way.api_url, way.timeout))
        session.hooks["response"] = [self._keep]

    def landed(self, trouble: Exception | None) -> Flight:
        """This thread's last request, once: its answer, or what `trouble` means where there is none."""
        response: requests.Response | None = self._kept.__dict__.pop("response", None)
        if response is None:
            error, may_cost = failure_of(trouble or ServerTrouble("X's API: no answer"))
            return Flight(error=error, may_cost=may_cost)
        headers = tuple((name, value) for name, value in response.headers.items() if name.lower() not in _SECRET)
        return Flight(response.url, response.status_code, headers, response.content)

    def _keep(self, response: requests.Response, *_: Any, **__: Any) -> None:
        read_within(response)
        self._kept.response = response


def _refuse_unusable(way: Way) -> None:
    """The token travels in clear over http: to this machine only."""
    parts = urlsplit(way.api_url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
        raise UnusableSettings([f"config/postwatch.toml: [x] api_url must begin with https://, not {parts.scheme}://"])
    if way.ca_bundle and not Path(way.ca_bundle).exists():
        raise UnusableSettings([f"config/postwatch.toml: [net] ca_bundle: there is no file {way.ca_bundle}"])


def read_within(response: requests.Response, limit: int = MAX_BODY, seconds: float = _TOTAL_SECONDS) -> None:
    """Reads the body, so that `response.content` holds it. Raises TooLarge, or ServerTrouble when it takes too long."""
    chunks, size, end = [], 0, time.monotonic() + seconds
    for chunk in response.iter_content(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            response.close()
            raise TooLarge(f"X's answer is larger than {limit} bytes")
        if time.monotonic() > end:
            response.close()
            raise ServerTrouble(f"X's answer took longer than {seconds:.0f} seconds")
    response._content = b"".join(chunks)


def failure_of(trouble: Exception) -> tuple[PostwatchError, bool]:
    """Our error for a request without an answer, and whether the request may have left this machine.

    The texts are ours or of the socket: never a header, nor the proxy's credential.
    """
    if isinstance(trouble, PostwatchError):
        return trouble, True
    if isinstance(trouble, requests.exceptions.ProxyError):
        if told := _TUNNEL_REFUSED.search(str(trouble)):
            return Refused(f"the egress guard refused X's API: {told[1][:200]}"), False
        return ServerTrouble("the proxy on the way to X's API cannot be reached, or cannot reach it"), False
    if isinstance(trouble, requests.exceptions.ConnectTimeout):
        return ServerTrouble("X's API: connecting took too long"), False
    if isinstance(trouble, requests.exceptions.ReadTimeout) or "Read timed out" in str(trouble):
        return ServerTrouble("X's API: no answer in time"), True
    if isinstance(trouble, requests.exceptions.SSLError):
        return ServerTrouble("X's API: no secure connection; is net.ca_bundle right?"), "CERTIFICATE" not in str(
            trouble
        )
    if isinstance(trouble, requests.exceptions.InvalidURL):
        return ServerTrouble("X's API: [x] api_url cannot be reached as it is written"), False
    reason = trouble.args[0] if trouble.args else None
    if isinstance(reason, MaxRetryError) and isinstance(reason.reason, NewConnectionError):
        return ServerTrouble("X's API cannot be reached"), False
    return ServerTrouble(f"X's API: the connection broke ({type(trouble).__name__})"), True
