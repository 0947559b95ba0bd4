"""What the commands share: the home's settings, listings as tables or JSON Lines, times as people write them."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor.durations import since_text
from monitor.errors import WrongUse
from monitor.places import Places, has_home, no_home
from monitor.store.open import Store, open_store

if TYPE_CHECKING:
    from monitor.settings import Settings

Row = Mapping[str, object]


def home() -> Path:
    """--home, else POSTWATCH_HOME, else the current folder."""
    return Path(os.environ.get("POSTWATCH_HOME") or Path.cwd()).absolute()


def settings() -> "Settings":
    """The home's settings, warnings told on stderr. Raises UnusableSettings."""
    from monitor.settings import load

    found = load(home())
    for warning in found.warnings:
        note(warning)
    return found


def places() -> Places:
    """Where the home keeps things, without its settings: what only reads needs no secrets. Raises UnusableSettings."""
    here = home()
    if not has_home(here):
        raise no_home(here)
    return Places(here)


def store() -> Store:
    """The home's database."""
    return open_store(places().database)


def person(name: str | None = None) -> str:
    """Who the custody log says typed the command: `name`, else the user of this machine."""
    return f"user:{name or os.environ.get('USER') or os.getuid()}"


def note(text: str) -> None:
    """A line for people, on stderr."""
    print(f"postwatch: {printable(text)}", file=sys.stderr)


def dated(at: object, precision: object) -> str:
    """A time that a page tells, as exactly as it tells it: a day, a time without zone, or an instant in UTC."""
    text = printable(at or "no date")
    if precision == "day":
        return text[:10]
    return f"{text[:16].replace('T', ' ')} (no time zone told)" if precision == "no_zone" else text


def printable(text: object) -> str:
    """Text from outside without the control characters that a terminal would obey."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "�", str(text))


def since(value: str | None) -> str | None:
    """A time as listings filter by: from RFC 3339, a date, or an age such as "2d"."""
    try:
        return since_text(value) if value else None
    except ValueError as exc:
        raise WrongUse(f"--since {value}: {exc}") from None


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--json, --limit and --since of a listing."""

    @click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout, without a limit unless one is given.")
    @click.option("--limit", type=click.IntRange(min=1), help="At most so many, the newest.")
    @click.option(
        "--since", "since_text", metavar="TIME", help='Only what came since a time, a date, or an age such as "2d".'
    )
    @wraps(command)
    def wrapped(*args: Any, as_json: bool, limit: int | None, since_text: str | None, **kwargs: Any) -> Any:
        if limit is None and not as_json:
            limit = 50
        return command(*args, as_json=as_json, limit=limit, since=since(since_text), **kwargs)

    return wrapped


def listing(rows: Iterable[Row], as_json: bool, columns: Sequence[str], empty: str, then: str) -> None:
    """Prints rows: JSON Lines, or a table of some columns and the command worth typing `then`; `empty` says what to do when
    there are none."""
    if as_json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    found = list(rows)
    if not found:
        note(empty)
        return
    _table(found, columns)
    note(f"next: {then}")


def _table(rows: Sequence[Row], columns: Sequence[str]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not console.is_terminal:
        for row in rows:
            print("\t".join(_cell(row.get(c)) for c in columns))
        return
    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(c))) for c in columns))
    console.print(table)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, list):
        return ", ".join(_cell(v) for v in value) or "-"
    if isinstance(value, Mapping):
        return " ".join(_cell(v) for k, v in value.items() if k in ("kind", "state", "channel") and v)
    text = " ".join(printable(value).split())
    return text if len(text) <= 100 else text[:99] + "…"


def lister(rows: Callable[..., Iterable[Row]], columns: Sequence[str], empty: str, then: str) -> Callable[..., None]:
    """What lists a noun's rows as the store gives them; `columns`, `empty` and `then` as in `listing`."""

    def listed(as_json: bool, limit: int | None, since: str | None) -> None:
        with store() as opened:
            found = rows(opened, limit=limit, since=since)
        listing(found, as_json, columns, empty, then)

    return listed


def noun(name: str, help_text: str, lister: Callable[..., None]) -> click.Group:
    """A group of a noun whose bare form lists: `alerts --json` is `alerts list --json`."""

    @click.group(name, invoke_without_command=True, help=help_text)
    @options
    def group(**kwargs: Any) -> None:
        if click.get_current_context().invoked_subcommand is None:
            lister(**kwargs)

    group.add_command(click.command("list", help=f"The same as `{name}`.")(options(lister)))
    return group
