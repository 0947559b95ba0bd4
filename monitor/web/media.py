"""Files of the vault for browsers: by addresses that we sign and that end soon. Cookies play no part here.

The answer has the exact type of a short list, ranges, and a policy that lets it do nothing; anything else is a download.
"""

import shutil
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from monitor import clock
from monitor.errors import StorageFull
from monitor.model.desk import Actor
from monitor.store import audit
from monitor.web.asking import desk_of
from monitor.web.guarding import MEDIA_POLICY
from monitor.web.people.secrets import same, signed
from monitor.web.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.web.desk import Desk

router = APIRouter(prefix="/media", include_in_schema=False)
_LASTS = 900
SHOWN: Mapping[str, str] = {
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "mov": "video/quicktime",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
}
"""What a browser may show, by the extension that our own look at the bytes gave."""
_FORM = {"Content-Security-Policy": MEDIA_POLICY, "Cross-Origin-Resource-Policy": "same-origin"}
_drawing = threading.Semaphore(2)


def address(desk: "Desk", actor: Actor, sha256: str, extension: str, *, poster: bool = False) -> str:
    """Where the actor's browser finds a file for the next quarter of an hour, or the poster of one.

    The time is rounded, so that a page that is loaded again asks for the same address and finds it in its cache.
    """
    until = (int(clock.now().timestamp()) // _LASTS + 2) * _LASTS
    name = f"{sha256}.poster.jpg" if poster else f"{sha256}.{extension}"
    return f"/media/{name}?u={until}&b={actor.agent}&s={signed(desk.key, 'media', name, str(until), actor.agent)}"


@router.get("/{name}")
def media_file(request: Request, name: str, u: str = "", b: str = "", s: str = "") -> Response:
    """One file, or a part of it."""
    desk = desk_of(request)
    if not same(s, signed(desk.key, "media", name, u, b)) or not u.isdigit() or int(u) < clock.now().timestamp():
        raise Problem(403, "this address of a file is no longer good: load the page anew")
    sha256, _, extension = name.partition(".")
    if extension == "poster.jpg":
        return _poster(desk, sha256)
    if extension.startswith("strip-"):
        return _still(desk.settings.storage / "cache" / "strips" / sha256 / extension.removeprefix("strip-"))
    path = desk.vault.path_of(sha256)
    if not desk.vault.has(sha256):
        raise Problem(404, "the vault no longer holds this file")
    if request.headers.get("range", "bytes=0-").startswith("bytes=0-"):
        with desk.store() as store:
            audit.note(store, b, "see evidence", f"media:{sha256}", clock.now())
    kind = SHOWN.get(extension, "application/octet-stream")
    shown = "inline" if extension in SHOWN else "attachment"
    return FileResponse(
        path,
        media_type=kind,
        headers={
            **_FORM,
            "Content-Disposition": f'{shown}; filename="{sha256[:16]}.{extension}"',
            "Cache-Control": "private, max-age=900",
        },
    )


def _poster(desk: "Desk", sha256: str) -> Response:
    kept = desk.settings.storage / "cache" / "posters" / f"{sha256}.jpg"
    if not kept.exists() and not _draw(desk, sha256, kept):
        raise Problem(404, "there is no picture of this file")
    return _still(kept)


def _still(path: "Path") -> Response:
    if not path.is_file():
        raise Problem(404, "there is no picture of this file")
    return FileResponse(path, media_type="image/jpeg", headers={**_FORM, "Cache-Control": "private, max-age=900"})


def _draw(desk: "Desk", sha256: str, kept: "Path") -> bool:
    """Cuts the poster of a clip or picture and remembers it; False for what has none."""
    from monitor.media.poster import poster
    from monitor.store.media import sheet_of

    with desk.store() as store:
        sheet = sheet_of(store, sha256)
        row = store.one("SELECT kind, width, height FROM object WHERE sha256 = ?", sha256)
    shape = (row["width"], row["height"]) if row and sheet and row["width"] and row["height"] else None
    source = sheet if shape else sha256 if row and row["kind"] == "photo" else None
    if source is None or not desk.vault.has(source):
        return False
    try:
        folder = desk.vault.new_temp()
    except StorageFull:
        return False
    try:
        with _drawing:
            made = kept.exists() or poster(desk.vault.path_of(source), folder, shape=shape)
        if made and not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            part = kept.with_name(f"{kept.name}.{folder.name}")
            shutil.copyfile(folder / "poster.jpg", part)
            part.replace(kept)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return bool(made)
