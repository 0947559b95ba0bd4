"""Reading one TOML file into its declared tables, with every mistake named: file, key, and what to write."""

import difflib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound=BaseModel)

_EXPECTED = {
    "bool_type": "write true or false",
    "int_type": "write a whole number",
    "int_from_float": "write a whole number",
    "float_type": "write a number",
    "string_type": "write a text in quotes",
    "tuple_type": 'write a list such as ["a", "b"]',
    "missing": "this key is needed",
}


def read_table(path: Path, shape: type[T]) -> tuple[T | None, list[str], str]:
    """(table or None, mistakes, source text). A missing file is an empty table."""
    try:
        source = path.read_bytes().decode("utf-8-sig")
        raw = tomllib.loads(source)
    except FileNotFoundError:
        return shape(), [], ""
    except OSError as exc:
        return None, [f"{_name(path)}: cannot be read: {exc.strerror}"], ""
    except UnicodeDecodeError:
        return None, [f"{_name(path)}: is not UTF-8 text: save it as UTF-8"], ""
    except tomllib.TOMLDecodeError as exc:
        return None, [f"{_name(path)}: not valid TOML: {exc}"], ""
    try:
        # JSON mode: strict about types, yet a list is accepted where the declaration has a tuple.
        return shape.model_validate_json(json.dumps(raw, default=str)), [], source
    except ValidationError as exc:
        return None, [_mistake(path, source, shape, error) for error in exc.errors()], source


def sound_rows(source: str, name: str, shape: type[T]) -> list[tuple[int, T]]:
    """The rows of `[[name]]` (dotted: in a table), each with its number, from 1, as far as they are sound.

    They can be checked further whatever else is wrong in the file, or in the row itself.
    """
    found = []
    for n, row in enumerate(_rows(source, name), 1):
        sound = _sound(row, shape)
        if sound is not None:
            found.append((n, sound))
    return found


def _sound(row: object, shape: type[T]) -> T | None:
    """The row, at need without the keys that are wrong; None when that does not mend it."""
    try:
        return shape.model_validate_json(json.dumps(row, default=str))
    except ValidationError as exc:
        wrong = {error["loc"][0] for error in exc.errors() if error["loc"]}
    kept = {key: value for key, value in row.items() if key not in wrong} if isinstance(row, dict) else None
    return _sound(kept, shape) if kept and kept != row else None


def row_names(source: str, name: str) -> list[str]:
    """The names of all rows of `[[name]]`, sound or not."""
    return [str(row.get("name")) for row in _rows(source, name) if isinstance(row, dict)]


def _rows(source: str, name: str) -> list[Any]:
    found: Any = tomllib.loads(source)
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found if isinstance(found, list) else []


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _mistake(path: Path, source: str, shape: type[BaseModel], error: Any) -> str:
    loc: tuple[int | str, ...] = error["loc"]
    where = _where(path, source, loc)
    if error["type"] == "extra_forbidden":
        known = _keys_at(shape, loc[:-1])
        close = difflib.get_close_matches(str(loc[-1]), known, 1, 0.5)
        hint = f'did you mean "{close[0]}"?' if close else f"known keys: {', '.join(sorted(known))}"
        return f"{where}: unknown key; {hint}"
    said = error["msg"].removeprefix("Value error, ")
    expected = _EXPECTED.get(error["type"], said[0].lower() + said[1:])
    if error["type"] == "missing" or (error["type"] == "value_error" and isinstance(error["input"], dict)):
        return f"{where}: {expected}"
    return f"{where}: {_shown(error['input'])} will not do: {expected}"


def _shown(value: object) -> str:
    # A value in the wrong place may be a secret, so texts are shown by their first characters only.
    if isinstance(value, str):
        return f'"{value[:24]}..."' if len(value) > 24 else f'"{value}"'
    return type(value).__name__ if isinstance(value, dict | list) else str(value).lower()


def _where(path: Path, source: str, loc: tuple[int | str, ...]) -> str:
    table, place = "", ""
    if len(loc) > 1 and isinstance(loc[1], int):
        table = f"[[{loc[0]}]] number {loc[1] + 1}"
        lines = dict(enumerate(table_lines(source, str(loc[0]))))
        place = f":{lines[loc[1]]}" if loc[1] in lines else ""
        rest = loc[2:]
    else:
        table, rest = (f"[{loc[0]}]", loc[1:]) if len(loc) > 1 else ("", loc)
    key = ".".join(str(part) for part in rest)
    return ": ".join(part for part in (f"{_name(path)}{place}", table, key) if part)


def _keys_at(shape: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    current: Any = shape
    for part in loc:
        if isinstance(part, int) or not hasattr(current, "model_fields"):
            continue
        found = current.model_fields[part].annotation if part in current.model_fields else None
        arguments = [a for a in getattr(found, "__args__", ()) if hasattr(a, "model_fields")]
        current = arguments[0] if arguments else found
    return list(current.model_fields) if hasattr(current, "model_fields") else []


def table_lines(source: str, name: str) -> Iterator[int]:
    """Line numbers (from 1) on which each `[[name]]` begins, in order."""
    for number, line in enumerate(source.splitlines(), 1):
        if re.match(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]", line):
            yield number
