"""A publisher's own words that it has corrected, clarified or updated an article: in its lines, and in linked data."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import get_args

from monitor.articles.about.linked_data import Linked, key_of, named, plain
from monitor.articles.about.moments import in_words, parsed
from monitor.articles.page import Page
from monitor.articles.paragraphs import is_stamp
from monitor.model.article import Correction, CorrectionKind
from monitor.tables import rows

_MOST = 20
_LONGEST = 1_500
_ENOUGH = 12
"""Characters that a note has beside its opening word; "Updated 3 hours ago" is none."""
_SHORT = 60
_STAMP = re.compile(
    r"[\d\W]|\b(?:uhr|at|am|um|on|the|à|de|ago|hours?|minutes?|utc|gmt|c?est|e[sd]t|p[sd]t|pm|by|von)\b", re.IGNORECASE
)
_DATED_FROM = r"(?:\s*(?:,|\(|\[|\bvom\b|\bon\b|\bdu\b)?\s*[^:\n]{0,40}?[)\]]?)?"
_MARKED = '[class*="correction" i], [class*="clarification" i], [class*="update-note" i], [class*="editors-note" i], [id*="correction" i]'


def corrections_in(page: Page, paragraphs: Sequence[str], linked: Linked) -> tuple[Correction, ...]:
    """Each note once, as the reader meets them; last those that only linked data tells."""
    found: dict[str, Correction] = {}
    marked = (" ".join((node.text(separator=" ") or "").split()) for node in page.nodes(_MARKED))
    told = list(_from_linked(linked))
    for note in (*_in_lines((*paragraphs, *marked)), *told):
        known = next((key for key in found if _same(key, key_of(note.text))), None)
        if known is None and len(found) < _MOST:
            found[key_of(note.text)] = note
        elif known is not None and note.at and not found[known].at:
            found[known] = Correction(found[known].kind, found[known].text, note.at)
    return tuple(found.values())


def corrections_told(paragraphs: Sequence[str]) -> tuple[Correction, ...]:
    """The notes of a plain text."""
    return tuple(_in_lines(paragraphs))[:_MOST]


def _in_lines(lines: Iterable[str]) -> Iterator[Correction]:
    for line in lines:
        if len(line) <= _LONGEST:
            kind = kind_of(line)
            if kind:
                yield Correction(kind, line)


def kind_of(line: str) -> CorrectionKind | None:
    """What kind of note a line is; None for all others, and for a bare time stamp."""
    for kind, begins, within in _patterns():
        match = begins.match(line) or within.search(line)
        if match:
            rest = line[match.end() :] if match.re is begins else line
            is_bare = len(line) < _SHORT and len(_STAMP.sub("", rest)) < _ENOUGH
            return None if is_bare or is_stamp(line) else kind
    return None


def _from_linked(linked: Linked) -> Iterator[Correction]:
    for thing in linked.things[:5]:
        for one in named(thing.get("correction")):
            words = one.get("text") or one.get("description") if isinstance(one, Mapping) else one
            if isinstance(words, str) and words.strip() and not words.startswith("http"):
                text = plain(words)[:_LONGEST]
                stamp = parsed(str(one.get("datePublished") or "")) if isinstance(one, Mapping) else in_words(text)
                exact = stamp.at if stamp and stamp.precision == "exact" else None
                yield Correction(kind_of(text) or "correction", text, exact)


def _same(one: str, other: str) -> bool:
    return one in other or other in one


@cache
def _patterns() -> tuple[tuple[CorrectionKind, re.Pattern[str], re.Pattern[str]], ...]:
    """For each kind what begins such a note, and what may stand anywhere in one."""
    written: dict[tuple[str, str], list[str]] = {}
    for kind, rest in rows(Path(__file__).with_name("corrections.txt")):
        where, _, pattern = rest.partition(" ")
        written.setdefault((kind, where), []).append(pattern)
    return tuple(
        (
            kind,
            re.compile(rf"[\W_]*(?:{'|'.join(written[kind, 'begins'])}){_DATED_FROM}\s*[:–—\-]\s*", re.IGNORECASE),
            re.compile("|".join(written.get((kind, "within"), [r"(?!)"])), re.IGNORECASE),
        )
        for kind in get_args(CorrectionKind)
    )
