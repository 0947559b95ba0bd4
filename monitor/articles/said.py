"""What data (JSON) says of posts: each text in it that may name one, and the things that it stands in."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from monitor.platforms import SIGNS

_SHORTEST = 8
_Step = tuple[int, object]


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and where it stands."""

    text: str
    _at: int
    _steps: list[_Step]

    def around(self) -> Iterator[Mapping[str, object]]:
        """The objects that it stands in, inside out."""
        at = self._at
        while at >= 0:
            at, thing = self._steps[at]
            if isinstance(thing, dict):
                yield thing


def said_in(data: object) -> list[Said]:
    """The texts that may name a post, in order. One search over all texts, as there may be hundreds of thousands."""
    steps, texts = _walked(data)
    if not texts:
        return []
    source = [text.lower().encode("utf-8", "replace") for text, _ in texts]
    ends = list(accumulate(len(text) + 1 for text in source))
    telling = {bisect_right(ends, sign.start) for sign in SIGNS.within(b"\n".join(source)) if sign.shape != "mark"}
    return [Said(*texts[number], steps) for number in sorted(telling)]


def _walked(data: object) -> tuple[list[_Step], list[tuple[str, int]]]:
    """Every list and object with the number of the one around it, and the texts with theirs."""
    steps: list[_Step] = []
    texts: list[tuple[str, int]] = []
    stack: list[_Step] = [(-1, data)]
    while stack:
        around, thing = stack.pop()
        if isinstance(thing, str):
            if len(thing) > _SHORTEST and ("/" in thing or "%2" in thing):
                texts.append((thing, around))
            continue
        at = len(steps)
        steps.append((around, thing))
        inner = list(thing.values()) if isinstance(thing, dict) else thing if isinstance(thing, list) else ()
        stack.extend((at, one) for one in reversed(inner) if isinstance(one, _HELD))
    return steps, texts


_HELD = (str, dict, list)
