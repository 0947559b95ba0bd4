"""`searches`: saved searches, and their Atom feeds."""

import platform
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from monitor import clock
from monitor.cli import show
from monitor.errors import WrongUse
from monitor.store import searches as rows

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def _list(as_json: bool, limit: int | None, since: str | None) -> None:
    with show.store() as store:
        found = [row for row in rows.listing(store) if not since or str(row["created_at"]) >= since]
    show.listing(
        found[-limit:] if limit else found,
        as_json,
        ("name", "words", "type", "created_at", "actor"),
        "no saved searches yet: `postwatch searches add NAME WORDS`",
        "postwatch searches feed NAME --out FILE",
    )


searches = show.noun(
    "searches", "Saved searches, which feed readers can follow.\n\nExample: postwatch searches --json", _list
)


@searches.command("add")
@click.argument("name")
@click.argument("words", nargs=-1, required=True)
@click.option("--type", "kind", type=click.Choice(["post", "article"]), help="Only posts, or only articles.")
@click.option("--by", metavar="NAME", help="Who asks; else the user of this machine.")
def add(name: str, words: tuple[str, ...], kind: str | None, by: str | None) -> None:
    """Saves a full-text search under a name.

    Example: postwatch searches add bridge harbour bridge --type post
    """
    if not _NAME.fullmatch(name):
        raise WrongUse(f"{name}: a name has letters, digits, ., - and _, at most 64")
    desk = urlsplit(show.settings().options.desk.public_url).hostname
    with show.store() as store:
        added = rows.add(
            store,
            name,
            " ".join(words),
            kind or "",
            authority=desk or (platform.node() or "localhost").lower(),
            actor=show.person(by),
            now=clock.now(),
        )
    if not added:
        raise WrongUse(f"there is a search {name} already: `postwatch searches remove {name}` forgets it")
    show.note(f"saved as {name}")
    show.note(f"next: postwatch searches feed {name} --out {name}.atom")


@searches.command("remove")
@click.argument("name")
def remove(name: str) -> None:
    """Forgets a saved search; what it found stays.

    Example: postwatch searches remove bridge
    """
    with show.store() as store:
        if not rows.remove(store, name):
            raise WrongUse(f"there is no saved search {name}: `postwatch searches` lists them")
    show.note(f"{name} is forgotten; next: postwatch searches")


@searches.command("feed")
@click.argument("name")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file; else standard output.")
@click.option("--url", "self_url", default="", metavar="URL", help="Where the file will be served, for its self link.")
def feed(name: str, out: Path | None, self_url: str) -> None:
    """Writes what a saved search finds as an Atom feed. A file that says the same already is left alone.

    Example: postwatch searches feed bridge --out /srv/www/bridge.atom
    """
    from monitor.jobs.write_feeds import feed_for

    with show.store() as store:
        made = feed_for(store, name, self_url=self_url)
    if out is None:
        sys.stdout.buffer.write(made.body)
        return
    if out.exists() and out.read_bytes() == made.body:
        show.note(f"{out} is current ({made.etag}); next: postwatch searches")
        return
    part = out.with_name(f".{out.name}.part")
    part.write_bytes(made.body)
    part.replace(out)
    show.note(f"written: {out} ({made.etag}); next: postwatch searches")
