"""Writing the report of a check, with small pictures of what we keep, whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from monitor import clock
from monitor.errors import WrongUse
from monitor.jobs.context import Context
from monitor.model.check import Article, Checked
from monitor.platforms import PLATFORMS
from monitor.report.page import Report, page_of

MOST_PICTURE_BYTES = 480 * 1024
"""Of all pictures together, so that the report of a large site stays below a megabyte."""


def write(
    context: Context,
    path: Path,
    *,
    target: str,
    title: str,
    articles: Sequence[Article],
    rows: Sequence[Checked],
    of_site: bool,
    since: datetime | None = None,
) -> int:
    """Writes the page, and gives its size in bytes. Raises WrongUse when the file cannot be written."""
    report = Report(
        target=target,
        title=title,
        made_at=clock.now(),
        articles=articles,
        rows=rows,
        of_site=of_site,
        kept=any(row.copy is not None for row in rows),
        since=since,
        titles={name: platform.title for name, platform in PLATFORMS.items()},
        pictures=_pictures(context, rows),
    )
    page = page_of(report).encode("utf-8", "replace")
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_bytes(page)
        part.replace(path)
    except OSError as exc:
        part.unlink(missing_ok=True)
        raise WrongUse(f"--html {path}: {exc.strerror}") from exc
    return len(page)


def _pictures(context: Context, rows: Sequence[Checked]) -> dict[str, bytes]:
    from monitor.media.thumbnails import thumbnails

    wanted = dict.fromkeys(row.copy.picture for row in rows if row.copy is not None and row.copy.picture)
    if not wanted:
        return {}
    files = {name: context.vault.path_of(name) for name in wanted}
    into = Path(tempfile.mkdtemp(prefix="postwatch-report-"))
    try:
        return thumbnails({n: p for n, p in files.items() if p.exists()}, into, most_bytes=MOST_PICTURE_BYTES)
    finally:
        shutil.rmtree(into, ignore_errors=True)
