"""The paragraphs of an article as a reader counts them: no headline, byline or date above them, no words of embeds, no buttons between."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from monitor.articles.about.linked_data import key_of
from monitor.articles.about.moments import in_words
from monitor.articles.attributes import CONTAINERS
from monitor.articles.page import Page, Spot
from monitor.articles.prose import Paragraph
from monitor.tables import rows

_HEAD = 6
"""Lines at the top among which headline, byline and date may stand."""
_SHORT = 100
_MOST_EMBEDS = 200
"""Embeds whose words are looked for in a text that came without its elements: every line is held against each."""
_TELLING = 20
"""Letters that are no accident: fewer of them stand in many texts."""
_NOISE_LENGTH = 160
_BYLINE = re.compile(
    r"(?:by|von|par|por|di|da|door|av|af|text|autor(?:in)?|author|posted by|written by)[:\s]", re.IGNORECASE
)
_STAMP_LENGTH, _LETTERS_LEFT = 100, 14
"""Of a line with nothing but dates in it some letters are left: the months' names."""
_BESIDE_DATES = re.compile(
    r"[\d\W_]|\b(?:(?:first|last|originally) )?(?:published|updated|posted|modified|created|veröffentlicht|aktualisiert|erschienen|stand|publié|mis à jour"
    r"|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|opublikowano|опубликовано|обновлено)\b"
    r"|\b(?:on|at|am|um|uhr|vom|le|à|el|il|alle|den|kl|the|of|st|nd|rd|th|gmt|utc|c?est|cet|[ecmp][sd]?t|[ap]m|mins?|minutes?|read|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[-*•·|\s]+|[|\s]+$")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Marks that nobody sees: where a word may be broken, and where not."""
_EMBEDS = ",".join(sorted(f".{name}" for name in CONTAINERS))


def counted(text: Sequence[Paragraph], page: Page, title: str | None, authors: Sequence[str]) -> tuple[Paragraph, ...]:
    """The pieces of the text that are paragraphs of the article."""
    homeless = any(paragraph.spot is None for paragraph in text)
    embeds = [_Embed(spot) for spot in page.select(_EMBEDS)[:_MOST_EMBEDS]] if homeless else []
    kept = []
    for number, paragraph in enumerate(text):
        line = _UNSEEN.sub("", paragraph.words)
        if number < _HEAD and _is_head(line, title, authors):
            continue
        key = key_of(line) if embeds else ""
        if not is_noise(line) and not any(embed.had(key) for embed in embeds):
            kept.append(replace(paragraph, words=line))
    return tuple(kept)


def is_noise(line: str) -> bool:
    """Whether a line is a button, a counter, an age or a pointer to other articles."""
    bare = _BULLET.sub("", line)
    return len(bare) <= _NOISE_LENGTH and (not any(map(str.isalnum, bare)) or _noise().fullmatch(bare) is not None)


def _is_head(line: str, title: str | None, authors: Sequence[str]) -> bool:
    bare = _BULLET.sub("", line)
    key = key_of(bare)
    if title and key == key_of(title):
        return True
    if len(bare) > _SHORT:
        return False
    names = [key_of(name) for name in authors]
    if key in names or (_BYLINE.match(bare) and any(name in key for name in names)):
        return True
    return is_stamp(bare)


def is_stamp(line: str) -> bool:
    """Whether a line says nothing but when something was published or changed."""
    return (
        len(line) <= _STAMP_LENGTH and in_words(line) is not None and len(_BESIDE_DATES.sub("", line)) <= _LETTERS_LEFT
    )


class _Embed:
    """The words of an embed. What was found in one is used up, so that a quotation of it elsewhere stays."""

    def __init__(self, spot: Spot) -> None:
        self._text = key_of(spot.node.text() or "")
        self._pieces = {key_of(piece.text() or "") for piece in spot.node.css("p, div, a, section")}

    def had(self, key: str) -> bool:
        """Whether a line is the embed's own."""
        if key not in self._text or (len(key) < _TELLING and key not in self._pieces):
            return False
        self._text = self._text.replace(key, "\n", 1)
        return True


@cache
def _noise() -> re.Pattern[str]:
    patterns = (pattern for _, pattern in rows(Path(__file__).with_name("noise.txt")))
    written = "|".join(p.replace("#", r"\d[\d.,]*\s?[KkMm]?").replace("…", ".{0,80}") for p in patterns)
    return re.compile(written, re.IGNORECASE)
