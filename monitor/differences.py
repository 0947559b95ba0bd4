"""What changed between two texts, word by word, as data that a page, a mail or a terminal can draw."""

import difflib
import re
from typing import Literal

Change = tuple[Literal["same", "removed", "added"], str]
"""What became of a run of words, and the words; joined, "same" and "added" give the new text, "same" and "removed" the old."""

_WORDS = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")
_MOST = 5_000
"""Words; longer texts are compared by line."""


def word_changes(before: str, after: str) -> list[Change]:
    """The runs of words that stayed, went and came, in order."""
    old, new = _parts(before), _parts(after)
    if len(old) + len(new) > _MOST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    changes: list[Change] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            changes.append(("same", "".join(old[old_from:old_to])))
            continue
        if old_to > old_from:
            changes.append(("removed", "".join(old[old_from:old_to])))
        if new_to > new_from:
            changes.append(("added", "".join(new[new_from:new_to])))
    return changes


def marked(before: str, after: str) -> str:
    """The new text in one line with what went as [-words-] and what came as {+words+}."""
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return " ".join("".join(marks[kind].format(words) for kind, words in word_changes(before, after)).split())


def _parts(text: str) -> list[str]:
    return _WORDS.findall(text)
