"""`demo` and `version`."""

import sys
from pathlib import Path

import click

from monitor import __version__


@click.command()
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the demo's home in this new folder.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write the demo's report here, to look at."
)
def demo(keep: Path | None, report: Path | None) -> int:
    """Shows the whole job against servers on this machine: nothing leaves it, no key is needed.

    Example: postwatch demo --keep demo-home
    """
    from monitor.demo.show import show_everything

    return show_everything(keep, report, sys.stdout)


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
