"""Plots as inline SVG, drawn from numbers alone: a bar of states, and a square for each post."""

from collections.abc import Iterable, Iterator
from itertools import count as counting

from monitor.model.availability import State
from monitor.report.figures import STATES, WORDS, Count

COLUMNS = 40
"""Squares in a row."""
_MOST_SQUARES = 200
_CELL, _SIDE = 10, 8
_WIDTH, _HEIGHT, _GAP = 1000, 14, 3
_ORDER: tuple[State, ...] = ("not_found", "changed", "not_answered", "live")


def bar(told: Count) -> str:
    """One bar, a stretch for each state in proportion, in the order of the legend."""
    parts = [(state, told.of(state)) for state in STATES if told.of(state)]
    room = _WIDTH - _GAP * max(0, len(parts) - 1)
    left, drawn = 0.0, []
    for state, number in parts:
        width = room * number / told.posts
        drawn.append(f'<rect class="{state}" x="{left:.1f}" width="{width:.1f}" height="{_HEIGHT}"/>')
        left += width + _GAP
    return (
        f'<svg class="bar" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{_label(told)}">{"".join(drawn)}</svg>'
    )


def posts_a_square(groups: Iterable[Count]) -> int:
    """How many posts one square stands for, so that the largest group fits."""
    most = max((told.posts for told in groups), default=0)
    return max(1, -(-most // _MOST_SQUARES))


def squares(told: Count, each: int) -> str:
    """A square for every so many posts, those not found first; a state that occurs has at least one."""
    rows = max(1, -(-sum(_squares_of(told.of(state), each) for state in STATES) // COLUMNS))
    place = counting()
    paths = [
        f'<path class="{state}" d="{"".join(_square(next(place)) for _ in range(number))}"/>'
        for state in _ORDER
        if (number := _squares_of(told.of(state), each))
    ]
    return (
        f'<svg class="squares" viewBox="0 0 {COLUMNS * _CELL} {rows * _CELL}" role="img" '
        f'aria-label="{_label(told)}">{"".join(paths)}</svg>'
    )


def _squares_of(number: int, each: int) -> int:
    return -(-number // each)


def _square(place: int) -> str:
    row, column = divmod(place, COLUMNS)
    return f"M{column * _CELL + 1} {row * _CELL + 1}h{_SIDE}v{_SIDE}h-{_SIDE}z"


def _label(told: Count) -> str:
    return ", ".join(_told(told)) or "no posts"


def _told(told: Count) -> Iterator[str]:
    for state in STATES:
        if told.of(state):
            yield f"{told.of(state)} {WORDS[state]}"
