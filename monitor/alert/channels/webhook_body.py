"""The body of a webhook: `{"type", "timestamp", "data"}` in less than 20 KB, as Standard Webhooks asks."""

import json
from collections.abc import Mapping

from monitor import clock
from monitor.alert.channels.lines import without_surrogates
from monitor.model.alert import Message

_LESS_THAN = 20_000
_WHOLE = frozenset(("id", "kind", "priority", "dedup_key", "created_at"))
"""Fields of the row by which a receiver knows an alert again: never shortened."""


def body_of(message: Message) -> bytes:
    """UTF-8 JSON; the same on every attempt as long as the row is.

    A too large row has its texts shortened; at last only what identifies it is left. `"truncated": true` tells it.
    """
    body = _dumped(message, message.row, truncated=False)
    most = 4000
    while len(body) >= _LESS_THAN and most >= 15:
        row = {key: value if key in _WHOLE else _shortened(value, most) for key, value in message.row.items()}
        body = _dumped(message, row, truncated=True)
        most //= 2
    if len(body) >= _LESS_THAN:
        body = _dumped(message, {k: v for k, v in message.row.items() if k in _WHOLE}, truncated=True)
    return body


def _dumped(message: Message, row: Mapping[str, object], *, truncated: bool) -> bytes:
    happened = row.get("created_at")
    stamp = happened if isinstance(happened, str) else clock.text(message.attempted_at)
    body: dict[str, object] = {"type": message.kind, "timestamp": stamp, "data": row}
    if truncated:
        body["truncated"] = True
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str)
    return without_surrogates(text).encode()


def _shortened(value: object, most: int) -> object:
    if isinstance(value, str):
        return value if len(value) <= most else value[:most] + "…"
    if isinstance(value, Mapping):
        return {key: _shortened(inner, most) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_shortened(inner, most) for inner in value]
    return value
