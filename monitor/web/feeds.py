"""Posts as an Atom feed (RFC 4287): thin, with stable ids, and answered 304 when nothing is new."""

import hashlib
from collections.abc import Sequence
from urllib.parse import quote
from xml.etree import ElementTree as ET

from fastapi import Request, Response

_NAMESPACE = "http://www.w3.org/2005/Atom"
_LONGEST_TITLE = 120


def atom(request: Request, base: str, name: str, rows: Sequence[dict[str, object]]) -> Response:
    """The feed. Titles are the posts' first words; ids stay, whatever the address of the desk."""
    feed = ET.Element("feed", {"xmlns": _NAMESPACE})
    _child(feed, "title", name)
    _child(feed, "id", f"tag:postwatch,2026:search:{hashlib.sha256(name.encode()).hexdigest()[:16]}")
    _child(feed, "updated", str(rows[0]["seen_at"]) if rows else "1970-01-01T00:00:00Z")
    for row in rows:
        entry = ET.SubElement(feed, "entry")
        _child(entry, "id", f"tag:postwatch,2026:post:{row['platform']}:{row['post_id']}")
        _child(entry, "title", " ".join(_plain(row["text"]).split())[:_LONGEST_TITLE] or "(no words)")
        _child(entry, "updated", str(row["seen_at"]))
        _child(ET.SubElement(entry, "author"), "name", _plain(row["handle"] or row["account_id"]))
        path = f"/posts/{quote(str(row['platform']))}/{quote(str(row['post_id']), safe='')}"
        ET.SubElement(entry, "link", {"href": base + path})
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="utf-8")
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/atom+xml", headers=headers)


def _plain(value: object) -> str:
    """Text that XML can hold."""
    return "".join(c if c in "\t\n\r" or " " <= c < "\ud800" or c >= "\ue000" else "\ufffd" for c in str(value or ""))


def _child(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _plain(text)
