"""How the guard connects: to checked addresses, or through the upstream proxy."""

import asyncio
import ssl
import threading
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from monitor.errors import NotUnderstood, Refused, ServerTrouble, UnusableSettings
from monitor.net.heads import MOST_HEAD_BYTES, read_head, status_of, written
from monitor.net.pairs import authority
from monitor.net.passes import basic
from monitor.net.routes import Resolve
from monitor.settings.declared import NetOptions

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_T = TypeVar("_T")


async def in_thread(work: Callable[[], _T], timeout: float) -> _T:
    """What `work` gives, from a thread of its own. Raises TimeoutError; the thread then ends by itself.

    Not the loop's pool of threads: closing that waits for a resolver that hangs.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[_T] = loop.create_future()

    def settle(result: _T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]  # None only where _T is None

    def run() -> None:
        result: _T | None = None
        error: BaseException | None = None
        try:
            result = work()
        except BaseException as exc:  # noqa: BLE001  # a thread's edge: the error is the waiter's
            error = exc
        try:
            loop.call_soon_threadsafe(settle, result, error)
        except RuntimeError:
            return  # the guard closed meanwhile

    threading.Thread(target=run, name="postwatch-net-lookup", daemon=True).start()
    async with asyncio.timeout(timeout):
        return await future


async def connect(
    host: str, port: int, addresses: tuple[str, ...], timeout: float, tls: ssl.SSLContext | None = None
) -> Streams:
    """A connection to the first of the addresses that answers. `timeout`, in seconds, is for all of them together.

    Raises ServerTrouble when none does.
    """
    name = host if tls is not None else None
    until = time.monotonic() + timeout
    said = ""
    for place, address in enumerate(addresses):
        share = max(0.1, (until - time.monotonic()) / (len(addresses) - place))
        try:
            async with asyncio.timeout(share):
                return await asyncio.open_connection(
                    address, port, limit=MOST_HEAD_BYTES, ssl=tls, server_hostname=name
                )
        except TimeoutError:
            said = "no answer in time"
        except OSError as exc:
            said = exc.strerror or type(exc).__name__
    raise ServerTrouble(f"{authority(host, port)} could not be reached: {said}")


class Upstream:
    """The newsroom's own proxy, that all traffic goes through."""

    def __init__(self, options: NetOptions, resolve: Resolve) -> None:
        self._url = urlsplit(options.upstream_proxy)
        try:
            port = self._url.port
        except ValueError:
            port = -1
        if self._url.scheme not in ("http", "https") or not self._url.hostname or port == -1:
            raise UnusableSettings(["[net] upstream_proxy: write an address such as http://proxy.example.org:3128"])
        self._host = self._url.hostname
        self._port = port or (443 if self._url.scheme == "https" else 80)
        self._ca_bundle = options.ca_bundle or None
        self._timeout = options.timeout
        self._resolve = resolve

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """What the proxy wants to see besides a request."""
        if not self._url.username:
            return ()
        credential = f"{unquote(self._url.username)}:{unquote(self._url.password or '')}"
        return (("Proxy-Authorization", basic(credential)),)

    async def connect(self) -> Streams:
        """A connection to the proxy, whose address is the operator's choice and not checked."""
        try:
            found = await in_thread(lambda: tuple(self._resolve(self._host, self._port)), self._timeout)
        except (OSError, UnicodeError) as exc:
            raise ServerTrouble("the upstream proxy has no address now") from exc
        tls = ssl.create_default_context(cafile=self._ca_bundle) if self._url.scheme == "https" else None
        try:
            return await connect(self._host, self._port, found, self._timeout, tls)
        except ServerTrouble as exc:
            raise ServerTrouble(f"the upstream proxy {exc}") from exc

    async def tunnel(self, host: str, port: int) -> Streams:
        """A tunnel through the proxy."""
        reader, writer = await self.connect()
        opened = False
        try:
            target = authority(host, port)
            writer.write(written(f"CONNECT {target} HTTP/1.1", (("Host", target), *self.headers)))
            await writer.drain()
            async with asyncio.timeout(self._timeout):
                head = await read_head(reader)
            check_tunnel(0 if head is None else status_of(head))
            opened = True
        except (OSError, NotUnderstood) as exc:
            raise ServerTrouble(f"the upstream proxy did not answer well: {exc}") from exc
        finally:
            if not opened:
                writer.transport.abort()
        return reader, writer


def check_tunnel(status: int) -> None:
    """Raises what a proxy's answer to CONNECT means when it is not a yes."""
    if 200 <= status < 300:
        return
    if status == 403:
        raise Refused("the upstream proxy refuses this host")
    if status == 407:
        raise ServerTrouble("the upstream proxy wants another credential: see upstream_proxy in [net]")
    raise ServerTrouble(f"the upstream proxy answered {status or 'nothing'}")
