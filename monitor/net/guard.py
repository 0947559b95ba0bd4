"""The egress guard: a proxy on loopback that every client of ours goes through, and that alone decides what leaves.

1. A client shows a pass (else 407) and asks for a tunnel (CONNECT) or a page (absolute form).
2. The name is resolved once; when any of its addresses is not public, the answer is 403 with the reason.
3. The guard connects to an address it has checked, so that nothing can be swapped between check and connection.

A refusal's reason stands in the status line, in the header X-Postwatch-Guard and in the body. A machine that could not
be reached is a 502 with X-Postwatch-Trouble. Each connection carries one request.
"""

import asyncio
import logging
import socket
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from monitor.errors import NotUnderstood, Refused, ServerTrouble
from monitor.net import addresses, relay
from monitor.net.answers import own_answer, page_back, plain
from monitor.net.connecting import Streams, Upstream, connect, in_thread
from monitor.net.door import Door
from monitor.net.heads import Asked, Head, Headers, asked, read_head, written
from monitor.net.pairs import authority
from monitor.net.passes import Pass, Passes
from monitor.net.routes import Resolve, Route, Routes, system_resolve
from monitor.net.through import socket_through
from monitor.settings.declared import NetOptions

_log = logging.getLogger("postwatch.net")


class Guard:
    """The guard of one process: `with Guard(options) as guard: proxy = guard.pass_for("page")`.

    Raises UnusableSettings when upstream_proxy is no proxy's address, OSError when it cannot listen.
    """

    def __init__(self, options: NetOptions, resolve: Resolve = system_resolve) -> None:
        self._routes = Routes(options, resolve)
        self._upstream = Upstream(options, resolve) if options.upstream_proxy else None
        self._timeout = float(options.timeout)
        self._passes = Passes()
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._failure: OSError | None = None
        self._port = 0

    @property
    def checks_addresses(self) -> bool:
        """Whether addresses are checked here; with an upstream proxy that is the proxy's affair."""
        return self._upstream is None

    @property
    def port(self) -> int:
        """The port on 127.0.0.1, once started."""
        return self._port

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Listens on a free port of 127.0.0.1. A second call changes nothing."""
        if self._thread is not None:
            return
        self._thread = threading.Thread(target=self._run, name="postwatch-guard", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure

    def close(self) -> None:
        """Cuts every connection and ends the thread. A second call changes nothing."""
        if self._thread is None:
            return
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._thread = None
        self._ready.clear()

    def pass_for(self, purpose: str, also: Iterable[str] = (), *, lifetime: float | None = None) -> str:
        """A proxy URL with a credential of its own. It is a secret: whoever holds it may use the guard.

        `purpose` (a-z, 0-9, - and _) is for the log. `also` are host:port pairs that this pass opens although their
        address or port is not public; no other pass does. `lifetime` in seconds ends each of its connections.
        """
        return f"http://{self._credential(purpose, also, lifetime)}@127.0.0.1:{self._port}"

    def connect(
        self, host: str, port: int, *, also: Iterable[str] = (), timeout: float = 20.0, purpose: str = "connect"
    ) -> socket.socket:
        """A blocking socket to a machine, by the same rules, for what is no HTTP. `timeout`, in seconds, stays set.

        Raises Refused, or ServerTrouble when the machine cannot be reached.
        """
        try:
            target = authority(addresses.ascii_host(host), port)
        except ValueError as exc:
            raise Refused(f"the host is not a host name or address: {exc}") from exc
        return socket_through(self._port, self._credential(purpose, also, None), target, timeout)

    def _credential(self, purpose: str, also: Iterable[str], lifetime: float | None) -> str:
        if self._thread is None:
            raise RuntimeError("the guard is not started")
        return self._passes.credential(purpose, also, lifetime)

    def _run(self) -> None:
        try:
            asyncio.run(self._listen())
        except OSError as exc:
            self._failure = exc
        finally:
            self._ready.set()

    async def _listen(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        with Door(self._serve) as door:
            self._port = door.port
            self._ready.set()
            await self._stop.wait()
            await door.shut()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        except (OSError, asyncio.CancelledError):  # TimeoutError is an OSError
            relay.reset(writer)
        finally:
            await relay.shut(writer)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(self._timeout):
                head = await read_head(reader)
            if head is None:
                return
            holder = self._passes.holder_of(head.value("proxy-authorization"))
            if holder is None:
                _log.warning("refused a connection: no pass was shown")
                await relay.say_last(reader, writer, own_answer(407, "a pass of the guard is needed"))
                return
            async with asyncio.timeout(holder.lifetime):
                await self._let_out(head, holder, reader, writer)
        except NotUnderstood as exc:
            await relay.say_last(reader, writer, own_answer(400, str(exc)))
        except Refused as exc:
            await relay.say_last(reader, writer, own_answer(403, str(exc)))
        except ServerTrouble as exc:
            await relay.say_last(reader, writer, own_answer(502, str(exc)))

    async def _let_out(
        self, head: Head, holder: Pass, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        wanted = "an address"
        try:
            request = asked(head)
            length = None if request.is_tunnel else request.body_length()
            wanted = f"{request.method} {authority(request.host, request.port)}"
            route = await self._route(request, holder)
            from_server, to_server = await self._opened(request, route)
        except (Refused, ServerTrouble) as exc:
            kind = "refused" if isinstance(exc, Refused) else "failed"
            _log.warning("%s %s for %s: %s", kind, plain(wanted), holder.purpose, plain(str(exc)))
            raise
        try:
            _log.info("let out %s for %s, at %s", plain(wanted), holder.purpose, _place(route, to_server))
            forth = relay.send_on(reader, to_server, length)
            if request.is_tunnel:
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = relay.answer_back(from_server, writer)
            else:
                to_server.write(self._request(request, route))
                back = page_back(from_server, writer)
            await relay.both_ways(forth, back)
            writer.close()
        except BaseException:
            to_server.transport.abort()
            raise
        finally:
            await relay.shut(to_server)

    async def _route(self, request: Asked, holder: Pass) -> Route:
        try:
            return await in_thread(lambda: self._routes.route(request.host, request.port, holder.also), self._timeout)
        except TimeoutError as exc:
            raise ServerTrouble("the name was not resolved in time") from exc

    async def _opened(self, request: Asked, route: Route) -> Streams:
        if route.addresses is not None:
            return await connect(route.host, route.port, route.addresses, self._timeout)
        if self._upstream is None:
            raise Refused("there is no upstream proxy")
        if request.is_tunnel:
            return await self._upstream.tunnel(route.host, route.port)
        return await self._upstream.connect()

    def _request(self, request: Asked, route: Route) -> bytes:
        headers: Headers = (("Host", request.authority), *request.head.forwarded("host"), ("Connection", "close"))
        target = request.path
        if route.addresses is None and self._upstream is not None:
            target = f"http://{request.authority}{request.path}"
            headers = (*headers, *self._upstream.headers)
        return written(f"{request.method} {target} HTTP/1.1", headers)


def _place(route: Route, to_server: asyncio.StreamWriter) -> str:
    if route.addresses is None:
        return "the upstream proxy"
    peer = to_server.get_extra_info("peername")
    return str(peer[0]) if peer else "an address that is gone already"
