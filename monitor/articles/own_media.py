"""Videos and sounds that a publisher shows in a player of its own: no post of a platform, but the desk wants to know of them."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from monitor.articles.about.signs import Signs, is_own
from monitor.articles.citations import Numbers
from monitor.articles.page import Page, Spot
from monitor.model.article import MediaKind, OwnMedia
from monitor.platforms import unwrapped

_MOST = 40
_LONGEST = 2_000
_PLAYERS = (
    "video, audio, amp-video, amp-audio, video-js, [data-hls], [data-m3u8], [data-mp4], [data-video-src], [data-stream]"
)
_SOURCES = (
    "src",
    "data-src",
    "data-video-src",
    "data-hls",
    "data-m3u8",
    "data-mp4",
    "data-stream",
    "data-url",
    "data-file",
)
_STREAM = re.compile(r"\.(?:m3u8|mpd)(?:$|[?#])", re.IGNORECASE)
_VIDEO = re.compile(r"\.(?:mp4|m4v|webm|mov|ogv)(?:$|[?#])", re.IGNORECASE)
_AUDIO = re.compile(r"\.(?:mp3|m4a|aac|ogg|oga|opus|wav)(?:$|[?#])", re.IGNORECASE)


def own_media_in(page: Page, numbers: Numbers, signs: Signs, url: str | None) -> tuple[OwnMedia, ...]:
    """Those in the article, each once, in order; last those that only linked data tells."""
    found: dict[str, OwnMedia] = {}
    for spot in page.select(_PLAYERS):
        for written in _addresses(spot) if is_own(spot) else ():
            media = _media(written, url, "audio" if "audio" in spot.tag else "video", spot.tag in ("video", "audio"))
            if media and len(found) < _MOST:
                number, inside = numbers.of(spot)
                where = (
                    f"paragraph {number}" if inside else f"after paragraph {number}" if number else "before the text"
                )
                found.setdefault(media[0], OwnMedia(*media, number, where))
    for thing in signs.linked.things:
        written_ = thing.get("contentUrl")
        media = _media(written_, url, "video", False) if isinstance(written_, str) else None
        if media and len(found) < _MOST:
            found.setdefault(media[0], OwnMedia(*media, None, "linked data"))
    return tuple(found.values())


def _addresses(spot: Spot) -> Iterator[str]:
    sources = [spot.attrs, *(node.attributes for node in spot.node.css("source"))]
    return (attrs[name] or "" for attrs in sources for name in _SOURCES if attrs.get(name))


def _media(written: str, base: str | None, kind: MediaKind, in_player: bool) -> tuple[str, MediaKind] | None:
    """The whole address and what it leads to; None for a platform's post and for what is no media."""
    if len(written) > _LONGEST or unwrapped(written) is not None:
        return None
    try:
        whole = urljoin(base or "", written.strip())
        scheme = urlsplit(whole).scheme
    except ValueError:
        return None
    if scheme not in ("http", "https", "") or not whole:
        return None
    if _STREAM.search(whole):
        return whole, "stream"
    if _AUDIO.search(whole):
        return whole, "audio"
    return (whole, kind) if in_player or _VIDEO.search(whole) else None
