"""Moving pictures made on the spot: a plane leaves, two people wave, a clock and the word DEMO are burnt in."""

import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class Clip:
    """What to draw. `seed` moves the plane and the clock's start: clips of other seeds look and hash otherwise."""

    seconds: int = 5
    width: int = 640
    height: int = 360
    frames_per_second: int = 12
    seed: int = 0


SMALL = Clip(seconds=1, width=160, height=90, frames_per_second=10)


@cache
def mp4(clip: Clip) -> bytes:
    """The clip as MP4, H.264 where this machine can encode it. The same bytes for the same clip in one process."""
    return _encoded(clip, "mp4")


@cache
def mpeg_ts(clip: Clip) -> bytes:
    """The clip as one MPEG transport stream, as HLS serves it."""
    return _encoded(clip, "mpegts")


@cache
def still(clip: Clip, second: float = 0.0, form: str = "PNG") -> bytes:
    """One picture of the clip, as PNG or JPEG."""
    stream = io.BytesIO()
    _picture(clip, int(second * clip.frames_per_second)).save(stream, form)
    return stream.getvalue()


def _encoded(clip: Clip, form: str) -> bytes:
    import av
    from av.video.stream import VideoStream

    codec = "libx264" if "libx264" in av.codecs_available else "mpeg4"
    options = {"preset": "ultrafast", "crf": "30", "threads": "1"} if codec == "libx264" else {}
    out = io.BytesIO()
    with av.open(out, "w", format=form) as container:
        stream = container.add_stream(codec, rate=clip.frames_per_second, options=options)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = clip.width, clip.height, "yuv420p"
        for number in range(clip.seconds * clip.frames_per_second):
            frame = av.VideoFrame(clip.width, clip.height, "rgb24")
            plane = frame.planes[0]
            plane.update(_padded(_picture(clip, number).tobytes(), clip, plane.line_size))
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def _padded(pixels: bytes, clip: Clip, line_size: int) -> bytes:
    row = clip.width * 3
    if line_size == row:
        return pixels
    rows = (pixels[start : start + row] for start in range(0, len(pixels), row))
    return b"".join(one.ljust(line_size, b"\0") for one in rows)


def _picture(clip: Clip, number: int) -> "Image":
    from PIL import Image, ImageDraw, ImageFont

    width, height = clip.width, clip.height
    picture = Image.new("RGB", (width, height), (126, 170, 214))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, height * 2 // 3, width, height), fill=(92, 96, 99))
    part = number / max(1, clip.seconds * clip.frames_per_second)
    x, y = int(width * (0.1 + 0.6 * part)), int(height * (0.5 - 0.3 * part)) - clip.seed * 7 % max(1, height // 8)
    size = width // 5
    draw.ellipse((x, y, x + size, y + size // 5), fill=(245, 245, 245))
    draw.polygon(((x, y), (x + size // 8, y + size // 8), (x - size // 8, y - size // 6)), fill=(196, 58, 52))
    for at in (width // 6, width // 4):
        _waver(draw, at, height * 3 // 4, height // 5, up=(number // 3 + at) % 2 == 0)
    seconds = clip.seed + number / clip.frames_per_second
    font = ImageFont.load_default(max(8, height // 12))
    draw.text((width // 40, height // 40), f"DEMO {seconds:06.2f}", fill=(255, 255, 0), font=font)
    return picture


def _waver(draw: "object", x: int, y: int, size: int, *, up: bool) -> None:
    from PIL.ImageDraw import ImageDraw

    assert isinstance(draw, ImageDraw)
    draw.line((x, y, x, y - size), fill=(30, 30, 60), width=max(2, size // 8))
    draw.ellipse((x - size // 6, y - size * 4 // 3, x + size // 6, y - size), fill=(222, 184, 150))
    hand = y - size * 5 // 4 if up else y - size // 2
    draw.line((x, y - size * 4 // 5, x + size // 2, hand), fill=(30, 30, 60), width=max(2, size // 10))
