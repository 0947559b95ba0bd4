"""Whom a connection may reach, and at which addresses: the guard's decision, apart from its sockets."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from monitor.errors import Refused, ServerTrouble
from monitor.net import addresses
from monitor.net.pairs import pairs
from monitor.settings.declared import NetOptions

Resolve = Callable[[str, int], Sequence[str]]
"""From a name and a port to addresses, in order of preference. Raises OSError when there is none."""


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that the system's resolver gives."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Route:
    """Where to connect. `addresses` are checked and tried in order; None leaves the choice to the upstream proxy."""

    host: str
    port: int
    addresses: tuple[str, ...] | None


class Routes:
    """The rules of the settings, with a resolver."""

    def __init__(self, options: NetOptions, resolve: Resolve = system_resolve) -> None:
        self._allow = pairs(options.allow)
        self._ports = frozenset(options.ports)
        self._upstream = bool(options.upstream_proxy)
        self._resolve = resolve

    def route(self, host: str, port: int, also: frozenset[str] = frozenset()) -> Route:
        """The way to a host, for the holder of a pass to `also`; resolves at most once, and may block on it.

        Raises Refused when it may not be reached, ServerTrouble when its name has no address now.
        """
        try:
            host = addresses.ascii_host(host)
            spelt = addresses.literal(host)
        except ValueError as exc:
            raise Refused(f"the host is not a host name or address: {exc}") from exc
        pair = f"{host}:{port}"
        if pair in self._allow:
            return Route(host, port, self._addresses(host, port, spelt))
        if pair in also:
            return self._own(host, port, spelt)
        if port not in self._ports:
            raise Refused(f"port {port} is not among the ports that may be reached")
        if self._upstream and spelt is None and not _is_localhost(host):
            return Route(host, port, None)
        found = self._addresses(host, port, spelt)
        for address in found:
            kind = addresses.why_not_public(ip_address(address))
            if kind is not None:
                raise Refused(f"{host} leads to {address}, which is not public but {kind}")
        return Route(host, port, None if self._upstream else found)

    def _own(self, host: str, port: int, spelt: addresses.Address | None) -> Route:
        # A channel of the newsroom's own network is reached directly; any other goes the way of all traffic.
        if not self._upstream:
            return Route(host, port, self._addresses(host, port, spelt))
        try:
            found = self._addresses(host, port, spelt)
        except ServerTrouble:
            return Route(host, port, None)
        inside = any(addresses.why_not_public(ip_address(address)) for address in found)
        return Route(host, port, found if inside else None)

    def _addresses(self, host: str, port: int, spelt: addresses.Address | None) -> tuple[str, ...]:
        if spelt is not None:
            return (str(spelt),)
        try:
            found = tuple(self._resolve(host, port))
        except (OSError, UnicodeError) as exc:
            raise ServerTrouble(f"{host} has no address now") from exc
        if not found:
            raise ServerTrouble(f"{host} has no address now")
        return found


def _is_localhost(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost")
