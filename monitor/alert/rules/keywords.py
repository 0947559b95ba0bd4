"""The condition `keywords`: whole words and phrases, in any script.

Scripts that write words without spaces between them (Chinese, Japanese, Thai ...) are searched anywhere, and so is
Korean, which joins particles to its words.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from monitor.model.alert import Fact
from monitor.settings.rules import Rule

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]"
)


def meets(fact: Fact, rule: Rule) -> bool:
    """Whether one of the rule's keywords stands in the fact's text, whatever case or width its letters have."""
    if not rule.keywords:
        return True
    text = _folded(fact.text)
    return any(_stands_in(_folded(keyword), text) for keyword in rule.keywords)


def _stands_in(keyword: str, text: str) -> bool:
    return any(
        not _joined(text[:start][-1:], keyword[0]) and not _joined(keyword[-1], text[start + len(keyword) :][:1])
        for start in _starts(keyword, text)
    )


def _starts(keyword: str, text: str) -> Iterator[int]:
    start = text.find(keyword) if keyword else -1
    while start >= 0:
        yield start
        start = text.find(keyword, start + 1)


def _joined(left: str, right: str) -> bool:
    """Whether two neighbours are of one word; an end of the text joins nothing."""
    return bool(left and right) and _in_word(left) and _in_word(right)


def _in_word(character: str) -> bool:
    # Marks belong to the word: vowel signs of Indic scripts, which \w of `re` leaves out.
    return character == "_" or (unicodedata.category(character)[0] in "LMN" and not _UNSPACED.match(character))


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    # The Turkish capital dotted I folds to an i with a loose dot.
    spaced = folded.replace("i\u0307", "i").replace("\u200b", " ")
    visible = "".join(c for c in spaced if unicodedata.category(c) != "Cf")
    return " ".join(visible.split())
