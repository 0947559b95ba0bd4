"""Holds the demo world's X answers against X's published description.

The description is not part of the project: POSTWATCH_X_OPENAPI names the file (JSON, perhaps gzipped), in the names of
version 2.159. Objects may hold no fields that it does not know, wherever the schema is a plain object.
"""

import functools
import gzip
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from monitor.demo.world.http import Request

VARIABLE = "POSTWATCH_X_OPENAPI"
_BASE = "urn:x"


def assert_answers_fit(requests: Iterable[Request]) -> None:
    """Fails with every misfit of the sound (not faulty) answers; skips the rest of the test without a description."""
    spec = required_spec()
    assert not (misfits := list(misfits_of(requests, spec))), "\n".join(misfits)


def required_spec() -> dict[str, Any]:
    """The description; skips the test if there is none."""
    name = os.environ.get(VARIABLE)
    if not name:
        pytest.skip(f"set {VARIABLE} to X's OpenAPI file (2.159) to hold the world's answers against it")
    return _read(name)


def misfits_of(requests: Iterable[Request], spec: dict[str, Any]) -> Iterator[str]:
    """A line for each way in which an answer is not as described."""
    for request in requests:
        answer = request.answer
        if answer is None or request.faulty or request.method == "HEAD" or not answer.body:
            continue
        media_type = (answer.header("content-type") or "").partition(";")[0]
        template = _template_of(request.path, spec)
        if template is None:
            if answer.status != 404:
                yield f"{request.path}: not in the description"
            continue
        responses = spec["paths"][template]["get"]["responses"]
        content = (responses.get(str(answer.status)) or responses["default"])["content"]
        if media_type not in content:
            yield f"{request.path}: {answer.status} as {media_type}"
            continue
        for error in _validator(content[media_type]["schema"], spec).iter_errors(json.loads(answer.body)):
            yield f"{request.path} {answer.status}: {error.json_path}: {error.message[:300]}"


@functools.cache
def _read(name: str) -> dict[str, Any]:
    raw = Path(name).read_bytes()
    return _tightened(json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw))


def _tightened(spec: dict[str, Any]) -> dict[str, Any]:
    """As JSON Schema: `nullable` spelt out, references made absolute, plain objects closed."""
    schemas = spec["components"]["schemas"]
    parts = [part for schema in schemas.values() for part in schema.get("allOf", ())]
    shared = [schemas[part["$ref"].rpartition("/")[2]] for part in parts if "$ref" in part]
    return _walk(spec, [*parts, *shared])


def _walk(node: Any, parts: list[Any]) -> Any:
    """`parts`: objects that others build upon, which therefore stay open."""
    if isinstance(node, list):
        return [_walk(item, parts) for item in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return {"$ref": _BASE + node["$ref"]}
    made = {key: _walk(value, parts) for key, value in node.items()}
    plain = node.get("type") == "object" and isinstance(node.get("properties"), dict)
    if plain and not any(node is part for part in parts):
        made.setdefault("additionalProperties", False)
    return {"anyOf": [made, {"type": "null"}]} if made.pop("nullable", False) is True else made


def _template_of(path: str, spec: dict[str, Any]) -> str | None:
    fitting = [t for t in spec["paths"] if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(t)), path)]
    return min(fitting, key=lambda t: t.count("{"), default=None)


def _validator(schema: dict[str, Any], spec: dict[str, Any]) -> Any:
    registry = Registry().with_resource(_BASE, DRAFT202012.create_resource(spec))
    open_pairs: set[tuple[int, str]] = set()

    def discriminator(validator: Any, rule: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
        name = instance.get(rule["propertyName"]) if isinstance(instance, dict) else None
        target = rule.get("mapping", {}).get(name)
        pair = (id(instance), str(target))
        if target is None or pair in open_pairs:
            return
        open_pairs.add(pair)
        yield from validator.descend(instance, {"$ref": _BASE + target})
        open_pairs.discard(pair)

    kind = extend(Draft202012Validator, {"discriminator": discriminator})
    return kind(schema, registry=registry)
