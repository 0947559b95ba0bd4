"""Text from outside, made fit for one line on a terminal, in a mail header or in a log."""

import unicodedata


def one_line(text: str, most: int = 500) -> str:
    """The text without control and direction characters, on one line of at most so many characters."""
    spaced = " ".join(text.split())
    clean = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return clean if len(clean) <= most else clean[: most - 1] + "…"


def without_surrogates(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot carry, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
