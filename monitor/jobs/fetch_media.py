"""Fetching one file of a post.

1. Room in the vault? Else downloads pause, with an alert.
2. Download in a killable child into the job's own folder; a part left by a passing fault is resumed.
3. The file becomes durable in the vault; a contact sheet is made; then one transaction names them.
"""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

from monitor import clock
from monitor.errors import (
    NotAllowed,
    NotThere,
    NotUnderstood,
    PostwatchError,
    Refused,
    ServerTrouble,
    TooLarge,
    TryLater,
)
from monitor.faults import point
from monitor.jobs import contact_sheets, media_changes
from monitor.jobs.context import Context
from monitor.model.exchange import Exchange
from monitor.model.media import Download, Probe
from monitor.store import captures, custody, media
from monitor.store.media import MediaRow

_ENDS = {NotThere: "gone", NotAllowed: "failed", TooLarge: "too_large", Refused: "failed", NotUnderstood: "failed"}


def run(context: Context, payload: Mapping[str, object]) -> None:
    """Fetches a file unless it is here. Raises errors of our tree, the row's state set before."""
    row = media.find(context.store, int(str(payload["media"])))
    if row is None or row.state == "kept":
        return
    unwanted = media.unwanted(context.store, row.post)
    if unwanted:
        media.set_state(context.store, row.id, "failed", unwanted, clock.now())
        return
    folder = _folder(context, row)
    try:
        context.vault.room()
        _keep_all(context, row, context.downloader.fetch(row.wanted, folder, progress=_progress(context, row)))
    except TooLarge as exc:
        # A limit of the settings did its work: recorded, and no failure of the run.
        _give_up(context, row, exc)
    except (NotThere, NotAllowed, Refused, NotUnderstood) as exc:
        supposed = row.speculative and isinstance(exc, NotThere | NotUnderstood)
        _give_up(context, row, exc)
        if not supposed:
            raise
    else:
        shutil.rmtree(folder, ignore_errors=True)


def _progress(context: Context, row: MediaRow) -> Callable[[int, int | None], None]:
    """Tells who wants to know, and ends the download when the run is to stop."""
    name = f"{row.wanted.platform} {row.wanted.post_id}"

    def told(done: int, total: int | None) -> None:
        if context.stop.is_set():
            raise TryLater("stopped in the middle of a download; the next start goes on")
        if context.on_download is not None:
            context.on_download(name, done, total)

    return told


def part_name(media_id: int) -> str:
    """The folder in the vault's `tmp` where a file arrives; a part of it outlives a passing fault."""
    return f"media-{media_id}"


def _folder(context: Context, row: MediaRow) -> Path:
    return context.settings.vault / "tmp" / part_name(row.id)


def give_up(context: Context, payload: Mapping[str, object], error: PostwatchError) -> None:
    """The last attempt met a passing fault, too: the file counts as failed until someone asks again."""
    row = media.find(context.store, int(str(payload["media"])))
    if row is not None:
        _give_up(context, row, error)


def _give_up(context: Context, row: MediaRow, error: PostwatchError) -> None:
    store, now = context.store, clock.now()
    state = next((s for kind, s in _ENDS.items() if isinstance(error, kind)), "failed")
    with store.change():
        custody.append(
            store,
            "capture-failed",
            _subject(row),
            {"url": row.wanted.post_url, "error": f"{type(error).__name__}: {error}"},
            agent=context.agent,
        )
        if row.speculative and isinstance(error, NotThere | NotUnderstood):
            media.drop(store, row.id)
        else:
            media.set_state(store, row.id, state, str(error), now)
    shutil.rmtree(_folder(context, row), ignore_errors=True)


def _subject(row: MediaRow) -> str:
    return f"post:{row.wanted.platform}:{row.wanted.post_id}"


def _keep_all(context: Context, row: MediaRow, found: list[Download]) -> None:
    for n, download in enumerate(found):
        _keep(context, row, download, n)
    if row.speculative and all(d.key != media.PAGE_KEY for d in found):
        media.drop(context.store, row.id)


def _keep(context: Context, row: MediaRow, download: Download, n: int) -> None:
    from monitor.media.probe import probe

    seen = probe(download.path)
    longest = context.options.media.max_duration
    if seen.duration_s is not None and seen.duration_s > longest:
        raise TooLarge(f"{download.url} lasts {seen.duration_s:.0f} s, more than [media] max_duration = {longest} s")
    if seen.cut:
        _keep_aside(context, row, download, seen)
    sheet = contact_sheets.made(context.vault, download.path, seen)
    kept = context.vault.keep(download.path, download.sha256, download.size)
    point("media.before_row")
    store, now = context.store, clock.now()
    with store.change():
        media.add_object(store, kept, seen, now)
        target = row.id
        if row.speculative or n > 0:
            kind = "photo" if seen.kind == "photo" else "video"
            target = media.add_found(store, row.post, download.key, kind, n, now)
        capture_id = captures.record(
            store,
            _exchange(download),
            subject=_subject(row),
            asked_by=context.agent,
            keep_body=False,
            file_sha256=kept.sha256,
        )
        media.kept(store, target, kept.sha256, capture_id, now)
        media_changes.tell_replaced(context, target)
        if sheet is not None:
            contact_sheets.note(store, kept, sheet, subject=_subject(row), agent=context.agent, now=now)


def _keep_aside(context: Context, row: MediaRow, download: Download, seen: Probe) -> NoReturn:
    """Keeps a file that arrived cut, as what it is, and raises ServerTrouble: it may come whole another time."""
    kept = context.vault.keep(download.path, download.sha256, download.size)
    store, now = context.store, clock.now()
    with store.change():
        media.add_object(store, kept, seen, now)
        captures.record(
            store,
            _exchange(download),
            subject=_subject(row),
            asked_by=context.agent,
            keep_body=False,
            file_sha256=kept.sha256,
            error=f"arrived damaged: {seen.damaged}",
        )
    raise ServerTrouble(f"{download.url} arrived damaged ({seen.damaged}); what came is kept as {kept.sha256}")


def _exchange(download: Download) -> Exchange:
    return Exchange(
        method=f"media-{download.via}",
        url_asked=download.url,
        url_final=download.url,
        status=200,
        headers=(),
        body=b"",
        started_at=download.started_at,
        ended_at=download.ended_at,
        tools=download.tools,
    )
