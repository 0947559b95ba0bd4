"""`add FILE`: each line of a list on its own, so that a wrong one stops no other."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli import adding, show
from monitor.cli.adding import Wish
from monitor.durations import duration_text
from monitor.errors import PostwatchError, WrongUse
from monitor.jobs import order_watches
from monitor.settings import Settings
from monitor.store.open import Store

if TYPE_CHECKING:
    from monitor.jobs.context import Context
    from monitor.jobs.import_lists import Item
    from monitor.model.introduction import Introduction


def add_list(settings: Settings, context: "Context", store: Store, path: Path, wish: Wish) -> int:
    """Adds what a file lists; exit code 1 when a line could not be added."""
    from monitor.jobs.import_lists import items_of

    items = items_of(path)
    show.note(f"{path} lists {len(items)}; each is looked at once, and X is asked nothing yet")
    found: list[tuple[Item, Introduction, Wish, int]] = []
    failed = 0
    for item in items:
        try:
            found.append(_looked_at(settings, context, store, item, wish))
        except PostwatchError as exc:
            failed += 1
            show.note(f"  line {item.line}: NOT added: {adding.failure(exc)}")
        else:
            _, known, _, seconds = found[-1]
            show.note(f"  line {item.line}: {item.what} is {known.words}, every {duration_text(seconds)}")
    if not found:
        raise WrongUse(f"{path}: nothing could be added")
    added, late = _written(store, found, wish)
    failed += late
    show.note(f"{len(added)} added, {failed} not")
    if added:
        show.note(f"undo: postwatch remove {' '.join(map(str, added))}")
    return 1 if failed else 0


def _looked_at(
    settings: Settings, context: "Context", store: Store, item: "Item", wish: Wish
) -> "tuple[Item, Introduction, Wish, int]":
    from monitor.jobs.introduce import introduce

    known = introduce(context, item.what, look=False, ask_x=False)
    known = adding.as_posts(known, item.what) if wish.as_posts else known
    order_watches.demand_ours(store, known)
    mine = replace(
        wish,
        purpose=item.purpose or wish.purpose,
        tags=tuple(dict.fromkeys((*wish.tags, *item.tags))),
        desk=item.desk or wish.desk,
        own=item.own or wish.own,
    )
    return item, known, mine, adding.seconds_between(settings, known, item.every or wish.every)


def _written(store: Store, found: "list[tuple[Item, Introduction, Wish, int]]", wish: Wish) -> tuple[list[int], int]:
    """The numbers of the new watches, and how many lacked a purpose."""
    bare = [item for item, known, mine, _ in found if known.kind == "account" and not mine.purpose]
    asked = sys.stdin.isatty() and not wish.yes
    purpose = ""
    if bare and asked:
        purpose = str(click.prompt(f"Why are the {len(bare)} accounts without a purpose watched?", err=True))
    if asked:
        click.confirm(f"Watch these {len(found)}?", default=True, abort=True, err=True)
    added, failed = [], 0
    for item, known, mine, seconds in found:
        if known.kind == "account" and not (mine.purpose or purpose):
            failed += 1
            show.note(
                f"  line {item.line}: NOT added: {item.what} is an account: give it a purpose, or --purpose for all"
            )
            continue
        added.append(adding.put(store, known, replace(mine, purpose=mine.purpose or purpose), seconds))
    return added, failed
