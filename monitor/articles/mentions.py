"""Posts that an article refers to in words only: sentences that attribute something to a platform, and picture credits.

A letter X alone is no platform: it counts only where something is published on it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from monitor.articles.mention_words import CREDIT, CREDITED, DENIALS, LANGUAGES, NAMED_X, OWN_HINTS, OWN_WORDS, PLACES
from monitor.model.article import Citation, Place

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”»’)\]]*\s+(?=[\"“„«(\[]?[A-ZÀ-ÞĄ-ŻА-ЯЁІЇЄҐ0-9])")
_LONGEST = 2_000
_CREDIT_NAMES = {"x": "x", "twitter": "x"}


def with_mentions(
    citations: Sequence[Citation], paragraphs: Sequence[str], language: str | None
) -> tuple[Citation, ...]:
    """The citations, and after them one for each sentence that attributes something to a platform.

    None where the paragraph or its neighbour holds an embed or link of that platform: the words speak of that.
    """
    shown = {
        (citation.platform, near)
        for citation in citations
        if citation.confidence >= 0.5
        for place in citation.places
        if place.paragraph is not None
        for near in (place.paragraph - 1, place.paragraph, place.paragraph + 1)
    }
    added: dict[str, Citation] = {}
    for number, paragraph in enumerate(paragraphs, 1):
        for found in _in_paragraph(paragraph, number, language):
            if (found.platform, number) not in shown:
                added.setdefault(found.key, found)
    return (*citations, *added.values())


def _in_paragraph(paragraph: str, number: int, language: str | None) -> Iterator[Citation]:
    for line in paragraph.split("\n"):
        credit = CREDITED.search(line) if len(line) < 160 and CREDIT.match(line) else None
        if credit:
            name = credit.group("name").lower()
            yield _mention(
                _CREDIT_NAMES.get(name, name), number, line, 0.4, "a picture's credit names the platform", "credit"
            )
            continue
        for sentence in _SENTENCE_END.split(line):
            if len(sentence) <= _LONGEST:
                for platform in _platforms(sentence, language):
                    yield _mention(platform, number, sentence, 0.8, "attributed in words, without an address", "words")


def _platforms(sentence: str, language: str | None) -> Iterator[str]:
    named = {match.lastgroup for match in _named().finditer(sentence)}
    if not named or DENIALS.search(sentence):
        return
    for platform in PLACES:
        own = OWN_WORDS.get(platform)
        if (f"{platform}_own" in named and own is not None and re.search(rf"\b(?:{own})", sentence)) or (
            platform in named
            and any(at.search(sentence) and acts.search(sentence) for acts, at in _patterns(platform, language))
        ):
            yield platform


@cache
def _named() -> re.Pattern[str]:
    """One look at a sentence for every platform's name; the group tells which."""
    hints = "|".join(f"(?P<{name}_own>{hint})" for name, hint in OWN_HINTS.items())
    places = "|".join(rf"(?P<{name}>(?<!\w){place})" for name, place in PLACES.items())
    return re.compile(f"{hints}|{places}")


@cache
def _patterns(platform: str, language: str | None) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Verbs and places, of the article's language when it is known to us, else of all."""
    known = [LANGUAGES[language]] if language in LANGUAGES else list(LANGUAGES.values())
    named = rf"|{NAMED_X}" if platform == "x" else ""
    return tuple(
        (re.compile(rf"\b(?:{words.acts})\b"), re.compile(rf"\b(?i:{words.before})[\"“„«]?{PLACES[platform]}{named}"))
        for words in known
    )


def _mention(platform: str, number: int, sentence: str, confidence: float, reason: str, how: str) -> Citation:
    place = Place(number, f"paragraph {number}", "mention", f"{platform}.{how}", sentence.strip()[:500])
    return Citation(platform, None, None, "mention", None, (place,), confidence, reason)
