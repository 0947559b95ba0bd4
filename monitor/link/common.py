"""Words too common to tell posts apart."""

from functools import cache

from monitor.link.terms import key_of
from monitor.stop_words import LANGUAGES, stop_words


@cache
def _common() -> frozenset[str]:
    return frozenset(key_of(word) for language in LANGUAGES for word in stop_words(language))


def is_common(key: str) -> bool:
    """Whether a term is a word that any text holds, in one of nine languages. Single letters are."""
    return len(key) == 1 or key in _common()
