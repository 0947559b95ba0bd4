"""JSON Feed 1.0 and 1.1 (jsonfeed.org), and JSON from outside in general."""

import json
from typing import Any, NoReturn

from monitor import clock, plain_text
from monitor.feeds.addresses import absolute
from monitor.feeds.files import enclosures_of
from monitor.model.feed import Entry, Feed

_VERSION = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")


def json_of(content: bytes) -> Any:
    """What the JSON says. Raises ValueError for what is no JSON, for NaN and Infinity, and for bottomless nesting."""
    try:
        return json.loads(content, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("the JSON is nested too deeply") from error


def json_feed(content: bytes, base_url: str, most: int) -> Feed | None:
    """The feed, its first `most` entries in the order of the document; None when it is no JSON Feed."""
    try:
        said = json_of(content)
    except ValueError:
        return None
    if not isinstance(said, dict) or not str(said.get("version", "")).startswith(_VERSION):
        return None
    items = said.get("items")
    known = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    warnings = (
        [] if isinstance(items, list) and len(known) == len(items) else ["some items of the feed have an unknown shape"]
    )
    if len(known) > most:
        warnings.append(f"the feed holds {len(known)} entries; the first {most} were read")
    authors = _authors(said)
    read = tuple(entry for item in known[:most] if (entry := _entry(item, base_url, authors)))
    return Feed(_words(said.get("title")), absolute(base_url, said.get("home_page_url")), read, tuple(warnings))


def _entry(item: dict[str, Any], base_url: str, feed_authors: tuple[str, ...]) -> Entry | None:
    url = absolute(base_url, item.get("url")) or absolute(base_url, item.get("external_url"))
    identity = _identity(item.get("id")) or url
    if identity is None:
        return None
    html, text = item.get("content_html"), item.get("content_text")
    body = plain_text.of_html(html) if isinstance(html, str) and html else _words(text) or _words(item.get("summary"))
    files = [file for file in item.get("attachments") or [] if isinstance(file, dict)]
    return Entry(
        id=identity,
        url=url,
        title=_words(item.get("title")),
        published_at=clock.parse_or_none(_words(item.get("date_published"))),
        updated_at=clock.parse_or_none(_words(item.get("date_modified"))),
        summary=body,
        authors=_authors(item) or feed_authors,
        enclosures=enclosures_of(files, base_url, {}),
        preview_url=absolute(base_url, item.get("image")),
        raw=json.dumps(item, sort_keys=True).encode(),
    )


def _identity(value: object) -> str | None:
    """Version 1 of the format lets ids be numbers. A float is refused: digits of it may be lost."""
    if isinstance(value, str):
        return plain_text.cleaned(value) or None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _authors(holder: dict[str, Any]) -> tuple[str, ...]:
    listed = holder.get("authors")
    found = listed if isinstance(listed, list) else [holder.get("author")]
    return tuple(filter(None, (_words(author.get("name")) for author in found if isinstance(author, dict))))


def _words(value: object) -> str:
    return plain_text.cleaned(value) if isinstance(value, str) else ""


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
