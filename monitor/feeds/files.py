"""The files that an entry of a feed names: enclosures and media:content."""

import mimetypes
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from monitor import plain_text
from monitor.feeds.addresses import absolute
from monitor.model.feed import Enclosure

_MOST = 50
_KINDS = ("video", "audio", "image")


def enclosures_of(
    files: Iterable[Mapping[str, Any]], base_url: str, alt_texts: Mapping[str, str]
) -> tuple[Enclosure, ...]:
    """Each address once, in the order of the feed. `alt_texts` is by address as written."""
    found: dict[str, Enclosure] = {}
    for file in files:
        written = file.get("url") or file.get("href")
        url = absolute(base_url, written)
        if url is None or url in found or len(found) >= _MOST:
            continue
        mime = str(file.get("type") or file.get("mime_type") or "").lower().split(";")[0].strip()
        described = alt_texts.get(str(written).strip())
        found[url] = Enclosure(
            url=url,
            kind=_kind(url, mime, str(file.get("medium") or "").lower()),
            mime=mime,
            alt_text=plain_text.cleaned(described) if described else None,
            duration_ms=_milliseconds(file.get("duration") or file.get("duration_in_seconds")),
            width=_pixels(file.get("width")),
            height=_pixels(file.get("height")),
        )
    return tuple(found.values())


def _kind(url: str, mime: str, medium: str) -> str:
    if mime.partition("/")[0] in _KINDS:
        return mime.partition("/")[0]
    if medium in _KINDS:
        return medium
    if mime not in ("", "application/octet-stream", "binary/octet-stream"):
        return ""
    guessed, _ = mimetypes.guess_type(urlsplit(url).path)
    kind = (guessed or "").partition("/")[0]
    return kind if kind in _KINDS else ""


def _pixels(value: object) -> int | None:
    number = _number(value)
    return int(number) if number is not None and 0 < number < 100_000 else None


def _milliseconds(value: object) -> int | None:
    number = _number(value)
    return int(number * 1000) if number is not None and 0 < number < 1_000_000 else None


def _number(value: object) -> float | None:
    try:
        return float(value) if isinstance(value, (str, int, float)) else None
    except (ValueError, OverflowError):
        return None
