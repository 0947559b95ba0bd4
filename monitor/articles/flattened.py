"""Page state that frameworks write flat: as a list of values that name each other by number (Nuxt 3), or in numbered rows (Next's app router)."""

import json
import re
from collections.abc import Mapping

_TAGS = frozenset({"Reactive", "ShallowReactive", "Ref", "ShallowRef", "Set", "Island", "NuxtError"})
_ROW = re.compile(r"[0-9a-f]{1,4}:(?=[\[{])")


def unflattened(data: object) -> object:
    """The nested data that a flat list means; anything else as it is. What several places share stands at the first of them only."""
    if not isinstance(data, list) or len(data) < 2 or not _is_root(data[0], len(data)):
        return data
    root: list[object] = []
    waiting: list[tuple[list[object] | dict[str, object], int | str, int]] = [(root, -1, 0)]
    taken: set[int] = set()
    while waiting:
        holder, key, number = waiting.pop()
        value = data[number] if 0 <= number < len(data) else None
        inner: object = value
        if isinstance(value, dict | list):
            inner = None if number in taken else {} if isinstance(value, dict) else []
            taken.add(number)
        if isinstance(holder, dict):
            holder[str(key)] = inner
        elif key == -1:
            holder.append(inner)
        else:
            holder[int(key)] = inner
        if isinstance(inner, dict) and isinstance(value, dict):
            inner.update(dict.fromkeys(value))
            waiting += [(inner, name, ref) for name, ref in value.items() if isinstance(ref, int)]
        elif isinstance(inner, list) and isinstance(value, list):
            inner += [None] * len(value)
            waiting += [(inner, place, ref) for place, ref in enumerate(value) if isinstance(ref, int)]
    return root[0]


def _is_root(first: object, length: int) -> bool:
    if isinstance(first, list):
        return len(first) == 2 and first[0] in _TAGS and isinstance(first[1], int)
    if not isinstance(first, Mapping):
        return False
    return bool(first) and all(isinstance(ref, int) and -10 < ref < length for ref in first.values())


def rows_in(text: str) -> list[object]:
    """The data of a text's numbered rows; none where it is not written in such rows."""
    if not _ROW.match(text):
        return []
    found: list[object] = []
    for line in text.split("\n"):
        row = _ROW.match(line)
        try:
            found += [json.loads(line[row.end() :], strict=False)] if row else []
        except (ValueError, RecursionError):
            continue
    return found
