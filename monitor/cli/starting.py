"""`init`, `demo` and `version`."""

import sys
from pathlib import Path

import click

from monitor import __version__
from monitor.cli import show


@click.command()
def init() -> None:
    """Makes a home here (or at --home): config/ with every setting explained, storage/ for what is kept.

    What exists is never overwritten.

    Example: postwatch init --home /srv/postwatch
    """
    from monitor.settings import load
    from monitor.settings.example import postwatch_toml, rules_toml, watches_toml
    from monitor.store.open import open_store

    home = show.home()
    written = []
    for name, text in (
        ("postwatch.toml", postwatch_toml()),
        ("watches.toml", watches_toml()),
        ("rules.toml", rules_toml()),
    ):
        path = home / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(text, encoding="utf-8")
            written.append(f"config/{name}")
    settings = load(home)
    open_store(settings.database).close()
    show.note(f"home: {home}")
    show.note(f"written: {', '.join(written) or 'nothing, all files were there'}")
    if not settings.secrets.x_token:
        show.note("for X: put the bearer token into a file and set POSTWATCH_X_BEARER_TOKEN_FILE to its path")
    show.note('next: postwatch add @handle --purpose "why"   or   postwatch add https://example.org/feed.xml')


@click.command()
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the demo's home in this new folder.")
def demo(keep: Path | None) -> int:
    """Shows the whole job against servers on this machine: nothing leaves it, no key is needed.

    Example: postwatch demo --keep demo-home
    """
    from monitor.demo.show import show_everything

    return show_everything(keep, sys.stdout)


@click.command()
def version() -> None:
    """Versions of Postwatch and of the tools that touch evidence.

    Example: postwatch version
    """
    import sqlite3
    from importlib.metadata import version as version_of

    print(f"postwatch {__version__}")
    for name in ("yt-dlp", "tweepy", "av", "sqlite-utils", "APScheduler", "warcio", "trafilatura"):
        print(f"{name} {version_of(name)}")
    print(f"python {sys.version.split()[0]}\nsqlite {sqlite3.sqlite_version}")
