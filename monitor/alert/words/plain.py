"""A letter as plain text."""

from collections.abc import Iterator

from monitor.alert.words.letter import Letter, Part

_MARKS = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


def plain(letter: Letter) -> str:
    """Lines of text; what went stands in [-brackets-], what came in {+brackets+}."""
    return "\n".join(_lines(letter))


def _lines(letter: Letter) -> Iterator[str]:
    yield letter.subject
    if letter.note:
        yield f"({letter.note})"
    for number, one in enumerate(letter.alerts, 1):
        yield ""
        yield f"{number}. {one.subject}"
        yield from (f"   {line}" for part in one.parts for line in _part(part))
    if letter.more:
        yield ""
        yield f"... and {letter.more} more"
    if letter.parts:
        yield ""
    for part in letter.parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[str]:
    said = "".join(_MARKS[kind].format(words) for kind, words in part.changes) if part.changes else part.text
    first, *rest = said.splitlines() or [""]
    yield f"{part.label}: {first}".rstrip() if first or not part.url else f"{part.label}: {part.url}"
    yield from (f"  {line}" for line in rest)
    if part.url and first:
        yield f"  {part.url}"
