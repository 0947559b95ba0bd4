"""One look that tells whether a text can name a post at all, made of the hosts and path shapes that the platforms declare."""

import re
from collections.abc import Callable, Iterable

SLASH = r"\\?(?:/|%2f|u002f|x2f)"
"""A slash as addresses carry it: plain, or escaped for JSON, JavaScript or another address. For lower-case text."""

_Trie = dict[str, "_Trie"]


def looker(hosts: Iterable[str], shapes: Iterable[str]) -> Callable[[str], bool]:
    """The look. `shapes` are patterns of lower-case text, for platforms that live on any host.

    Measured over attribute values of real pages: one trie over lower-cased text is five times as fast as a plain
    alternation that ignores case.
    """
    search = re.compile("|".join((*_at_their_start(hosts), *shapes))).search
    return lambda text: search(text.lower()) is not None


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, as a trie: it looks once at a common beginning."""
    root: _Trie = {}
    for word in words:
        branch = root
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return _pattern(root)


def _at_their_start(hosts: Iterable[str]) -> list[str]:
    # "box.com" is not "x.com"; in "%2Fx.com" and "\u002Fx.com" the letter before is half of an escaped slash.
    by_letter: dict[str, list[str]] = {}
    for host in hosts:
        by_letter.setdefault(host[0], []).append(host[1:])
    return [rf"{letter}(?:(?<![a-z0-9-].)|(?<=2f.))(?:{any_of(rests)})" for letter, rests in sorted(by_letter.items())]


def _pattern(branch: _Trie) -> str:
    if "" in branch:
        return ""
    several = [re.escape(letter) + _pattern(rest) for letter, rest in sorted(branch.items())]
    return several[0] if len(several) == 1 else f"(?:{'|'.join(several)})"
