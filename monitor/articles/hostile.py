"""A quick look at markup before it is parsed: is it of a kind that makes parsers slow beyond reason?"""

import re

MOST_ATTRIBUTES = 2_000
DEEPEST = 2_000
MOST_OPTIONS = 20_000
"""Choices of menus; the parser's time grows with their square."""

_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_LONG_TAG = MOST_ATTRIBUTES * 3
_OPENS = re.compile(rb"<[A-Za-z]")
_CHUNK = 32_768
_NEVER_DEEP = frozenset(
    b"p li dt dd tr td th thead tbody option optgroup area base br col embed hr img input link meta param source track wbr html head "
    b"body path use rect circle line polygon polyline ellipse stop g svg".split()
)
_RAW = frozenset((b"script", b"style", b"textarea", b"title", b"iframe", b"noframes", b"xmp"))


def why_hostile(content: bytes) -> str | None:
    """What is wrong with the markup, None when nothing is. Takes time in proportion to its length."""
    if _is_shallow(content) and not _may_hold_long_tag(content):
        return None
    if content.count(b"<option") + content.count(b"<OPTION") > MOST_OPTIONS:
        return f"more than {MOST_OPTIONS} options to choose from"
    return _looked_through(content)


def _is_shallow(content: bytes) -> bool:
    """Whether nesting cannot be too deep even if every tag nests that closes none: counted in chunks, which is fast.

    So it says no of hosts of elements that are never closed, like options, too.
    """
    depth = 0
    for start in range(0, len(content), _CHUNK):
        end = start + _CHUNK
        tags, closing = content.count(b"<", start, end), content.count(b"</", start, end)
        if depth + tags - closing > DEEPEST:
            return False
        depth = max(0, depth + tags - closing - closing)
    return True


def _may_hold_long_tag(content: bytes) -> bool:
    for piece in content.split(b">"):
        if len(piece) > _LONG_TAG:
            opens = _OPENS.search(piece)
            inside = piece[opens.start() :] if opens else b""
            if len(inside) > _LONG_TAG and _attributes(inside) > MOST_ATTRIBUTES:
                return True
    return False


def _looked_through(content: bytes) -> str | None:
    depth = position = 0
    while (tag := _TAG.search(content, position)) is not None:
        closes, name = tag.group(1), tag.group(2).lower()
        end = content.find(b">", tag.end())
        end = len(content) if end < 0 else end
        if end - tag.end() > _LONG_TAG and _attributes(content[tag.end() : end]) > MOST_ATTRIBUTES:
            return f"more than {MOST_ATTRIBUTES} attributes in one tag"
        position = end
        if closes:
            depth -= depth > 0 and name not in _NEVER_DEEP
        elif name in _RAW:
            close = content.find(b"</" + tag.group(2), end)
            position = len(content) if close < 0 else close + 3 + len(name)
        elif name not in _NEVER_DEEP and content[end - 1 : end] != b"/":
            depth += 1
            if depth > DEEPEST:
                return f"elements nested more than {DEEPEST} deep"
    return None


def _attributes(inside: bytes) -> int:
    return len(_QUOTED.sub(b"", inside).split())
