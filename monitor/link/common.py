"""Words too common to tell posts apart, in nine languages: the stop lists that come with justext."""

from functools import cache

from monitor.link.terms import key_of

LONGEST = {"English": 99, "German": 99, "French": 99, "Spanish": 99, "Italian": 99, "Portuguese": 99,
           "Polish": 4, "Ukrainian": 4, "Russian": 4}  # fmt: skip
"""Letters of the words taken: the Slavic lists go on into nouns that do tell something."""


@cache
def _common() -> frozenset[str]:
    from justext.utils import get_stoplist

    return frozenset(
        key_of(word)
        for name, most in LONGEST.items()
        for word in get_stoplist(name)
        if word.isalpha() and len(word) <= most
    )


def is_common(key: str) -> bool:
    """Whether a term is one of them. Single letters are."""
    return len(key) == 1 or key in _common()
