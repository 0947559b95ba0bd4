"""The process that decodes frames and draws the contact sheet. Started by `sheet.py`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import av
from PIL import Image, ImageDraw, ImageFont

from monitor.media import within
from monitor.media.reading import open_media, seconds, too_big
from monitor.media.sniff import sniff
from monitor.media.within import Progress

_COLUMNS, _ROWS = 4, 3
_WIDTH, _LABEL, _GAP = 320, 24, 4
_TALLEST = 640
_PAPER, _INK = (24, 24, 24), (235, 235, 235)

Shot = tuple[float, Image.Image]


def answer(ask: Mapping[str, Any], _progress: Progress) -> dict[str, object]:
    """Draws the sheet of the file at `ask["path"]` into `ask["into"]`, and tells how many frames it holds."""
    path = Path(ask["path"])
    try:
        shots = list(_shots(path, sniff(path).demuxer or "mov"))
    except av.FFmpegError:
        shots = []
    if shots:
        _sheet(shots).save(Path(ask["into"]) / "sheet.png", optimize=True)
    return {"frames": len(shots)}


def _shots(path: Path, demuxer: str) -> Iterator[Shot]:
    """Frames in the middle of equal stretches of the clip, fewer when it holds fewer."""
    with open_media(path, demuxer) as container:
        if not container.streams.video:
            return
        stream = container.streams.video[0]
        if too_big(stream.width, stream.height):
            return
        stream.codec_context.thread_count = 2
        start, length = (container.start_time or 0) / av.time_base, seconds(container) or 0.0
        stretch, last = length / (_COLUMNS * _ROWS), -1.0
        for number in range(_COLUMNS * _ROWS):
            frame = _frame_near(container, stream, start + stretch * (number + 0.5), stretch / 2)
            if frame is None or (at := float(frame.time or 0.0) - start) <= last:
                continue
            last = at
            yield at, _small(frame)


def _frame_near(container: Any, stream: Any, wanted: float, tolerance: float) -> Any:
    """The key frame before `wanted` when it is near enough, else the first that is, so that few frames are decoded."""
    container.seek(max(0, int(wanted * av.time_base)))
    best = None
    try:
        for frame in container.decode(stream):
            best = frame
            if float(frame.time or 0.0) >= wanted - tolerance:
                break
    except av.FFmpegError:
        return best
    return best


def _small(frame: Any) -> Image.Image:
    picture: Image.Image = frame.to_image()
    height = min(_TALLEST, max(1, round(picture.height * _WIDTH / picture.width)))
    return picture.resize((_WIDTH, height))


def _sheet(shots: list[Shot]) -> Image.Image:
    columns = min(_COLUMNS, len(shots))
    rows = -(-len(shots) // columns)
    cell_width, cell_height = _WIDTH + _GAP, max(shot.height for _, shot in shots) + _LABEL + _GAP
    sheet = Image.new("RGB", (columns * cell_width + _GAP, rows * cell_height + _GAP), _PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(16)
    for number, (at, shot) in enumerate(shots):
        left, top = _GAP + number % columns * cell_width, _GAP + number // columns * cell_height
        sheet.paste(shot, (left, top))
        draw.text((left + 4, top + shot.height + 2), _clock(at), fill=_INK, font=font)
    return sheet


def _clock(at: float) -> str:
    tenths = round(at * 10)
    minutes, rest = divmod(tenths, 600)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest / 10:04.1f}"


if __name__ == "__main__":
    within.serve(answer)
