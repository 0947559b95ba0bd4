"""The files of config/ as `init` writes them: every key with its meaning and default, all of it commented out.

Only the console's channel is live, so that a first `run` tells somebody. The texts come from `declared` alone.
"""

import json
import textwrap
import typing

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from monitor.durations import duration_text
from monitor.settings.channels import Channel
from monitor.settings.declared import HeaderOption, Options
from monitor.settings.entries import AccountEntry, ArticleEntry, FeedEntry
from monitor.settings.kinds import Seconds
from monitor.settings.people import Escalation, Person
from monitor.settings.rules import Alias, Rule
from monitor.settings.tools import USUAL, Tool

_WIDTH = 110
_LARGE = 1_000_000
_SECONDS = typing.get_args(Seconds)[1]

_POSTWATCH = """\
# Postwatch's settings. A line that begins with # shows a default; take the # away to change it.
# Secrets never stand here: each comes from an environment variable NAME, or from the file that NAME_FILE names.
"""
_WATCHES = """\
# What is watched. Read at every start: an entry that leaves this file pauses its watch.
# `postwatch add` writes to the database instead; `postwatch watches --toml` prints all watches in this form.
# Take the # away, from the [[...]] line on, and leave out what you do not need.
"""
_RULES = "# Who hears of what. Without any rule, every alert goes to every channel.\n"
_PEOPLE = """\
# Who is told over which channels, when they want to be left alone, and who comes next when nobody answers.
"""
_ALIASES = "# By what other names articles call an account: for links that are found in words only.\n"
_TOOLS = """\
# Tools that a case links to. Nobody is asked before somebody opens a link, and links show only where a case's switch lets them.
"""
_CONSOLE = """\
# Alerts on the terminal of `run` and `once`.
[[channel]]
name = "console"
url = "console://"
"""


def postwatch_toml() -> str:
    """`config/postwatch.toml`."""
    shapes = {f"[{name}]": field.annotation for name, field in Options.model_fields.items()}
    tables = [_table(name, shape) for name, shape in shapes.items() if _is_table(shape)]
    # TOML gives a plain key to the table above it, so what repeats comes after all plain tables.
    rows = [_row("[[net.header]]", HeaderOption), _row("[[channel]]", Channel)]
    return "\n".join([_POSTWATCH, *tables, *rows, _CONSOLE])


def watches_toml() -> str:
    """`config/watches.toml`."""
    rows = [_row("[[account]]", AccountEntry), _row("[[feed]]", FeedEntry), _row("[[article]]", ArticleEntry)]
    return "\n".join([_WATCHES, *rows])


def rules_toml() -> str:
    """`config/rules.toml`."""
    return "\n".join([_RULES, _row("[[rule]]", Rule)])


def people_toml() -> str:
    """`config/people.toml`."""
    return "\n".join([_PEOPLE, _row("[[person]]", Person), _row("[[escalation]]", Escalation)])


def aliases_toml() -> str:
    """`config/aliases.toml`."""
    return "\n".join([_ALIASES, _row("[[alias]]", Alias)])


def tools_toml() -> str:
    """`config/tools.toml`: its entries are live."""
    live = [f"[[tool]]\nname = {json.dumps(name)}\nurl = {json.dumps(url)}\n" for name, url in USUAL]
    return "\n".join([_TOOLS, _row("[[tool]]", Tool), *live])


def _table(name: str, shape: type[BaseModel]) -> str:
    """A table of the file: there, and empty."""
    return "\n".join([*_comment(shape.__doc__), name, *_keys(shape)]) + "\n"


def _row(name: str, shape: type[BaseModel]) -> str:
    """A table that may stand any number of times, as an example."""
    return "\n".join([*_comment(shape.__doc__), f"# {name}", *_keys(shape)]) + "\n"


def _keys(shape: type[BaseModel]) -> list[str]:
    lines = []
    for key, field in shape.model_fields.items():
        if not any(_is_table(argument) for argument in typing.get_args(field.annotation)):
            lines += [*_comment(field.description), f"# {key} = {_value(field)}"]
    return lines


def _comment(text: str | None) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(" ".join((text or "").split()), _WIDTH)]


def _is_table(shape: object) -> typing.TypeGuard[type[BaseModel]]:
    return isinstance(shape, type) and issubclass(shape, BaseModel)


def _value(field: FieldInfo) -> str:
    """The declared example where there is one, else the default, as TOML."""
    value = field.examples[0] if field.examples else field.default
    if _SECONDS in field.metadata:
        return f'"{duration_text(value)}"'
    if isinstance(value, tuple):
        if Seconds in typing.get_args(field.annotation):
            value = tuple(map(duration_text, value))
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int) and value >= _LARGE:
        return f"{value:_}"
    return json.dumps(value, ensure_ascii=False)
