"""The process that decodes single frames. Started by `frame.py`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import av
from PIL import Image, ImageOps

from monitor.media import within
from monitor.media.reading import MOST_PIXELS, open_media, seconds, too_big
from monitor.media.sniff import sniff
from monitor.media.within import Progress

_SMALL, _QUALITY = 220, 75
_HALF_TICK = 0.0005


def answer(ask: Mapping[str, Any], _progress: Progress) -> dict[str, object]:
    """Cuts one frame ("at"), or small pictures of key frames ("most")."""
    path, into = Path(ask["path"]), Path(ask["into"])
    seen = sniff(path)
    if "most" in ask:
        return {"times": _strip(path, seen.demuxer or "mov", into, int(ask["most"]))}
    if seen.kind == "photo":
        found: tuple[float, Image.Image] | None = _picture(path)
    else:
        found = _exact(path, seen.demuxer or "mov", float(ask["at"]))
    if found is None:
        return {"made": False}
    at, image = found
    image.save(into / "frame.png", compress_level=3)
    return {"made": True, "at": at, "width": image.width, "height": image.height}


def _picture(path: Path) -> tuple[float, Image.Image] | None:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP", "GIF")) as opened:
            return 0.0, ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _exact(path: Path, demuxer: str, wanted: float) -> tuple[float, Image.Image] | None:
    """The last frame that begins no later than `wanted`; the first one for a time before it."""
    try:
        with open_media(path, demuxer) as container:
            if not container.streams.video or too_big(*_size(container)):
                return None
            stream = container.streams.video[0]
            start = (container.start_time or 0) / av.time_base
            # A little before, as some files seek to the key frame after; all from there on is decoded.
            container.seek(max(0, int((start + wanted - 0.5) * av.time_base)))
            best = None
            for frame in container.decode(stream):
                if best is not None and float(frame.time or 0.0) - start > wanted + _HALF_TICK:
                    break
                best = frame
            return None if best is None else (round(float(best.time or 0.0) - start, 6), _upright(best))
    except av.FFmpegError:
        return None


def _strip(path: Path, demuxer: str, into: Path, most: int) -> list[float]:
    times: list[float] = []
    try:
        with open_media(path, demuxer) as container:
            if not container.streams.video or too_big(*_size(container)):
                return times
            stream = container.streams.video[0]
            stream.codec_context.skip_frame = "NONKEY"
            start, length = (container.start_time or 0) / av.time_base, seconds(container) or 0.0
            for n in range(most):
                container.seek(max(0, int((start + length * n / most) * av.time_base)))
                frame = next(container.decode(stream), None)
                at = round(float(frame.time or 0.0) - start, 3) if frame is not None else -1.0
                if frame is None or at in times:
                    continue
                image = _upright(frame)
                image.thumbnail((_SMALL, _SMALL))
                image.save(into / f"{len(times)}.jpg", "JPEG", quality=_QUALITY)
                times.append(at)
    except av.FFmpegError:
        return times
    return times


def _size(container: Any) -> tuple[int, int]:
    stream = container.streams.video[0]
    return stream.width, stream.height


def _upright(frame: Any) -> Image.Image:
    """The frame turned as the file asks for."""
    image: Image.Image = frame.to_image()
    turn = int(getattr(frame, "rotation", 0) or 0)
    return image.rotate(turn, expand=True) if turn else image


if __name__ == "__main__":
    within.serve(answer)
