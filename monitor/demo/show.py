"""The demo: the whole job in a small world on this machine, told fact by fact, each checked as it is told."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from monitor.demo import desk_work, gone_act
from monitor.demo.acts import Acts
from monitor.demo.newsroom import Newsroom
from monitor.demo.teller import Teller
from monitor.demo.world import World
from monitor.demo.world import clip as clips
from monitor.errors import WrongUse


def show_everything(keep: Path | None, report: Path | None, out: TextIO) -> int:
    """Runs the demo and gives its exit code: 0, or 1 when a fact was not as it should be.

    Leaves nothing behind, unless `keep` names a folder for its home: a new or an empty one, else WrongUse; and unless
    `report` names a file for the report that it makes.
    """
    teller = Teller(out)
    with _home(keep) as home, World(clip=clips.Clip()) as world:
        teller.title("Postwatch demo: nothing leaves this machine")
        teller.say("X's API, three newspapers, a video host and the desk's webhook are small servers on 127.0.0.1.")
        teller.say("People, papers and handles are invented; the program at work is the real one. No key is needed.")
        newsroom = Newsroom(world, home, teller, gone_act.settings_toml(world))
        acts = Acts(teller, world, newsroom)
        acts.play()
        if report is not None and acts.report is not None:
            shutil.copyfile(acts.report, report)
        if keep is not None:
            desk_work.fill(home)
        _what_next(teller, keep, report)
    if teller.wrong:
        teller.say(f"{teller.wrong} of these facts did not hold (marked WRONG): please report it.")
    return 1 if teller.wrong else 0


@contextmanager
def _home(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="postwatch-demo-") as folder:
            yield Path(folder).resolve()
        return
    if keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise WrongUse(f"--keep {keep}: name a folder that is new or empty")
    keep.mkdir(parents=True, exist_ok=True)
    yield keep.resolve()


def _what_next(teller: Teller, keep: Path | None, report: Path | None) -> None:
    teller.title("\nNow with the real world")
    for words, why in (
        ("postwatch check https://example.org/article", "are the posts it cites still there? no key, no set-up"),
        ("postwatch inspect https://example.org/article", "which posts does it cite, where, and how?"),
        ("postwatch init", "a home of your own in this folder"),
        ("postwatch add https://example.org/feed.xml", "watch the articles of a feed: no key needed"),
        ('postwatch add @handle --purpose "why"', "watch an account on X: needs your X key"),
    ):
        teller.say(f"{words:48} {why}")
    if report is not None:
        teller.say(f"{f'open {report}':48} the report of the demo's site, in your browser")
    if keep is None:
        teller.say(f"{'postwatch demo --keep demo-home':48} this once more, and its files stay")
        teller.say("The demo's own files are removed.")
    else:
        teller.say(
            f"{f'postwatch --home {keep} desk':48} the demo's home is kept: look around at its desk, with cases of two invented people"
        )
        teller.say(f"{f'postwatch --home {keep} links':48} or here")
        teller.say(f"{f'datasette {keep}/storage/postwatch.db':48} with SQL (pip install datasette)")
