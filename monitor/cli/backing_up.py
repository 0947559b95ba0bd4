"""`backup` and `restore`: a home copied while it works, and brought back elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli import show

if TYPE_CHECKING:
    from monitor.jobs.back_up import Told


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--media/--no-media",
    default=True,
    help="With the kept files (the default), or only a list of them: they never change, so that any tool may copy them.",
)
def backup(folder: Path, media: bool) -> None:
    """Copies this home into a new folder DIR: ledger, settings, files. Works beside `run`.

    Secrets (config/secrets/) are left out. Anyone checks a backup: cd DIR && sha256sum -c manifest-sha256.txt

    \b
    Example: postwatch backup /mnt/backups/2026-11-24
             postwatch backup --no-media ledger-only
    """
    from monitor.jobs.back_up import back_up

    places = show.places()
    with show.store() as store, _progress("files copied") as told:
        made = back_up(places, store, folder, media=media, agent=show.person(), told=told)
    held = f"{made.files} files ({made.bytes:,} bytes)" if media else "no files, only vault.txt, which lists them"
    show.note(f"written: {made.folder}: the ledger, the settings, {held}")
    for name in made.left_out:
        show.note(f"left out, being a secret: {name}")
    for digest in made.damaged:
        show.note(f"NOT in the backup, being missing or damaged in this home: {digest}")
    show.note(f"next: postwatch restore {made.folder} --home NEW   (try it: a backup never restored is a hope)")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def restore(folder: Path) -> None:
    """Makes a new home (--home NEW) from a backup DIR. Each file is checked against the manifest first.

    Example: postwatch restore /mnt/backups/2026-11-24 --home /srv/postwatch
    """
    from monitor.jobs.back_up import restore as bring_back

    with _progress("files checked") as told:
        made = bring_back(folder, show.home(), agent=show.person(), told=told)
    show.note(f"restored: {made.home}, as it was at {made.made_at}; what X charged since then is not in its ledger")
    if made.missing:
        show.note(f"{made.missing} files of the vault are not in this backup: copy them to {made.home}/storage/media")
    for name in made.secrets:
        show.note(f"write this secret anew, it was not in the backup: {name}")
    show.note(f"next: postwatch doctor --home {made.home}")


@contextmanager
def _progress(what: str) -> "Iterator[Told | None]":
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
