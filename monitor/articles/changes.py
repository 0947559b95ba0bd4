"""What one edition of an article changed against the one before: paragraphs and their words, citations and their places.

`compared(before, after)` is the call.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher

from monitor.model.edition import Changes, CitationChange, Cited, Edition, ParagraphChange, Piece

_TOKEN = re.compile(
    r"\s+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\w\s]"
)
_ALIKE = 0.5
"""Share of common words from which on two paragraphs are one that was changed."""
_MOST_PAIRS = 40_000
_MOST_TOKENS = 3_000
"""Beyond these a change is told whole: comparing is quadratic."""

Pair = tuple[int, int]


def compared(before: Edition, after: Edition) -> Changes:
    """The changes, in the order of the newer edition; what was removed stands where it was."""
    pairs = list(_aligned(before.paragraphs, after.paragraphs))
    return Changes(
        None if before.title == after.title else (before.title, after.title),
        _pair(before.published_at, after.published_at),
        _pair(before.modified_at, after.modified_at),
        tuple(_paragraphs(before.paragraphs, after.paragraphs, pairs)),
        tuple(_citations(before.citations, after.citations, Places(pairs))),
    )


def words_changed(before: str, after: str) -> tuple[Piece, ...]:
    """A changed text as runs of words that stayed, went and came."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > _MOST_TOKENS:
        return Piece("removed", before), Piece("added", after)
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [Piece("removed", "".join(old[a:b]))] if b > a else []
        pieces += [Piece("added", "".join(new[c:d]))] if d > c else []
    return tuple(_joined(pieces))


class Places:
    """Where a paragraph of the older edition stands in the newer one; numbers count from 1."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._old = [old + 1 for old, _ in pairs]
        self._new = [new + 1 for _, new in pairs]

    def of(self, number: int) -> int:
        """Its number now; of one that is gone, the number of the last one above it that stayed."""
        at = bisect_right(self._old, number)
        return self._new[at - 1] if at else 0


def _pair(before: datetime | None, after: datetime | None) -> tuple[datetime | None, datetime | None] | None:
    return None if before == after or before is None or after is None else (before, after)


def _aligned(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """Indices of paragraphs that are the same or changed, in order."""
    head = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    yield from ((n, n) for n in range(head))
    yield from _middle(old, new, head, tail)
    yield from ((len(old) - n, len(new) - n) for n in range(tail, 0, -1))


def _middle(old: Sequence[str], new: Sequence[str], head: int, tail: int) -> Iterator[Pair]:
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(a) * len(b) > _MOST_PAIRS:
        return
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from ((head + i + n, head + k + n) for n in range(j - i))
        elif kind == "replace":
            yield from ((head + i + x, head + k + y) for x, y in _alike(a[i:j], b[k:m]))


def _alike(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The pairs of changed paragraphs, in order, that share most words."""
    bags = [[Counter(re.findall(r"\w+", text.lower())) for text in side] for side in (old, new)]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    share = [[_share(a, b) for b in bags[1]] for a in bags[0]]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            met = best[i + 1][j + 1] + share[i][j] if share[i][j] >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], met)
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if share[i][j] >= _ALIKE and best[i][j] == best[i + 1][j + 1] + share[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _share(a: Counter[str], b: Counter[str]) -> float:
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


def _paragraphs(old: Sequence[str], new: Sequence[str], pairs: Sequence[Pair]) -> Iterator[ParagraphChange]:
    kept, met = {a for a, _ in pairs}, {b for _, b in pairs}
    gone = [n for n in range(len(old)) if n not in kept]
    came = {n for n in range(len(new)) if n not in met}
    moved = _moved(old, new, gone, sorted(came))
    at = {b: a for a, b in pairs} | {b: a for a, b in moved.items()}
    left = [n for n in gone if n not in moved]
    places = Places(pairs)
    for n, text in enumerate(new):
        while left and places.of(left[0] + 1) <= n:
            yield _removed(old, left.pop(0))
        if n not in at:
            yield ParagraphChange("added", None, n + 1, (Piece("added", text),))
        elif n in came:
            yield ParagraphChange("moved", at[n] + 1, n + 1, (Piece("same", text),))
        elif old[at[n]] != text:
            yield ParagraphChange("changed", at[n] + 1, n + 1, words_changed(old[at[n]], text))
    yield from (_removed(old, n) for n in left)


def _removed(old: Sequence[str], n: int) -> ParagraphChange:
    return ParagraphChange("removed", n + 1, None, (Piece("removed", old[n]),))


def _moved(old: Sequence[str], new: Sequence[str], gone: Sequence[int], came: Sequence[int]) -> dict[int, int]:
    """Paragraphs that left one place and came to another, word for word."""
    waiting: dict[str, list[int]] = {}
    for n in came:
        waiting.setdefault(new[n], []).append(n)
    return {n: waiting[old[n]].pop(0) for n in gone if waiting.get(old[n])}


def _citations(old: Sequence[Cited], new: Sequence[Cited], places: Places) -> Iterator[CitationChange]:
    was, now = {c.key: c for c in old}, {c.key: c for c in new}
    came = [c for c in new if c.key not in was]
    for cited in old:
        then = tuple(places.of(number) for number in cited.paragraphs)
        if cited.key in now:
            where = now[cited.key].paragraphs
            if where != cited.paragraphs:
                yield CitationChange("moved", now[cited.key], cited.paragraphs, where, with_text=then == where)
            continue
        by = next((c for c in came if c.paragraphs and _same_place(cited, then, c)), None)
        if by is None:
            yield CitationChange("removed", cited, cited.paragraphs, ())
        else:
            came.remove(by)
            yield CitationChange("replaced", cited, cited.paragraphs, by.paragraphs, by)
    yield from (CitationChange("added", cited, (), cited.paragraphs) for cited in came)


def _same_place(cited: Cited, then: tuple[int, ...], other: Cited) -> bool:
    return then[:1] == other.paragraphs[:1] and (cited.kind == "mention") == (other.kind == "mention")


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Changes with nothing but white space between them told as one."""
    removed = added = ""
    for n, piece in enumerate(pieces):
        between = piece.kind == "same" and piece.text.isspace() and (removed or added) and n + 1 < len(pieces)
        if piece.kind == "removed" or between:
            removed += piece.text
        if piece.kind == "added" or between:
            added += piece.text
        if piece.kind == "same" and not between:
            yield from _both(removed, added)
            removed = added = ""
            yield piece
    yield from _both(removed, added)


def _both(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
