"""How far an audit is: bars on a terminal, a line now and then elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from monitor.cli import show

if TYPE_CHECKING:
    from monitor.jobs.audit_site import HowFar

Told = Callable[["HowFar"], None]
_LINES = 10


@contextmanager
def shown() -> Iterator[Told]:
    """Gives what is to be told of progress."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        articles, posts = bars.add_task("articles", total=None), bars.add_task("posts", total=None)

        def told(progress: "HowFar") -> None:
            bars.update(articles, completed=progress.read, total=progress.articles)
            bars.update(posts, completed=progress.answered, total=progress.posts)

        yield told


def _lines() -> Told:
    last = 0

    def told(progress: "HowFar") -> None:
        nonlocal last
        tenth = progress.read * _LINES // max(1, progress.articles)
        if tenth > last:
            last = tenth
            show.note(
                f"{progress.read} of {progress.articles} articles read, "
                f"{progress.answered} of {progress.posts} posts asked for"
            )

    return told
