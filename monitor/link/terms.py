"""Words made comparable: across case, script, accents, inflection, and the ways of writing a hashtag or a number.

`terms_of(text)` is the call. A word is folded to lower-case ASCII and cut after six letters, which stands in for stemming in
every language at once. Scripts without spaces give pairs of characters.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from anyascii import anyascii

TermKind = Literal["word", "number", "tag", "handle", "pair"]

STEM = 6
"""Letters of a word that count."""

_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uff66-\uff9f"
_LINK = re.compile(r"https?://\S+|\bpic\.(?:twitter|x)\.com/\w+|(?<=\w)pic\.twitter\.com/\w+")
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,:]\d+)*)(?![^\W\d_])"
    rf"|(?P<unspaced>[{_UNSPACED}]+)"
    rf"|(?P<mark>[#＃@＠]?)(?P<word>(?:(?![{_UNSPACED}])\w)+(?:['’](?:(?![{_UNSPACED}])\w)+)*)"
)
_HUMP = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐΑ-Ω]+(?![^\W\dA-ZÀ-ÞА-ЯЁІЇЄҐΑ-Ω_])|[^\W\d_][^\W\d_A-ZÀ-ÞА-ЯЁІЇЄҐΑ-Ω]*|\d+")
POSSESSIVE = re.compile(r"['’](?:s|S)$")


class Term(NamedTuple):
    """One word of a text, comparable by `key`; `start` and `end` are where it stands."""

    key: str
    kind: TermKind
    start: int
    end: int
    capital: bool = False


def terms_of(text: str) -> tuple[Term, ...]:
    """The terms of a text in its order; addresses are left out; a hashtag gives itself, then the words that it joins."""
    return tuple(_terms(_LINK.sub(lambda link: " " * len(link.group()), text)))


def _terms(text: str) -> Iterator[Term]:
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if found["number"]:
            yield Term(number_key(found["number"]), "number", start, end)
        elif found["unspaced"]:
            yield from _pairs(found["unspaced"], start)
        elif found["mark"]:
            yield from _joined(found["mark"], found["word"], start, end)
        else:
            word = found["word"]
            yield Term(key_of(word), "word", start, end, word[0].isupper())


def _pairs(run: str, start: int) -> Iterator[Term]:
    if len(run) == 1:
        yield Term(run, "pair", start, start + 1)
    for n in range(len(run) - 1):
        yield Term(run[n : n + 2], "pair", start + n, start + n + 2)


def _joined(mark: str, word: str, start: int, end: int) -> Iterator[Term]:
    kind: TermKind = "tag" if mark in "#＃" else "handle"
    whole = folded(word).replace("_", "")
    yield Term(whole, kind, start, end)
    parts = _HUMP.findall(word)
    if len(parts) > 1:
        at = start + 1
        for part in parts:
            at = word.find(part, at - start - 1) + start + 1
            if len(part) > 1:
                yield Term(key_of(part), "number" if part.isdigit() else "word", at, at + len(part), True)
    elif len(whole) > STEM:
        yield Term(whole[:STEM], "word", start + 1, end, True)


def number_key(written: str) -> str:
    """`1,234.5` and `1.234,5` alike: no marks between thousands, a point before decimals."""
    head, mark, tail = written.rpartition("," if written.rfind(",") > written.rfind(".") else ".")
    if not mark or ":" in written:
        return written
    whole = re.sub(r"[.,]", "", head)
    return whole + tail if len(tail) == 3 and len(whole) <= 9 else f"{whole}.{tail}"


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """Lower-case ASCII of any script: "Żółć" and "zolc", "Геращенко" and "gerashchenko" alike."""
    return word.lower() if word.isascii() else anyascii(word).lower().replace("'", "")


@lru_cache(maxsize=200_000)
def key_of(word: str) -> str:
    """What makes two forms of a word the same term."""
    plain = folded(POSSESSIVE.sub("", word)).replace("'", "")
    if plain.isdigit():
        return plain
    if 4 <= len(plain) <= STEM and plain.endswith("s") and not plain.endswith("ss"):
        return plain[:-1]
    return plain[:STEM]
