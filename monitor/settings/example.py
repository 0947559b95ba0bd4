"""The files of config/ as `init` writes them: every key with its meaning and default, all of it commented out."""

import json
import textwrap
import typing

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from monitor.settings.declared import (
    AccountEntry,
    ArticleEntry,
    Channel,
    FeedEntry,
    HeaderOption,
    Options,
    Rule,
)
from monitor.settings.kinds import Seconds, duration_text

_WIDTH = 110
_SECONDS = typing.get_args(Seconds)[1]


def postwatch_toml() -> str:
    """`config/postwatch.toml`."""
    parts = ["# Postwatch's settings. A line that begins with # shows a default; take the # away to change it.\n"]
    for name, field in Options.model_fields.items():
        shape = field.annotation
        if isinstance(shape, type) and issubclass(shape, BaseModel):
            parts.append(_table(f"[{name}]", shape, commented=False))
    parts.append(_table("[[net.header]]", HeaderOption, commented=True))
    parts.append(_table("[[channel]]", Channel, commented=True))
    parts.append('# Alerts on the terminal of `run` and `once`.\n[[channel]]\nname = "console"\nurl = "console://"\n')
    return "\n".join(parts)


def watches_toml() -> str:
    """`config/watches.toml`."""
    head = (
        "# What is watched. Read at every start: an entry that leaves this file pauses its watch.\n"
        "# `postwatch add` writes to the database instead; `postwatch watches --toml` prints all watches in this form.\n"
    )
    tables = (("[[account]]", AccountEntry), ("[[feed]]", FeedEntry), ("[[article]]", ArticleEntry))
    return "\n".join([head, *(_table(name, shape, commented=True) for name, shape in tables)])


def rules_toml() -> str:
    """`config/rules.toml`."""
    head = "# Who hears of what. Without any rule, every alert goes to every channel.\n"
    return "\n".join([head, _table("[[rule]]", Rule, commented=True)])


def _table(name: str, shape: type[BaseModel], *, commented: bool) -> str:
    lines = [f"# {line}" for line in textwrap.wrap(_summary(shape), _WIDTH)]
    lines.append(f"# {name}" if commented else name)
    for key, field in shape.model_fields.items():
        if _holds_tables(field):
            continue
        lines += [f"# {line}" for line in textwrap.wrap(field.description or "", _WIDTH)]
        lines.append(f"# {key} = {_value(field)}")
    return "\n".join(lines) + "\n"


def _summary(shape: type[BaseModel]) -> str:
    return " ".join((shape.__doc__ or "").split())


def _holds_tables(field: FieldInfo) -> bool:
    return any(isinstance(a, type) and issubclass(a, BaseModel) for a in typing.get_args(field.annotation))


def _value(field: FieldInfo) -> str:
    if field.is_required():
        return '"..."'
    value = field.default
    if _is_duration(field):
        return f'"{duration_text(value)}"' if value else '"5m"'
    if value is None:
        return "true" if _takes(field, bool) else '"urgent"'
    if isinstance(value, tuple):
        return json.dumps(list(value), ensure_ascii=False)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1_000_000:
        return f"{value:_}"
    return json.dumps(value, ensure_ascii=False)


def _is_duration(field: FieldInfo) -> bool:
    if _SECONDS in field.metadata:
        return True
    return any(_SECONDS in typing.get_args(option)[1:] for option in typing.get_args(field.annotation))


def _takes(field: FieldInfo, kind: type) -> bool:
    return kind in typing.get_args(field.annotation)
