"""How single values of X's JSON are read: what has the wrong type is None, never an exception.

Every text that leaves here can be stored and shown: without NUL, and without lone surrogates.
"""

import re
from datetime import datetime
from typing import Any

from monitor import clock

_UNPRINTABLE = re.compile("[\ud800-\udfff]")
_ID = re.compile(r"[0-9]{1,19}")
_LARGEST = 2**63
"""SQLite's integers end here."""

Object = dict[str, Any]


def text(value: object) -> str | None:
    """The text, lone surrogates replaced and NUL removed; None for what is no text."""
    if not isinstance(value, str):
        return None
    if "\x00" in value:
        value = value.replace("\x00", "")
    return value if value.isascii() else _UNPRINTABLE.sub("\ufffd", value)


def identity(value: object) -> str | None:
    """An id as text. A whole number is accepted; a float is not: it may have lost digits."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**19:
        return str(value)
    return value if isinstance(value, str) and _ID.fullmatch(value) else None


def number(value: object) -> int | None:
    """A whole number of at least 0 that a database can hold."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST:
        return value
    return None


def moment(value: object) -> datetime | None:
    """The aware UTC time of an RFC 3339 text; None for anything else."""
    try:
        return clock.parse(value) if isinstance(value, str) and value else None
    except (ValueError, OverflowError):
        return None


def table(value: object) -> Object:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else {}


def array(value: object) -> list[Any]:
    """The list, or an empty one."""
    return value if isinstance(value, list) else []


def either(source: Object, older: str, newer: str) -> object:
    """The member under X's older (tweet) or newer (post) name."""
    found = source.get(older)
    return source.get(newer) if found is None else found
