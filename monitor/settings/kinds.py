"""How settings are written: durations such as "5m", addresses such as "127.0.0.1:8081"."""

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def seconds_of(value: object) -> int:
    """Whole seconds of a duration such as "90s", "5m", "1h30m", "2d". Raises ValueError."""
    if not isinstance(value, str) or not re.fullmatch(r"(\d+[smhdw])+", value.strip()):
        raise ValueError('write a duration such as "30s", "5m", "1h" or "2d"')
    total = sum(int(n) * _UNITS[unit] for n, unit in re.findall(r"(\d+)([smhdw])", value))
    if total < 1:
        raise ValueError('the shortest duration is "1s"')
    return total


def duration_text(seconds: int) -> str:
    """The shortest way to write whole seconds as a duration."""
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def timedelta_of(seconds: int) -> timedelta:
    """A timedelta of whole seconds."""
    return timedelta(seconds=seconds)


def host_port(value: str, least: int = 1) -> str:
    """An exact pair in the one form that we compare. Raises ValueError."""
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not least <= int(port) < 65536:
        raise ValueError('write an exact pair such as "127.0.0.1:8081" or "[::1]:8081"')
    return f"{host.strip('[]').lower()}:{int(port)}"


def listen_pair(value: str) -> str:
    """Where to listen: an exact pair, or port 0 for any that is free. Raises ValueError."""
    return host_port(value, least=0)


def http_url(value: str) -> str:
    """An address that begins with http:// or https://, without a slash at its end. Raises ValueError."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("write an address that begins with https:// (or http://)")
    return value.rstrip("/")


Seconds = Annotated[int, BeforeValidator(seconds_of)]
HostPort = Annotated[str, AfterValidator(lambda value: host_port(value))]
HttpUrl = Annotated[str, AfterValidator(http_url)]
