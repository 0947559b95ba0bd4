"""Dataclasses as JSON between two processes: what comes back is checked against its declaration, value by value."""

import json
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from monitor.errors import NotUnderstood

T = TypeVar("T")


def written(value: object) -> bytes:
    """The value, of dataclasses, tuples, texts, numbers and times, as JSON."""
    return json.dumps(value, default=_plain, ensure_ascii=False).encode()


def read(kind: type[T], data: bytes) -> T:
    """The dataclass that `written` wrote. Raises NotUnderstood for anything else."""
    try:
        found: T = _read(kind, json.loads(data.decode()))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(f"no {kind.__name__} came back: {error}") from error
    return found


def _plain(value: Any) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return {field.name: getattr(value, field.name) for field in fields(value)}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _record(kind, value)
    if origin is tuple:
        return _row(get_args(kind), value)
    if origin in (Union, UnionType):
        return None if value is None else _read(_only(kind), value)
    if origin is Literal:
        fits = value in get_args(kind)
    elif kind is datetime:
        return datetime.fromisoformat(_read(str, value))
    else:
        fits = type(value) is kind or (kind is float and type(value) is int)
    if not fits:
        raise ValueError(f"{value!a:.40} is no {kind}")
    return value


def _record(kind: Any, value: Any) -> Any:
    hints = _hints(kind)
    if not isinstance(value, dict) or value.keys() != hints.keys():
        raise ValueError(f"{value!a:.40} has not the fields of a {kind.__name__}")
    return kind(**{name: _read(hint, value[name]) for name, hint in hints.items()})


def _row(kinds: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{value!a:.40} is no list")  # noqa: TRY004 - one kind of error for all that does not fit
    if kinds[-1] is Ellipsis:
        return tuple([_read(kinds[0], one) for one in value])
    return tuple([_read(kind, one) for kind, one in zip(kinds, value, strict=True)])


def _only(kind: Any) -> Any:
    (one,) = (each for each in get_args(kind) if each is not NoneType)
    return one
