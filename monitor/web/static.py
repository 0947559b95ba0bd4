"""The desk's own files: read once, named by their hash, so that a browser may keep them for good."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from monitor.web.problems import Problem

router = APIRouter(prefix="/static", include_in_schema=False)
FOLDER = Path(__file__).parent / "static"
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _File:
    kind: str
    plain: bytes
    packed: bytes


@cache
def _files() -> dict[str, _File]:
    found = {}
    for path in sorted(p for p in FOLDER.rglob("*") if p.suffix in _KINDS):
        plain = path.read_bytes()
        name = f"{path.stem}.{hashlib.sha256(plain).hexdigest()[:12]}{path.suffix}"
        found[name] = _File(f"{_KINDS[path.suffix]}; charset=utf-8", plain, gzip.compress(plain, mtime=0))
    return found


@cache
def address(name: str) -> str:
    """Where a page asks for the file `name`."""
    path = next(FOLDER.rglob(name))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return f"/static/{path.stem}.{digest}{path.suffix}"


@router.get("/{name}")
def static_file(request: Request, name: str) -> Response:
    """One file."""
    file = _files().get(name)
    if file is None:
        raise Problem(404, "there is no such file")
    headers = {"Cache-Control": _FOR_GOOD, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.packed, media_type=file.kind, headers={**headers, "Content-Encoding": "gzip"})
    return Response(file.plain, media_type=file.kind, headers=headers)
