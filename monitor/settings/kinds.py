"""How settings are written: durations such as "5m", addresses such as "127.0.0.1:8081"."""

from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator

from monitor.durations import seconds_of
from monitor.model.pattern import Pattern


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


def time_zone(value: str) -> str:
    """A zone by its name in the tz database. Raises ValueError."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('write a time zone such as "Europe/Berlin", or "UTC"') from None
    return value


def _list_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme == "file" and parts.netloc in ("", "localhost") and parts.path.startswith("/"):
        return Path(unquote(parts.path)).as_uri()
    if value and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("write an address that begins with https:// (or http://), or a folder as file:///path")
    return value


def _pattern(value: str) -> str:
    return Pattern(value).written


Seconds = Annotated[int, BeforeValidator(seconds_of)]
HostPort = Annotated[str, AfterValidator(lambda value: host_port(value))]
HttpUrl = Annotated[str, AfterValidator(http_url)]
ListUrl = Annotated[str, AfterValidator(_list_url)]
AddressPattern = Annotated[str, AfterValidator(_pattern)]
