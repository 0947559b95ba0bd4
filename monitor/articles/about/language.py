"""The language of an article: as its page tells it, else as its words show it."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from monitor.articles.about.signs import Signs
from monitor.tables import rows

_TOLD = re.compile(r"[A-Za-z]{2,3}(?=$|[-_,; ])")
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 40
_SURE_WORDS = 120
_MOST_LETTERS = 20_000
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ka", re.compile(r"[\u10a0-\u10ff]")),
    ("hy", re.compile(r"[\u0530-\u058f]")),
)
"""Letters that one language alone writes, or one above all others; Japanese stands before Chinese, whose signs it shares."""


def told_language(signs: Signs) -> str | None:
    """The language code that the page gives, lower-case, or None."""
    told = (
        signs.language,
        next(signs.linked.texts("inLanguage"), None),
        signs.first(
            "og:locale", "content-language", "inlanguage", "language", "dc.language", "dcterms.language", "og:language"
        ),
    )
    return next((m.group().lower() for text in told if text and (m := _TOLD.match(text.strip()))), None)


def settled(told: str | None, paragraphs: Sequence[str]) -> str | None:
    """The told language, unless the text is long and surely in another: templates often tell the language of their makers."""
    seen, words, lead = _seen(paragraphs)
    if told is None:
        return seen
    if seen and not _same(seen, told) and words >= _SURE_WORDS and lead >= 2.5:
        return seen
    return told


def _same(seen: str, told: str) -> bool:
    related = (
        {"nb", "nn", "no", "da"},
        {"sr", "hr", "bs", "sh"},
        {"id", "ms"},
        {"cs", "sk"},
        {"ru", "uk", "be", "bg", "mk", "sr"},
    )
    return seen == told or any(seen in group and told in group for group in related)


def _seen(paragraphs: Sequence[str]) -> tuple[str | None, int, float]:
    """The language that the words show, how many words there are, and how far it leads before the next."""
    text = " ".join(paragraphs)[:_MOST_LETTERS].lower()
    letters = sum(map(str.isalpha, text))
    for code, script in _SCRIPTS:
        shown = len(script.findall(text))
        if shown > 30 and shown > letters * (0.1 if code == "ja" else 0.4):
            return code, letters, 10.0
    words = _WORD.findall(text)
    if len(words) < _ENOUGH_WORDS:
        return None, len(words), 0
    counted = Counter(words)
    score = {code: sum(counted[word] for word in stops) / len(words) for code, stops in _stop_words().items()}
    first, second = sorted(score, key=lambda code: score[code], reverse=True)[:2]
    if score[first] < 0.08:
        return None, len(words), 0
    lead = score[first] / max(score[second], 0.001)
    return (first if lead >= 1.15 else None), len(words), lead


@cache
def _stop_words() -> dict[str, frozenset[str]]:
    """The commonest little words of each language."""
    return {code: frozenset(words.split()) for code, words in rows(Path(__file__).with_name("stop_words.txt"))}
