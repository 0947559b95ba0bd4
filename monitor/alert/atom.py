"""Atom feeds (RFC 4287), written: the same entries give the same bytes, and so the same ETag."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; times are RFC 3339."""

    id: str
    title: str
    url: str
    updated_at: str
    published_at: str
    author: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it is served."""

    body: bytes
    etag: str
    """With its quotes."""
    updated_at: str
    """RFC 3339: for Last-Modified."""
    media_type: str = "application/atom+xml; charset=utf-8"


def feed_of(key: str, title: str, entries: Sequence[Entry], *, updated_at: str, self_url: str = "") -> Feed:
    """The feed of these entries; `updated_at` is its time while it has none. `self_url`: where it is served."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed")
    moment = max((entry.updated_at for entry in entries), default=updated_at)
    _add(root, "id", key)
    _add(root, "title", title)
    _add(root, "updated", moment)
    _add(_add(root, "author"), "name", "Postwatch")
    _add(root, "generator", "Postwatch")
    if self_url:
        _add(root, "link", rel="self", type="application/atom+xml", href=self_url)
    for entry in entries:
        _entry(root, entry)
    body = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Feed(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', moment)


def _entry(root: ET.Element, entry: Entry) -> None:
    made = _add(root, "entry")
    _add(made, "id", entry.id)
    _add(made, "title", entry.title)
    _add(made, "updated", entry.updated_at)
    _add(made, "published", entry.published_at)
    if entry.author:
        _add(_add(made, "author"), "name", entry.author)
    if entry.url.startswith(("https://", "http://")):
        _add(made, "link", rel="alternate", href=entry.url)
    if entry.text:
        _add(made, "summary", entry.text, type="text")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}", {k: _NO_XML.sub("�", v) for k, v in attributes.items()})
    if text:
        made.text = _NO_XML.sub("�", text)
    return made
