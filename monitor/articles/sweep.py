"""A page whose markup cannot be parsed within limits, swept from end to end for addresses of posts: linear, and never fails."""

import re
import time
from collections.abc import Iterator

from monitor.articles.decoding import as_utf8
from monitor.articles.source import piece_of
from monitor.articles.written import addresses_of
from monitor.model.article import Citation, CitationKind, Place, Reading
from monitor.platforms import PLATFORMS, SIGNS, Address

_LOOK_BACK = 2_000
_CONFIDENCE = 0.6
_AT_ONCE = 1024 * 1024
_OVERLAP = 4_096
"""Bytes that two pieces share, so that what stands where they meet is found."""
_MAY_BE_CUT = 2_560
"""Bytes at a piece's end that belong to the next one: an address or attribute is not longer."""
_CONTAINERS = tuple(sorted(name.encode() for p in PLATFORMS.values() for name in p.markup.containers))
_ATTRIBUTES = {
    bare.attribute: p
    for p in PLATFORMS.values()
    for bare in p.markup.bare_ids
    if not (bare.tags or bare.needs_name or bare.classes)
}
_HREF = re.compile(rb"href\s*=\s*[\"']?\s*\Z", re.IGNORECASE)


def sweep(
    content: bytes,
    url: str | None,
    *,
    content_type: str | None = None,
    why: str = "hostile markup",
    seconds: float = 60,
) -> Reading:
    """A reading that holds nothing but the posts found and, in `warnings`, why nothing else was read.

    After `seconds` what is left of the page is not looked at.
    """
    raw, troubles = as_utf8(content, content_type)
    found, swept = _swept(raw, time.monotonic() + seconds)
    warnings = [f"{why}: swept for addresses only", *troubles]
    if swept < len(raw):
        warnings.append(
            f"the sweep took longer than {seconds:g} s: the last {len(raw) - swept} bytes were not looked at"
        )
    return Reading(url, None, (), None, None, None, (), found, tuple(warnings))


def _swept(raw: bytes, until: float) -> tuple[tuple[Citation, ...], int]:
    """One citation a post whose address or id stands anywhere in the source, in order, and how many bytes were looked at."""
    found: dict[str, Citation] = {}
    at = 0
    while at < len(raw) and (at == 0 or time.monotonic() < until):
        piece = raw[max(0, at - _OVERLAP) : at + _AT_ONCE]
        for address, kind in _sightings(piece, len(piece) - (_MAY_BE_CUT if at + _AT_ONCE < len(raw) else 0)):
            place = Place(None, "somewhere in the page", kind, f"{address.platform}.sweep")
            reason = "found by a sweep of the source, not by its place"
            citation = Citation(
                address.platform, address.post_id, address.url, kind, address.handle, (place,), _CONFIDENCE, reason
            )
            known = found.get(citation.key)
            if known is None or (known.kind == "link" and kind == "embed"):
                found[citation.key] = citation
        at += _AT_ONCE
    return tuple(found.values()), min(at, len(raw))


def _sightings(raw: bytes, end: int) -> Iterator[tuple[Address, CitationKind]]:
    """Those that begin before `end`: what is behind it may be cut."""
    signs = [sign for sign in SIGNS.within(raw.lower()) if sign.start < end]
    for start, _, wrapping in addresses_of(raw, signs):
        yield wrapping.address, _kind(raw, start)
    for sign in signs:
        platform = _ATTRIBUTES.get(sign.literal) if sign.shape == "id" else None
        address = platform.of_id(piece_of(raw, sign)) if platform is not None and platform.of_id else None
        if address:
            yield address, "embed"


def _kind(raw: bytes, position: int) -> CitationKind:
    before = raw[max(0, position - _LOOK_BACK) : position]
    if _HREF.search(before[-16:]) is None:
        return "embed"
    start = before.rfind(b"<blockquote")
    if start < 0 or before.find(b"</blockquote", start) >= 0:
        return "link"
    return "embed" if any(before.find(name, start) >= 0 for name in _CONTAINERS) else "link"
