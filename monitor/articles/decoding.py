"""Bytes of a page as text: by its byte order mark, what it says of itself, what the server said, and what fits."""

import codecs
import re

_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_UNSOUND = re.compile("[\x00\ud800-\udfff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

_MARKS = tuple(mark for mark, _ in _BOMS)


def as_utf8(content: bytes, content_type: str | None = None) -> tuple[bytes, tuple[str, ...]]:
    """The page as sound UTF-8 without NUL and lone surrogates, and warnings about what could not be read as it claimed to be."""
    if not content.startswith(_MARKS) and _is_utf8(content):
        return content.replace(b"\0", b""), ()
    text, warnings = _decoded(content, content_type)
    return _UNSOUND.sub("", text).encode("utf-8"), warnings


def decoded(content: bytes, content_type: str | None = None) -> tuple[str, tuple[str, ...]]:
    """`as_utf8`, as text."""
    raw, warnings = as_utf8(content, content_type)
    return raw.decode("utf-8"), warnings


def byte_order_mark(content: bytes) -> bytes:
    """The mark that tells of the whole page's encoding; empty where there is none."""
    return next((mark for mark in _MARKS if content.startswith(mark)), b"")


def _is_utf8(content: bytes) -> bool:
    # Bytes above 127 that are sound UTF-8 throughout are UTF-8, whatever the page claims.
    if content.isascii():
        return True
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decoded(content: bytes, content_type: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return content.decode(name, "replace"), ()
    text = content.decode("utf-8", "replace")
    if _is_mostly_sound(text):
        return text, ("some bytes are no utf-8: replaced",)
    claimed = [name for name in _claimed(content, content_type) if name != "utf-8"]
    for name in claimed:
        try:
            return content.decode(name), ()
        except UnicodeDecodeError:
            continue
    name = claimed[0] if claimed else "cp1252"
    text = content.decode(name, "replace")
    return text, (f"some bytes are no {name}: replaced",) if "\ufffd" in text else ()


def _is_mostly_sound(text: str) -> bool:
    """Whether text read as UTF-8 holds more characters beyond ASCII than errors: a few of its bytes are broken."""
    errors = text.count("\ufffd")
    return len(_BEYOND_ASCII.findall(text)) - errors > errors


def _claimed(content: bytes, content_type: str | None) -> list[str]:
    """Python's names of the charsets that the server and the page name, in this order."""
    header = _HEADER.search(content_type or "")
    meta = _META.search(content[:4096])
    names = [header.group(1)] if header else []
    names += [meta.group(1).decode("ascii")] if meta else []
    found = []
    for name in names:
        try:
            known = codecs.lookup(name).name
        except LookupError:
            continue
        # Browsers read Latin-1 as its superset; codecs that are no text encodings have no business here.
        known = "cp1252" if known in ("iso8859-1", "ascii") else known
        if codecs.lookup(known)._is_text_encoding:
            found.append(known)
    return found
