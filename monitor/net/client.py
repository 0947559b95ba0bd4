"""The one HTTP client: pages, feeds and small answers, each request through the guard.

1. Each address of a chain of redirects is a new request, checked anew by the guard.
2. The body is read in pieces, decoded in bounded steps, and given up over the limit of bytes or time.
3. What came is kept as an `Exchange`, also on the errors, as far as it came.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from monitor import __version__, clock
from monitor.errors import NotUnderstood, PostwatchError, Refused, ServerTrouble, TooLarge
from monitor.model.exchange import Exchange
from monitor.model.web import MayFollow
from monitor.net.decoding import Decoder
from monitor.net.guard import Guard
from monitor.net.pairs import pair_of, pairs
from monitor.net.sending import Deadline, Sender
from monitor.net.turns import Turns
from monitor.settings.declared import NetOptions

if TYPE_CHECKING:
    import httpx

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_FOR_ONE_ORIGIN = frozenset(("authorization", "cookie"))
REMOVED = "(removed)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer in full, whatever its status. `content` is decoded, `exchange.body` as served (still gzip)."""

    exchange: Exchange
    content: bytes
    hops: tuple[str, ...]
    """Every address asked, in order; the last is `exchange.url_final`."""


@dataclass(slots=True)
class _Chain:
    """A fetch under way: what is known of it so far, for the exchange."""

    asked: str
    started_at: datetime
    hops: list[str] = field(default_factory=list)
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytearray = field(default_factory=bytearray)

    def exchange(self, error: str | None = None) -> Exchange:
        import httpx

        return Exchange(
            method="http",
            url_asked=self.asked,
            url_final=self.hops[-1] if self.hops else self.asked,
            status=self.status,
            headers=self.headers,
            body=bytes(self.raw),
            started_at=self.started_at,
            ended_at=clock.now(),
            tools={"postwatch": __version__, "httpx": httpx.__version__},
            error=error,
        )


class HttpClient:
    """A client with one pass of the guard. Safe to use from several threads; close it, or use it in a `with`.

    `also` are pairs that only this client may reach besides public addresses. `secret_headers` go to the exact host
    they are named for (`host` or `host:port`), and never in clear except to the pairs that the settings allow. `turns`
    learns of answers that ask us to wait.
    """

    def __init__(
        self,
        guard: Guard,
        options: NetOptions,
        purpose: str = "page",
        also: Iterable[str] = (),
        secret_headers: Mapping[str, Mapping[str, str]] | None = None,
        turns: Turns | None = None,
    ) -> None:
        self._options = options
        self._turns = turns
        self._own_pairs = pairs(options.allow)
        self._secret_headers = {host.lower(): dict(named) for host, named in (secret_headers or {}).items()}
        self._sender = Sender(options, guard.pass_for(purpose, also, lifetime=float(options.total_timeout)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends all connections."""
        self._sender.close()

    def fetch(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int | None = None,
        method: str = "GET",
        content: bytes | None = None,
        follow: bool = True,
        may_follow: MayFollow | None = None,
    ) -> Fetched:
        """The answer at the end of the redirects, whatever its status; the first answer, where they are not to be followed.

        `max_bytes` limits raw and decoded bytes alike. `may_follow` is told each address that a redirect leads to, and raises
        where it must not be asked.

        Raises Refused, ServerTrouble, TooLarge or NotUnderstood; their `exchange` holds what came until then, with
        status None when no answer came.
        """
        chain = _Chain(_without_credentials(url), clock.now())
        try:
            return self._follow(chain, url, dict(headers or {}), max_bytes, method, content, follow, may_follow)
        except PostwatchError as exc:
            exc.exchange = chain.exchange(str(exc))
            raise

    def _follow(
        self,
        chain: _Chain,
        url: str,
        own: dict[str, str],
        max_bytes: int | None,
        method: str,
        content: bytes | None,
        follow: bool,
        may_follow: MayFollow | None,
    ) -> Fetched:
        most = self._options.max_page_bytes if max_bytes is None else max_bytes
        deadline = Deadline(self._options.total_timeout)
        here = _address(url)
        for _ in range(self._options.max_redirects + 1):
            chain.hops.append(str(here))
            chain.status, chain.headers = None, ()
            with self._sender.answer(method, here, self._headers(here, own), content, deadline) as response:
                chain.status, chain.headers = response.status_code, _kept(response.headers)
                if self._turns is not None:
                    self._turns.answered(pair_of(str(here)), chain.status, chain.headers)
                target = response.headers.get("location")
                if not follow or response.status_code not in _REDIRECTS or not target:
                    body = b"" if method == "HEAD" else _body(response, chain, most, deadline)
                    return Fetched(chain.exchange(), body, tuple(chain.hops))
            before, here = here, _address(target, here)
            if str(here) in chain.hops:
                raise NotUnderstood(f"{chain.asked} redirects in a circle")
            if may_follow is not None:
                may_follow(str(here))
            if _origin(before) != _origin(here):
                own = {name: value for name, value in own.items() if name.lower() not in _FOR_ONE_ORIGIN}
            if response.status_code == 303 or (response.status_code in (301, 302) and method == "POST"):
                method, content = ("HEAD" if method == "HEAD" else "GET"), None
        raise NotUnderstood(f"{chain.asked} redirects more than {self._options.max_redirects} times")

    def _headers(self, url: "httpx.URL", own: Mapping[str, str]) -> dict[str, str]:
        sent = {
            "User-Agent": user_agent(self._options.contact),
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        pair = pair_of(str(url))
        if url.scheme == "https" or pair in self._own_pairs:
            for host in (url.host, pair):
                sent |= self._secret_headers.get(host, {})
        names = {name.lower() for name in own}
        return {name: value for name, value in sent.items() if name.lower() not in names} | dict(own)


def user_agent(contact: str) -> str:
    """How we name ourselves to sites, with the operator's address when there is one."""
    clean = "".join(char for char in contact if " " <= char <= "~" and char not in "()").strip()
    return f"Postwatch/{__version__} ({'+' + clean if clean else 'a newsroom; no contact set'})"


def _address(url: str, base: "httpx.URL | None" = None) -> "httpx.URL":
    """The address to ask: whole, without fragment and without credentials."""
    import httpx

    try:
        found = httpx.URL(url.strip()) if base is None else base.join(url.strip())
        whole = found.copy_with(fragment=None, userinfo=b"")
    except (httpx.InvalidURL, ValueError, TypeError) as exc:
        raise NotUnderstood(f"{url[:200]!r} is not an address: {exc}") from exc
    _check_scheme(whole)
    return whole


def _without_credentials(url: str) -> str:
    """An address as it was written, but for a user and password in it."""
    return re.sub(r"^(\s*[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*@", r"\1//", url)


def _check_scheme(url: "httpx.URL") -> None:
    if url.scheme not in ("http", "https"):
        raise Refused(f"the scheme {url.scheme[:20]!r} is not http or https")
    try:
        pair_of(str(url))
    except ValueError as exc:
        raise Refused(f"the host is not a host name or address: {exc}") from exc


def _origin(url: "httpx.URL") -> tuple[str, str]:
    return url.scheme, pair_of(str(url))


def _kept(headers: "httpx.Headers") -> tuple[tuple[str, str], ...]:
    """Headers as they came, without the values of cookies, which are secrets."""
    pairs_found = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw)
    return tuple((name, REMOVED if name.lower() == "set-cookie" else value) for name, value in pairs_found)


def _body(response: "httpx.Response", chain: _Chain, most: int, deadline: Deadline) -> bytes:
    decoder = Decoder(", ".join(response.headers.get_list("content-encoding")), most)
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced[:18]) > most:
        raise TooLarge(f"{announced[:18]} bytes announced, more than {most:,}: see max_page_bytes in [net]")
    for piece in response.iter_raw():
        chain.raw += piece
        if len(chain.raw) > most:
            raise TooLarge(f"more than {most:,} bytes: see max_page_bytes in [net]")
        decoder.feed(piece)
        deadline.left()
    deadline.left()  # the guard cuts a connection whose time is over, which may look like the end
    if not decoder.is_complete:
        raise ServerTrouble("the compressed body ends too early")
    return bytes(decoder.content)
