"""Words that say little in any text, by language: the lists that come with justext, which trafilatura brings along."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_NAMES = {"en": "English", "de": "German", "pl": "Polish", "fr": "French", "es": "Spanish", "it": "Italian",
          "pt": "Portuguese", "uk": "Ukrainian", "ru": "Russian"}  # fmt: skip
LANGUAGES = tuple(_NAMES)
_LONGEST = {"pl": 4, "uk": 4, "ru": 4}
"""Letters of the words taken: these lists go on into nouns, which do tell something."""


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of one of `LANGUAGES`, lower-case; none for another."""
    found = find_spec("justext")
    if language not in _NAMES or found is None or not found.submodule_search_locations:
        return frozenset()
    # The file is read as it is: importing justext would import lxml.
    path = Path(next(iter(found.submodule_search_locations)), "stoplists", f"{_NAMES[language]}.txt")
    most = _LONGEST.get(language, 99)
    words = path.read_text(encoding="utf-8").lower().split()
    return frozenset(word for word in words if word.isalpha() and len(word) <= most)
