"""Passages of a text with the matching words between ** marks, cut to what the eye takes in: `marked(text, spans)`."""

from collections.abc import Iterable

LONGEST = 320
"""Characters of a passage."""
_BEFORE = 80
"""Characters before the first match that are kept when a passage is cut."""

Span = tuple[int, int]


def marked(text: str, spans: Iterable[Span], longest: int = LONGEST) -> str:
    """The text, or the part of it that begins before the first match, with each stretch of matching words marked."""
    joined = _joined(text, sorted(spans))
    start = 0
    if len(text) > longest and joined and joined[0][0] > _BEFORE:
        start = text.rfind(" ", 0, joined[0][0] - _BEFORE) + 1
    end = (
        len(text) if len(text) - start <= longest else (text.rfind(" ", start, start + longest) + 1 or start + longest)
    )
    parts, at = [], start
    for first, last in joined:
        if first >= start and last <= end:
            parts += [text[at:first], "**", text[first:last], "**"]
            at = last
    parts.append(text[at:end])
    body = " ".join("".join(parts).split())
    return ("…" if start else "") + body + ("…" if end < len(text) else "")


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Spans with nothing but spaces between them as one; overlapping ones too."""
    joined: list[Span] = []
    for first, last in spans:
        if joined and (first <= joined[-1][1] or not text[joined[-1][1] : first].strip()):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
