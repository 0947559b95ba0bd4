"""Which characters the bytes of a feed mean, when the header, the declaration and the bytes themselves disagree."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE | re.ASCII)
_IN_XML = re.compile(rb"""<\?xml[^<>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.ASCII)
_FOR_TEXT = re.compile(r"utf-(8|16|32)|iso8859|cp\d|koi8|mac|ascii|shift_jis|euc|gb|big5|hz|tis|latin")
"""Python's codecs for text. Its others (punycode, unicode_escape, ...) are no charsets, and some are slow."""
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def as_utf8(content: bytes, content_type: str) -> tuple[bytes, str | None]:
    """The content in UTF-8 without control characters, unchanged where that is what it is, and a warning or None.

    Bytes that read as UTF-8 are UTF-8, whatever a header says: other text is practically never valid UTF-8 by chance.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _encoded(content[len(mark) :].decode(name, "replace")), None
    declared = _declared(content, content_type)
    text = _decoded(content, "utf-8")
    if text is not None:
        return _unchanged_or_encoded(content, text), None
    for name in [name for name in declared if name != "utf-8"]:
        text = _decoded(content, name)
        if text is not None:
            return _encoded(text), None
    if declared and "utf-8" not in declared:
        return _encoded(content.decode(declared[0], "replace")), f"the text is not valid {declared[0]}"
    return _encoded(content.decode("utf-8", "replace")), "the text is not valid UTF-8"


def _declared(content: bytes, content_type: str) -> list[str]:
    found = (_IN_HEADER.search(content_type), _IN_XML.search(content[:400]))
    names = [codec(found[0].group(1)) if found[0] else None, codec(found[1].group(1).decode()) if found[1] else None]
    return [name for name in names if name]


def codec(charset: str) -> str | None:
    """Python's name of a charset; None for what is none."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    return name if _FOR_TEXT.match(name) else None


def _decoded(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except UnicodeError:
        return None


def _encoded(text: str) -> bytes:
    return text.translate(_CONTROLS).encode("utf-8", "replace")


def _unchanged_or_encoded(content: bytes, text: str) -> bytes:
    encoded = _encoded(text)
    return content if len(encoded) == len(content) else encoded
