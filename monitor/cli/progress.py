"""Progress on a terminal: jobs done, downloads under way. Silent when stderr is a file or a pipe."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.jobs.context import Context
    from monitor.jobs.engine import Engine


@contextmanager
def shown(context: "Context", engine: "Engine") -> Iterator[None]:
    """Shows the engine's work until the block ends."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TaskID, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        jobs = progress.add_task("jobs", total=None)

        def downloaded(name: str, done: int, total: int | None) -> None:
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=total)
            progress.update(tasks[name], completed=done, total=total)

        def worked(done: int, failed: int) -> None:
            progress.update(jobs, description=f"{done} jobs done, {failed} failed")

        context.on_download, engine.on_job = downloaded, worked
        yield
