"""Looking at a folder that a CMS writes articles into; each file that was written to is a job.

A file is read once for each content, whatever its name; it stays where it is, and its bytes are kept.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from monitor import __version__, clock
from monitor.errors import PostwatchError, TryLater
from monitor.jobs import read_articles
from monitor.jobs.context import Context
from monitor.jobs.fetch_lists import tell_first_look
from monitor.model.article import Reading
from monitor.model.exchange import Exchange
from monitor.model.feed import Part
from monitor.model.pattern import Pattern
from monitor.store import feeds, left_out, watches
from monitor.store.articles import Origin
from monitor.store.jobs import enqueue
from monitor.store.watches import Watch

if TYPE_CHECKING:
    from monitor.articles.discover_folder import FilePage

LINK, UNREADABLE = "link", "unreadable"
MOST_NEW = 5_000
_TYPES = {".json": "application/json", ".txt": "text/plain"}


def run(context: Context, watch: Watch) -> None:
    """One look at a folder."""
    from monitor.articles.discover_folder import files_in, folder_of

    folder = folder_of(str(watch.url))
    pattern = Pattern(watch.pattern)
    found = [file for file in files_in(folder) if pattern.fits(f"/{file.name}")]
    store, now, first = context.store, clock.now(), not watch.first_look_done
    with store.change():
        for file in (f for f in found if f.why_not):
            left_out.add(store, str(watch.url), (folder / file.name).as_uri(), watch.id, LINK, file.why_not, now)
        feeds.list_parts(store, watch.id, "", [Part(f.name, f.stamp) for f in found if not f.why_not])
        if first and watch.backfill == "none":
            feeds.pass_over(store, watch.id, [f.name for f in found])
        new = [part.url for part in feeds.parts(store, watch.id).values() if part.listed != part.read][:MOST_NEW]
        silent = first and not watch.tell_backfill
        for name in new:
            payload = {"watch": watch.id, "name": name, "silent": silent}
            enqueue(store, "read_file", f"{watch.id}:{name}", payload, now=now, priority=4)
        tell_first_look(context, watch, len(new), "articles", first=first)
        watches.looked(store, watch, now)


def run_file(context: Context, payload: Mapping[str, object]) -> None:
    """Reads one file. What cannot be read is left out, on record, until it is written to again."""
    from monitor.articles.discover_folder import folder_of, read_file

    watch = watches.find(context.store, int(str(payload["watch"])))
    if watch is None:
        return
    folder, name = folder_of(str(watch.url)), str(payload["name"])
    known = feeds.part(context.store, watch.id, name)
    try:
        content, stamp = read_file(folder, name, context.options.net.max_page_bytes)
        digest = hashlib.sha256(content).hexdigest()
        if digest not in feeds.known_entries(context.store, watch.id, [digest]):
            _read(context, watch, folder / name, content, silent=bool(payload["silent"]))
    except TryLater:
        raise
    except PostwatchError as exc:
        _leave_out(context, watch, folder / name, name, known.listed if known else "", str(exc))
        raise
    with context.store.change():
        feeds.note_entries(context.store, watch.id, {digest: ""}, clock.now())
        feeds.part_read(context.store, watch.id, name, stamp, None, None, clock.now())


def _read(context: Context, watch: Watch, path: Path, content: bytes, *, silent: bool) -> None:
    from monitor.articles.discover_folder import page_of
    from monitor.articles.fetch import FetchedArticle

    began, address = clock.now(), path.as_uri()
    page = page_of(path.name, content, context.options.net.max_page_bytes)
    reading = _reading(context, page)
    kind = _TYPES.get(Path(path.name.lower().removesuffix(".gz")).suffix, "text/html")
    headers = (("Content-Type", "application/gzip" if path.name.lower().endswith(".gz") else kind),)
    exchange = Exchange(
        "file", address, address, None, headers, content, began, clock.now(), tools={"postwatch": __version__}
    )
    fetched = FetchedArticle(exchange, page.content, kind, not_modified=False, etag=None, last_modified=None)
    origin = Origin(watch.id, watch.own, watch.desk, watch.tags)
    read_articles.keep(context, address, fetched, reading, origin, silent=silent)


def _reading(context: Context, page: "FilePage") -> Reading:
    read = context.reader.read_page if page.is_markup else context.reader.read_text
    reading = read(page.content, url=page.url)
    return reading if page.title is None else replace(reading, title=page.title)


def _leave_out(context: Context, watch: Watch, path: Path, name: str, stamp: str, why: str) -> None:
    store, now = context.store, clock.now()
    with store.change():
        left_out.add(store, str(watch.url), path.as_uri(), watch.id, UNREADABLE, why, now)
        feeds.part_read(store, watch.id, name, stamp, None, None, now)
