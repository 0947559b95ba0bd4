"""RSS and Atom, read with feedparser. Broken feeds give what can be read, and a warning."""

import hashlib
import io
import json
from calendar import timegm
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from monitor import plain_text
from monitor.feeds.addresses import absolute
from monitor.feeds.files import enclosures_of
from monitor.feeds.outline import Outline, outline_of, without
from monitor.model.feed import Entry, Feed

_Parsed = dict[str, Any]


def xml_feed(content: bytes, base_url: str, most: int) -> Feed | None:
    """The feed, its first `most` entries in the order of the document; None when it is no feed. Takes UTF-8."""
    import feedparser

    outline = outline_of(content)
    clear = without(content, outline.descriptions) if outline else content
    # A stream: feedparser would open bytes that happen to name a file. No sanitising: all markup is dropped.
    parsed = feedparser.parse(
        io.BytesIO(clear),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": base_url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries = list(parsed.entries)
    if not parsed.version and not entries:
        return None
    if outline and len(outline.entries) != len(entries):
        outline = None
    warnings = _warnings(parsed, len(entries), most)
    read = tuple(_entry(entry, at, base_url, content, outline) for at, entry in enumerate(entries[:most]))
    home = absolute(base_url, _value(parsed.feed, "link"))
    generator = plain_text.cleaned(_text(parsed.feed, "generator"))
    return Feed(plain_text.of_text_or_html(_text(parsed.feed, "title")), home, read, warnings, generator)


def _warnings(parsed: _Parsed, found: int, most: int) -> tuple[str, ...]:
    told = []
    if parsed["bozo"]:
        reason = plain_text.cleaned(str(parsed.get("bozo_exception", "unknown fault")))[:200]
        told.append(f"the feed is broken ({reason}); what could be read was taken")
    if found > most:
        told.append(f"the feed holds {found} entries; the first {most} were read")
    return tuple(told)


def _entry(entry: _Parsed, at: int, base_url: str, content: bytes, outline: Outline | None) -> Entry:
    title = plain_text.of_text_or_html(_text(entry, "title"))
    summary = _summary(entry)
    url = absolute(base_url, _value(entry, "link"))
    identity = plain_text.cleaned(_text(entry, "id")) or url or _digest(title, summary, _text(entry, "published"))
    span = outline.entries[at] if outline else None
    alt_texts = outline.alt_texts.get(at, {}) if outline else {}
    thumbnail = next((absolute(base_url, found.get("url")) for found in _dicts(entry, "media_thumbnail")), None)
    return Entry(
        id=identity,
        url=url,
        title=title,
        published_at=_moment(entry, "published_parsed"),
        updated_at=_moment(entry, "updated_parsed"),
        summary=summary,
        authors=tuple(filter(None, (plain_text.of_text_or_html(_text(found, "name")) for found in _authors(entry)))),
        author_url=next((absolute(base_url, found.get("href")) for found in _authors(entry)), None),
        enclosures=enclosures_of(_files(entry), base_url, alt_texts),
        preview_url=thumbnail,
        video_id=_text(entry, "yt_videoid") or None,
        channel_id=_text(entry, "yt_channelid") or None,
        raw=content[span[0] : span[1]] if span else _as_json(entry),
        span=span,
    )


def _value(mapping: _Parsed, key: str) -> Any:
    # feedparser's own look-up gives one key's value for another (published for updated), with a warning.
    return dict.get(mapping, key)


def _text(mapping: _Parsed, key: str) -> str:
    found = _value(mapping, key)
    return found if isinstance(found, str) else ""


def _dicts(entry: _Parsed, key: str) -> list[_Parsed]:
    found = _value(entry, key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _authors(entry: _Parsed) -> list[_Parsed]:
    named = [author for author in _dicts(entry, "authors") if author.get("name")]
    return named or ([{"name": _text(entry, "author")}] if _text(entry, "author") else [])


def _summary(entry: _Parsed) -> str:
    bodies = [body.get("value") for body in _dicts(entry, "content")] + [_text(entry, "summary")]
    longest = max((body for body in bodies if isinstance(body, str)), key=len, default="")
    return plain_text.of_text_or_html(longest)


def _files(entry: _Parsed) -> Iterable[_Parsed]:
    links = (link for link in _dicts(entry, "links") if link.get("rel") == "enclosure")
    return [*_dicts(entry, "media_content"), *links]


def _moment(entry: _Parsed, key: str) -> datetime | None:
    parsed = _value(entry, key)
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode("utf-8", "replace")).hexdigest()


def _as_json(entry: _Parsed) -> bytes:
    return json.dumps(dict(entry), default=str, sort_keys=True).encode()
