"""One way, and only one, to write a custody event as bytes."""

import json

_LARGEST_INTEGER = 2**53 - 1
"""What every JSON reader takes exactly; anything larger, and every id, is written as text."""


def canonical(value: object) -> bytes:
    """JSON in UTF-8 with sorted keys (by code point) and no spaces.

    ValueError for what has more than one way to be written, or none: floats, integers beyond 2^53 - 1, keys that are
    not text, lone surrogates, other types.
    """
    _check(value)
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def is_canonical(body: bytes) -> bool:
    """Whether the bytes are what `canonical` writes for the value that they hold."""
    try:
        return canonical(json.loads(body.decode("utf-8"))) == body
    except (ValueError, RecursionError):
        return False


def _check(value: object) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise ValueError(f"a key must be text, not {key!r}")  # noqa: TRY004 - one kind of error for all that cannot be written
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif isinstance(value, int):
        if abs(value) > _LARGEST_INTEGER:
            raise ValueError(f"write the number {value} as text")
    elif not (value is None or isinstance(value, str)):
        raise ValueError(f"{type(value).__name__} has no canonical form: {value!r}")
