"""How host:port pairs are written, compared and read out of URLs."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from monitor.net import addresses

_PORTS = {"http": 80, "https": 443}


def pair(host: str, port: int) -> str:
    """`host:port` in the form in which pairs are compared; IPv6 without brackets, as the settings keep it."""
    return f"{addresses.ascii_host(host)}:{port}"


def pairs(written: Iterable[str]) -> frozenset[str]:
    """Pairs in the form of `pair`. Raises ValueError for one that is no pair."""
    found = set()
    for text in written:
        host, _, port = text.rpartition(":")
        found.add(pair(host, int(port)))
    return frozenset(found)


def pair_of(url: str) -> str:
    """The pair that an http(s) URL goes to. Raises ValueError."""
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme)
    if not parts.hostname or port is None:
        raise ValueError("not an http(s) address")
    return pair(parts.hostname, port)


def authority(host: str, port: int) -> str:
    """`host:port` as a request line has it: IPv6 in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
