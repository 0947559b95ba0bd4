"""What a newsroom's own decisions teach: from which probability on a suggestion is strong there. `strong_from(judged, usual)`.

Strong suggestions are promised to be right 97 times in a hundred. The promise counts as a hundred decisions that kept it; the
newsroom's own count beside them. Where its decisions break the promise, more is asked of a suggestion. Less is never asked than
a step below the usual, and that only after fifty decisions.
"""

from collections.abc import Iterable, Sequence

PROMISED, AS_MANY = 0.97, 100
_LEAST, _MOST = 0.96, 0.99
_STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LOWER, _ENOUGH, _SURE = 0.05, 50, 0.98


def strong_from(judged: Iterable[tuple[float, bool]], usual: float) -> float:
    """The least probability of a strong suggestion, from (score, whether it was right) of decided pairs."""
    pairs = sorted(judged)
    lower = usual - _LOWER
    between = [right for score, right in pairs if lower <= score < usual]
    if len(between) >= _ENOUGH and sum(between) / len(between) >= _SURE and _precision(pairs, lower) >= PROMISED:
        return lower
    for step in _STEPS:
        least = usual + step * (_MOST - usual)
        if _precision(pairs, least) >= _LEAST:
            return least
    return _MOST


def _precision(pairs: Sequence[tuple[float, bool]], least: float) -> float:
    """Of decided pairs from a score on, with the promise beside them."""
    told = [right for score, right in pairs if score >= least]
    return (sum(told) + PROMISED * AS_MANY) / (len(told) + AS_MANY)
