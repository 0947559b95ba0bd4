"""`watches` and `remove`: what is watched, and how it ends."""

import json
from collections.abc import Mapping, Sequence

import click

from monitor.cli import show
from monitor.durations import duration_text
from monitor.errors import WrongUse
from monitor.jobs import order_watches
from monitor.store import watches as rows
from monitor.store.open import Store


def _list(as_json: bool, limit: int | None, since: str | None, as_toml: bool = False) -> None:
    with show.store() as store:
        found = rows.listing(store, limit=None if as_toml else limit, since=since)
    if as_toml:
        print("\n\n".join(toml_of(row) for row in found))
        return
    show.listing(
        found,
        as_json,
        ("id", "state", "kind", "target", "every_seconds", "next_look_at", "last_error", "declared_in"),
        "nothing is watched: `postwatch add`",
        "postwatch watches pause ID   or   postwatch remove ID",
    )


@click.group(invoke_without_command=True)
@show.options
@click.option("--toml", "as_toml", is_flag=True, help="All watches as a watches.toml.")
@click.pass_context
def watches(ctx: click.Context, as_json: bool, limit: int | None, since: str | None, as_toml: bool) -> None:
    """What is watched, when next, and what went wrong.

    Example: postwatch watches --toml > config/watches.toml
    """
    if ctx.invoked_subcommand is None:
        _list(as_json, limit, since, as_toml)


watches.add_command(click.command("list", help="The same as `watches`.")(show.options(_list)))


@watches.command()
@click.argument("which")
def pause(which: str) -> None:
    """Stops looking, and keeps what was found.

    Example: postwatch watches pause @handle
    """
    with show.store() as store:
        row = find(store, which)
        rows.set_state(store, row["id"], "paused", "paused by hand")  # type: ignore[arg-type]  # a row id
    show.note(f"paused {row['target']}; `postwatch watches resume {row['id']}` goes on")


@watches.command()
@click.argument("which")
def resume(which: str) -> None:
    """Looks again.

    Example: postwatch watches resume 3
    """
    with show.store() as store:
        row = find(store, which)
        rows.set_state(store, row["id"], "active")  # type: ignore[arg-type]  # a row id
    show.note(f"watching {row['target']} again")


@click.command()
@click.argument("which", nargs=-1, required=True)
def remove(which: tuple[str, ...]) -> None:
    """Ends watches by their ids, @handles or addresses; what they found stays.

    \b
    Example: postwatch remove @handle
             postwatch remove 3 4 5
    """
    with show.store() as store:
        found = [find(store, one) for one in which]
        for row in found:
            order_watches.end(store, int(str(row["id"])), found_something=bool(row["posts"]))
    for row in found:
        show.note(f"{row['target']} is no longer watched; `postwatch add` brings it back")


def find(store: Store, which: str) -> Mapping[str, object]:
    """The one watch that an id, handle or address means, unless the file owns it."""
    wanted = which.lstrip("@").lower()
    found = [
        row
        for row in rows.listing(store)
        if which == str(row["id"]) or which in (row["target"], row["url"]) or wanted == str(row["handle"] or "").lower()
    ]
    if not found:
        raise WrongUse(f"nothing that is watched answers to {which}: `postwatch watches` lists them")
    if len(found) > 1:
        names = ", ".join(f"{row['id']} ({row['target']})" for row in found)
        raise WrongUse(f"{which} may mean {names}: name one by its id")
    if found[0]["origin"] == "file":
        raise WrongUse(f"{found[0]['target']} is declared in {found[0]['declared_in']}: change it there")
    return found[0]


def _pairs(row: Mapping[str, object], keys: Sequence[str]) -> list[str]:
    return [f"{key} = {json.dumps(row[key], ensure_ascii=False)}" for key in keys if row[key]]


def toml_of(row: Mapping[str, object]) -> str:
    """A watch as watches.toml writes it."""
    kind = str(row["kind"])
    if kind == "post":
        return f"# one post, added by hand: {row['url']}"
    lines = [f"[[{kind}]]"]
    if kind == "account":
        lines.append(f"platform = {json.dumps(row['platform'])}")
    lines += _pairs(row, ("handle", "url") if kind == "account" else ("url", "pattern"))
    if row["list_kind"]:
        lines.append(f"kind = {json.dumps(row['list_kind'])}")
    if kind != "article":
        lines.append(f'every = "{duration_text(int(str(row["every_seconds"])))}"')
    keys = ["tags", "desk", "purpose"]
    keys += ["own"] if kind != "account" else ["replies", "reposts", "retention"]
    keys += ["tell_backfill"] if kind != "article" else []
    lines += _pairs(row, keys)
    if kind != "article" and row["backfill"] != "24h":
        lines.append(f'backfill = "{row["backfill"]}"')
    if row["state"] == "paused":
        lines = [f"# paused: {row['state_reason']}", *(f"# {line}" for line in lines)]
    return "\n".join(lines)
