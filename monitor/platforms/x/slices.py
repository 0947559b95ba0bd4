"""Where in the bytes of an answer each thing stands.

The top of the answer is walked by hand, so that every element of `data` and `includes` is decoded once and its
exact span of bytes is known: a post can then be kept, shown and purged alone.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from monitor.errors import NotUnderstood, ServerTrouble

_SPACE = re.compile(r"[ \t\n\r]*")
_DIGITS = 4000
"""Python refuses to read longer numbers."""


@dataclass(slots=True)
class Element:
    """One element of `data` or `includes`, decoded. `start` and `end` are byte offsets into the body."""

    group: str
    """"data", or the name in `includes`: "tweets", "posts", "users", "media", ..."""
    value: Any
    start: int
    end: int


@dataclass(slots=True)
class Parts:
    """An answer taken apart: `elements` in the order of their bytes; `others` are the remaining top-level members."""

    elements: list[Element] = field(default_factory=list)
    others: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def parts_of(body: bytes) -> Parts:
    """Takes the answer apart.

    Raises ServerTrouble for HTML and for cut or broken JSON, NotUnderstood for JSON that is no object or is nested
    too deep.
    """
    if is_web_page(body):
        raise ServerTrouble("X answered with a web page in place of JSON")
    source = body.decode("utf-8", "surrogateescape")
    try:
        parts = _Walk(source).answer()
    except json.JSONDecodeError as error:
        raise ServerTrouble(f"X's answer of {len(body)} bytes is cut or broken JSON: {error.msg}") from error
    except RecursionError as error:
        raise NotUnderstood("X's answer is nested too deep to be read") from error
    if not body.isascii():
        _to_bytes(source, parts.elements)
    return parts


def is_web_page(body: bytes) -> bool:
    """Whether the answer is HTML: then it is not the API that speaks."""
    return body.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"<")


def _to_bytes(source: str, elements: Iterable[Element]) -> None:
    """Turns offsets in characters, ascending and apart, into offsets in bytes."""
    characters = at = 0
    for element in elements:
        at += len(source[characters : element.start].encode("utf-8", "surrogateescape"))
        characters = element.end
        start, at = at, at + len(source[element.start : characters].encode("utf-8", "surrogateescape"))
        element.start, element.end = start, at


def _nothing(_: str) -> None:
    return None


def _short_integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS else None


_FAST = json.JSONDecoder(strict=False, parse_constant=_nothing)
_LENIENT = json.JSONDecoder(strict=False, parse_constant=_nothing, parse_int=_short_integer)


class _Walk:
    """A walk along the top levels of one JSON text; every method takes an offset and returns the next."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts = Parts()

    def answer(self) -> Parts:
        start = self._skip(1 if self._source.startswith("\ufeff") else 0)
        if not self._source.startswith("{", start):
            self._value(start)
            raise NotUnderstood("X's answer is JSON, but no object")
        end = self._skip(self._object(start, self._member))
        if end != len(self._source):
            raise json.JSONDecodeError("Extra data", self._source, end)
        return self._parts

    def _member(self, name: str, at: int) -> int:
        if name == "data":
            return self._elements("data", at)
        if name == "includes" and self._source.startswith("{", at):
            return self._object(at, self._elements)
        value, end = self._value(at)
        if name in self._parts.others:
            self._parts.warnings.append(f"schema drift: {name[:40]!a} stands twice")
        self._parts.others[name] = value
        return end

    def _elements(self, group: str, at: int) -> int:
        if self._source.startswith("null", at):
            return at + len("null")
        if not self._source.startswith("[", at):
            return self._element(group, at)
        at = self._skip(at + 1)
        if self._source.startswith("]", at):
            return at + 1
        while True:
            at = self._skip(self._element(group, at))
            if self._source.startswith("]", at):
                return at + 1
            at = self._expect(",", at)

    def _element(self, group: str, at: int) -> int:
        value, end = self._value(at)
        self._parts.elements.append(Element(group, value, at, end))
        return end

    def _object(self, at: int, member: Callable[[str, int], int]) -> int:
        at = self._skip(at + 1)
        if self._source.startswith("}", at):
            return at + 1
        while True:
            if not self._source.startswith('"', at):
                raise json.JSONDecodeError("Expecting a name", self._source, at)
            name, at = self._value(at)
            at = self._skip(member(name, self._expect(":", self._skip(at))))
            if self._source.startswith("}", at):
                return at + 1
            at = self._expect(",", at)

    def _value(self, at: int) -> tuple[Any, int]:
        try:
            return _FAST.raw_decode(self._source, at)
        except json.JSONDecodeError:
            raise
        except ValueError:  # a number of thousands of digits
            return _LENIENT.raw_decode(self._source, at)

    def _expect(self, mark: str, at: int) -> int:
        if not self._source.startswith(mark, at):
            raise json.JSONDecodeError(f"Expecting {mark!r}", self._source, at)
        return self._skip(at + 1)

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self._source, at)
        return found.end() if found else at
