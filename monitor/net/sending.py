"""One request through the guard by httpx, and what its failures mean."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from monitor.errors import NotUnderstood, PostwatchError, Refused, ServerTrouble, UnusableSettings
from monitor.net.heads import GUARD_HEADER, TROUBLE_HEADER
from monitor.net.trust import trust
from monitor.settings.declared import NetOptions

if TYPE_CHECKING:
    import httpx


class Deadline:
    """How much of a fetch's time is left, in seconds of the monotonic clock."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        """Raises ServerTrouble when nothing is left."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise ServerTrouble(f"not done within {self._seconds:g} seconds: see total_timeout in [net]")
        return left


def transport(options: NetOptions, proxy: str) -> "httpx.HTTPTransport":
    """httpx without its own redirects, cookies and looks into the environment; one connection for each request."""
    import httpx

    try:
        context = trust(options.ca_bundle)
    except OSError as exc:
        raise UnusableSettings([f"[net] ca_bundle: {options.ca_bundle} cannot be read: {exc}"]) from exc
    limits = httpx.Limits(max_keepalive_connections=0)
    return httpx.HTTPTransport(verify=context, trust_env=False, proxy=proxy, limits=limits)


class Sender:
    """Sends single requests. Safe to use from several threads."""

    def __init__(self, options: NetOptions, proxy: str) -> None:
        self._timeout = float(options.timeout)
        self._transport = transport(options, proxy)

    def close(self) -> None:
        """Ends all connections."""
        self._transport.close()

    @contextmanager
    def answer(
        self, method: str, url: "httpx.URL", headers: Mapping[str, str], content: bytes | None, deadline: Deadline
    ) -> Iterator["httpx.Response"]:
        """The other machine's answer, its body still to come. An answer of the guard itself is raised instead."""
        import httpx

        wait = min(self._timeout, deadline.left())
        timeout = {"connect": wait, "read": wait, "write": wait, "pool": wait}
        with _translated(url):
            request = httpx.Request(method, url, headers=headers, content=content, extensions={"timeout": timeout})
            response = self._transport.handle_request(request)
            try:
                _check_guard(url, response)
                yield response
            finally:
                response.close()


@contextmanager
def _translated(url: "httpx.URL") -> Iterator[None]:
    import httpx

    try:
        yield
    except PostwatchError:
        raise
    except httpx.ProxyError as exc:
        raise _tunnel_refused(url, str(exc)) from exc
    except httpx.TimeoutException as exc:
        raise ServerTrouble(f"{url.host} did not answer in time") from exc
    except httpx.HTTPError as exc:
        raise ServerTrouble(f"{url.host}: {exc or type(exc).__name__}") from exc
    except (ValueError, UnicodeError) as exc:
        raise NotUnderstood(f"the request to {url.host} cannot be written: {exc}") from exc


def _check_guard(url: "httpx.URL", response: "httpx.Response") -> None:
    # A tunnel's answers come from the other end: only without TLS can they be the guard's.
    if url.scheme != "http":
        return
    if response.status_code == 403 and GUARD_HEADER in response.headers:
        raise Refused(response.headers[GUARD_HEADER])
    if response.status_code in (400, 502) and TROUBLE_HEADER in response.headers:
        raise ServerTrouble(response.headers[TROUBLE_HEADER])
    if response.status_code == 407:
        raise ServerTrouble("the guard does not know our pass")


def _tunnel_refused(url: "httpx.URL", told: str) -> PostwatchError:
    status, _, reason = told.partition(" ")
    if status == "403":
        return Refused(reason)
    return ServerTrouble(reason if status == "502" else f"{url.host}: no tunnel: {told}")
