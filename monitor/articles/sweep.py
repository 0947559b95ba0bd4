"""A page whose markup cannot be parsed within limits, swept from end to end for addresses of posts: linear, and never fails."""

import re
from collections.abc import Iterator

from monitor.articles.decoding import decoded
from monitor.articles.written import addresses_in
from monitor.model.article import Citation, CitationKind, Place, Reading
from monitor.platforms import PLATFORMS, Address

_LOOK_BACK = 2_000
_CONFIDENCE = 0.6
_CONTAINERS = tuple(sorted(name for p in PLATFORMS.values() for name in p.markup.containers))
_ATTRIBUTES = {
    bare.attribute: p
    for p in PLATFORMS.values()
    for bare in p.markup.bare_ids
    if not (bare.tags or bare.needs_name or bare.classes)
}
_BARE_ID = re.compile(
    r"(?<![\w-])("
    + "|".join(sorted(map(re.escape, _ATTRIBUTES), key=len, reverse=True))
    + r")\s*=\s*[\"']?\s*([\w/-]{5,40})"
)


def sweep(content: bytes, url: str | None, *, content_type: str | None = None, why: str = "hostile markup") -> Reading:
    """A reading that holds nothing but the posts found and, in `warnings`, why nothing else was read."""
    text, troubles = decoded(content, content_type)
    return Reading(
        url, None, (), None, None, None, (), citations_swept(text), (f"{why}: swept for addresses only", *troubles)
    )


def citations_swept(text: str) -> tuple[Citation, ...]:
    """One citation a post whose address or id stands anywhere in the text, in order."""
    found: dict[str, Citation] = {}
    for address, kind in _sightings(text):
        place = Place(None, "somewhere in the page", kind, f"{address.platform}.sweep")
        reason = "found by a sweep of the source, not by its place"
        citation = Citation(
            address.platform, address.post_id, address.url, kind, address.handle, (place,), _CONFIDENCE, reason
        )
        known = found.get(citation.key)
        if known is None or (known.kind == "link" and kind == "embed"):
            found[citation.key] = citation
    return tuple(found.values())


def _sightings(text: str) -> Iterator[tuple[Address, CitationKind]]:
    position = 0
    for written, wrapping in addresses_in(text):
        position = max(text.find(written[:40], position), position)
        yield wrapping.address, _kind(text, position)
    for match in _BARE_ID.finditer(text):
        platform = _ATTRIBUTES[match.group(1)]
        address = platform.of_id(match.group(2)) if platform.of_id else None
        if address:
            yield address, "embed"


def _kind(text: str, position: int) -> CitationKind:
    before = text[max(0, position - _LOOK_BACK) : position]
    if "href" not in before[-12:]:
        return "embed"
    start = before.rfind("<blockquote")
    inside = before[start:] if start >= 0 else ""
    embedded = "</blockquote" not in inside and any(name in inside for name in _CONTAINERS)
    return "embed" if embedded else "link"
