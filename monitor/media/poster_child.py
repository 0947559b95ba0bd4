"""The process that cuts a poster. Started by `poster.py`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from monitor.media import within
from monitor.media.reading import MOST_PIXELS
from monitor.media.within import Progress

_WIDTH, _TALLEST, _GAP, _QUALITY = 320, 640, 4, 70


def answer(ask: Mapping[str, Any], _progress: Progress) -> dict[str, object]:
    """Writes `poster.jpg` and tells whether it could."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(ask["path"], formats=("PNG", "JPEG", "WEBP", "GIF")) as opened:
            picture = opened.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return {"made": False}
    if ask["shape"]:
        width, height = ask["shape"]
        tall = min(_TALLEST, max(1, round(height * _WIDTH / width)))
        picture = picture.crop((_GAP, _GAP, _GAP + _WIDTH, min(picture.height, _GAP + tall)))
    picture.thumbnail((_WIDTH, _TALLEST))
    picture.save(Path(ask["into"]) / "poster.jpg", "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return {"made": True}


if __name__ == "__main__":
    within.serve(answer)
