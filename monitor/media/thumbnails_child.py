"""The process that makes pictures small. Started by `thumbnails.py`."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from monitor.media import within
from monitor.media.reading import MOST_PIXELS
from monitor.media.within import Progress

_SIZES = ((480, 66), (400, 60), (320, 55), (260, 50), (200, 45), (150, 40))
"""Widths and qualities of JPEG, best first."""


def answer(ask: Mapping[str, Any], _progress: Progress) -> dict[str, object]:
    """Writes `0.jpg`, `1.jpg`, ... and tells which picture each is of."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    share = int(ask["most_bytes"]) // max(1, len(ask["pictures"]))
    into, left = Path(ask["into"]), int(ask["most_bytes"])
    made: dict[str, int] = {}
    for name, path in ask["pictures"].items():
        small = _small(Path(path), share)
        if small is not None and len(small) <= left:
            (into / f"{len(made)}.jpg").write_bytes(small)
            left -= len(small)
            made[name] = len(made)
    return {"made": made}


def _small(path: Path, most: int) -> bytes | None:
    """The largest size that is within its share, else the smallest of all."""
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP", "GIF")) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    written = b""
    for width, quality in _SIZES:
        small = picture.copy()
        small.thumbnail((width, width))
        out = BytesIO()
        small.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        written = out.getvalue()
        if len(written) <= most:
            break
    return written


if __name__ == "__main__":
    within.serve(answer)
