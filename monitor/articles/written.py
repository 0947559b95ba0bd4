"""Addresses that stand written in text, scripts and long attributes."""

import re
from collections.abc import Iterator
from html import unescape

from monitor.platforms import PLATFORMS, Wrapping, unwrapped
from monitor.platforms.signs import any_of

_HOSTS = any_of(host for platform in PLATFORMS.values() for host in platform.hosts)
_ADDRESS = re.compile(
    r"(?:https?|at):(?:\\?/|\\u002[Ff]){2}[^\s\"'<>`{}|^]{4,2000}"
    r"|https?%3[Aa]%2[Ff]%2[Ff][^\s\"'<>&`{}|^]{4,2000}"
    rf"|(?<![\w./@-])(?:\\?/\\?/)?(?:www\.|mobile\.|m\.|old\.)?(?i:{_HOSTS})\\?/[^\s\"'<>`{{}}|^]{{2,2000}}"
)
_TRAILING = ".,;:!?)]}\\*_"


def addresses_in(text: str) -> Iterator[tuple[str, Wrapping]]:
    """The posts whose addresses a text holds, in order, each with the address as written."""
    for match in _ADDRESS.finditer(text):
        written = match.group()
        if "\\" in written:
            written = re.split(r"\\(?![/u])", written, maxsplit=1)[0]
        written = unescape(written).split('"')[0].split("<")[0].rstrip(_TRAILING)
        found = unwrapped(written)
        if found:
            yield written, found
