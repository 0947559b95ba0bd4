"""Sightings of posts in linked data (JSON-LD): what an article says that it cites, claims that it reviews, videos that it shows."""

import re
from collections.abc import Iterator, Mapping

from monitor.articles.find import Find
from monitor.articles.page import Spot
from monitor.platforms import Address, might_name_a_post, unwrapped

_DEEPEST = 60
_ARTICLES = re.compile("Article|Report|Posting|Review")
_SHOWN = frozenset({"video", "associatedMedia", "hasPart"})
_VIDEO_PLACES = frozenset({"embedUrl", "contentUrl", "url"})
_CITING = frozenset({"itemReviewed", "sharedContent", "citation", "appearance", "firstAppearance", "isBasedOn"})


def cited_by(data: object, spot: Spot, role: str = "", level: int = 0) -> Iterator[Find]:
    """`role` is the property of an article, or of a claim, that holds the data."""
    if level > _DEEPEST:
        return
    if isinstance(data, list):
        for inner in data:
            yield from cited_by(inner, spot, role, level + 1)
    elif isinstance(data, Mapping):
        kind = str(data.get("@type", ""))
        for name, inner in data.items():
            if not isinstance(inner, str):
                told = name if name in _CITING or (name in _SHOWN and _ARTICLES.search(kind)) else role
                yield from cited_by(inner, spot, "" if name == "author" else told, level + 1)
            elif name != "author" and (found := unwrapped(inner) if might_name_a_post(inner) else None):
                yield from _told(found.address, spot, role, "VideoObject" in kind and name in _VIDEO_PLACES)


def _told(address: Address, spot: Spot, role: str, is_video: bool) -> Iterator[Find]:
    find = Find(address, spot, "embed", "linked_data", in_state=True)
    if role in _CITING:
        yield find.weaker(0.9, "named by the page's linked data")
    elif is_video:
        yield find.weaker(0.7 if role else 0.45, "a video of the page's linked data")
