"""Which IP addresses are public, and how a host may be written.

The list is our own: `ipaddress.is_global` calls NAT64 and 6to4 forms of loopback, 192.0.0.8 and multicast global.
Source: the IANA special-purpose registries of IPv4 and IPv6, read strictly.
"""

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

_NOT_PUBLIC_V4 = tuple(
    (IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a provider"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's metadata service"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "for protocols"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "for protocols"),
        ("192.52.193.0/24", "for protocols"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "for protocols"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_UNICAST_V6 = IPv6Network("2000::/3")
_NOT_PUBLIC_V6 = tuple(
    (IPv6Network(network), kind)
    for network, kind in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("ff00::/8", "multicast"),
        ("2001::/32", "Teredo"),
        ("2001::/23", "for protocols"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "for protocols"),
        ("3fff::/20", "documentation"),
    )
)
# What is sent to these arrives at the IPv4 address in the last 32 bits.
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_NAME = re.compile(r"(?=.{1,253}$)(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*", re.ASCII)
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+", re.ASCII)


def why_not_public(address: Address) -> str | None:
    """What an address is when it is not public, such as "loopback"; None for a public one."""
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in _NOT_PUBLIC_V4 if address in network), None)
    if address.scope_id is not None:
        return "link-local"
    if address in _MAPPED or address in _NAT64:
        return why_not_public(IPv4Address(int(address) & 0xFFFFFFFF))
    for network, kind in _NOT_PUBLIC_V6:
        if address in network:
            return kind
    return None if address in _UNICAST_V6 else "reserved"


def ascii_host(host: str) -> str:
    """A host as it goes on the wire: lower case, IDN in its ASCII form, without brackets and without a last dot.

    Raises ValueError for anything that is neither a name nor an address, such as a percent-encoded host or a zone.
    """
    host = host.strip().lower()
    if host.startswith("[") and host.endswith("]"):
        return str(IPv6Address(_without_zone(host[1:-1])))
    if ":" in host:
        return str(IPv6Address(_without_zone(host)))
    if not host.isascii():
        host = host.encode("idna").decode("ascii").lower()
    host = host.removesuffix(".")
    if not _NAME.fullmatch(host):
        raise ValueError("not a host name")
    literal(host)
    return host


def literal(host: str) -> Address | None:
    """The address that a host spells, also as `2130706433`, `0x7f.1` or `0177.0.0.1`; None for a name.

    Takes what `ascii_host` gave. Raises ValueError for a host that ends in a number and is no address.
    """
    if ":" in host:
        return ip_address(host)
    parts = host.split(".")
    if not _NUMBER.fullmatch(parts[-1]):
        return None
    return _legacy(parts)


def _legacy(parts: list[str]) -> IPv4Address:
    # As inet_aton reads it: one to four numbers, the last one fills the bytes that are left.
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError("not an address")
    *first, last = (_number(part) for part in parts)
    if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        raise ValueError("not an address")
    return IPv4Address(sum(number << (24 - 8 * place) for place, number in enumerate(first)) + last)


def _number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    if len(text) > 1 and text.startswith("0"):
        return int(text, 8)
    return int(text[:20])


def _without_zone(text: str) -> str:
    if "%" in text:
        raise ValueError("an address with a zone is never public")
    return text
