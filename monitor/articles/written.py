"""Addresses that stand written in text, scripts and long attributes."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from monitor.platforms import SIGNS, ShortLink, Sign, Wrapping, short_link_of, unwrapped

_SCHEME = re.compile(r"(?:https?|at):(?:\\*/|\\+u002[Ff]|\\+x2[Ff]){2}|https?%(?:25)*3[Aa](?:%(?:25)*2[Ff]){2}")
_BARE = re.compile(r"(?:(?<=//)|(?<=\\/\\/)|(?<![\w./@%\\-]))[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:\\*/|\\+u002[Ff])\S+$")
_APART = bytes.maketrans(b"\t\n\v\f\r\"'<>`{}|^", b" " * 14)
_LOOK_BACK, _LOOK_AHEAD = 1_500, 2_500
_CUT = re.compile(r"\.{3}[)\]\"']*$")
"""The end of an address that was cut short to be shown: what is left may name another post."""
_TRAILING = ".,;:!?)]}\\*_"


def addresses_in(text: str) -> Iterator[tuple[str, Wrapping]]:
    """The posts whose addresses a text holds, in order, each with the address as written. Linear in the text's length."""
    for _, written, found in addresses_at(text.encode("utf-8", "replace")):
        yield written, found


def short_links_in(text: str) -> Iterator[ShortLink]:
    """The short links that a text holds, in order."""
    raw = text.encode("utf-8", "replace")
    for _, written in _written_at(raw, SIGNS.within(raw.lower())):
        found = short_link_of(written)
        if found:
            yield found


def addresses_at(raw: bytes) -> Iterator[tuple[int, str, Wrapping]]:
    """The same for a source, with where each begins, in bytes."""
    yield from addresses_of(raw, SIGNS.within(raw.lower()))


def addresses_of(raw: bytes, signs: Iterable[Sign]) -> Iterator[tuple[int, str, Wrapping]]:
    """The same where the source's signs are known."""
    for start, written in _written_at(raw, signs):
        found = unwrapped(written, looked_at=True)
        if found:
            yield start, written, found


def _written_at(raw: bytes, signs: Iterable[Sign]) -> Iterator[tuple[int, str]]:
    done = 0
    spaced = b""
    for sign in signs:
        if sign.shape != "address" or sign.end <= done:
            continue
        spaced = spaced or raw.translate(_APART)
        low = max(done, sign.start - _LOOK_BACK)
        start = max(low, spaced.rfind(b" ", low, sign.start) + 1)
        end = spaced.find(b" ", sign.end, sign.end + _LOOK_AHEAD)
        end = end if end >= 0 else min(len(raw), sign.end + _LOOK_AHEAD)
        run = raw[start:end].decode("utf-8", "replace")
        written = _written_in(run)
        if written:
            yield start + run.find(written), written
        done = end


def _written_in(run: str) -> str:
    """The address that a run of characters without white space holds; the outermost where one stands in another."""
    first = _SCHEME.search(run) or _BARE.search(run)
    if first is None:
        return ""
    written = run[first.start() :]
    if "\\" in written:
        written = re.split(r"\\(?![\\/u]|x2)", written, maxsplit=1)[0]
    written = unescape(written).split('"')[0].split("<")[0]
    return "" if _CUT.search(written) else written.rstrip(_TRAILING)
