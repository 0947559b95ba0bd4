"""The process that reads a file's container or a picture's header. Started by `probe.py`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import av

from monitor.media import within
from monitor.media.reading import LONGEST_S, open_media, seconds, too_big
from monitor.media.sniff import sniff
from monitor.media.within import Progress

# How far the last packet may end before the container's claimed end: one long frame, or a closing silence.
_SLACK_S = 2.0


def answer(ask: Mapping[str, Any], _progress: Progress) -> dict[str, object]:
    """The facts of the file at `ask["path"]`."""
    path = Path(ask["path"])
    found: dict[str, object] = dict.fromkeys(
        ("duration_s", "width", "height", "video_codec", "audio_codec", "damaged"), None
    )
    found["cut"] = False
    form = sniff(path)
    if form.demuxer is None:
        return found | _picture(path, form.name)
    try:
        return found | _container(path, form.demuxer)
    except av.FFmpegError as error:
        cut = _cut_box(path, form.demuxer)
        return found | {"damaged": cut or f"cannot be read: {error.strerror}", "cut": cut is not None}


def _container(path: Path, demuxer: str) -> dict[str, object]:
    with open_media(path, demuxer) as container:
        video = next(iter(container.streams.video), None)
        audio = next(iter(container.streams.audio), None)
        claimed = seconds(container)
        facts: dict[str, object] = {
            "video_codec": _codec(video),
            "audio_codec": _codec(audio),
            "width": video.width if video else None,
            "height": video.height if video else None,
            "duration_s": claimed,
        }
        bomb = too_big(video.width, video.height) if video else None
        if bomb or (claimed or 0) > LONGEST_S:
            return facts | {"damaged": bomb or f"claims to last {claimed:.0f} s"}
        if video is None and audio is None:
            return facts | {"damaged": "holds neither picture nor sound"}
        end, damage = _read_through(container)
    early = damage is None and claimed is not None and end + max(_SLACK_S, claimed * 0.02) < claimed
    if early:
        damage = f"ends after {end:.1f} s of the {claimed:.1f} s that it claims"
    cut = _cut_box(path, demuxer)
    # An MP4 tells its own length to the byte; what ends early without being cut was made so.
    return facts | {
        "duration_s": claimed or end or None,
        "damaged": cut or damage,
        "cut": cut is not None or (early and demuxer == "matroska"),
    }


def _read_through(container: Any) -> tuple[float, str | None]:
    """The end of the last packet in seconds, and what broke on the way there."""
    end, start = 0.0, (container.start_time or 0) / av.time_base
    try:
        for packet in container.demux():
            if packet.is_corrupt:
                return end, f"broken after {end:.1f} s"
            if packet.pts is not None and packet.time_base is not None:
                end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base) - start)
    except av.FFmpegError as error:
        return end, f"unreadable after {end:.1f} s: {error.strerror}"
    return end, None


def _codec(stream: Any) -> str | None:
    if stream is None or stream.codec_context is None:
        return None
    return str(stream.codec_context.codec.canonical_name)


def _cut_box(path: Path, demuxer: str) -> str | None:
    """Why an MP4 (ISO 14496-12) is cut: a top-level box that reaches beyond the file's end, or no moov box at all."""
    if demuxer != "mov":
        return None
    size, place, names = path.stat().st_size, 0, set[bytes]()
    with path.open("rb") as file:
        while place + 8 <= size and len(names) < 10_000:
            file.seek(place)
            head = file.read(16)
            length, name = int.from_bytes(head[:4], "big"), head[4:8]
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            length = size - place if length == 0 else length
            if length < 8 or place + length > size:
                shown = name.decode("ascii", "replace")
                return f"cut: its {shown!r} part needs {place + length:,} bytes and the file has {size:,}"
            names.add(name)
            place += length
    return None if b"moov" in names else "cut: the part that tells what is where (moov) is missing"


def _picture(path: Path, name: str) -> dict[str, object]:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # `too_big` is asked before anything is decoded
    facts: dict[str, object] = {"video_codec": name.lower()}
    try:
        with Image.open(path, formats=[name.upper()]) as picture:
            facts |= {"width": picture.width, "height": picture.height}
            facts["damaged"] = too_big(picture.width, picture.height)
            if facts["damaged"] is None:
                picture.load()
    except (UnidentifiedImageError, KeyError):
        facts["damaged"] = f"cannot be read as {name}"
    except (OSError, ValueError, SyntaxError) as error:
        facts |= {"damaged": f"the picture is broken: {error}", "cut": "truncated" in str(error).lower()}
    return facts


if __name__ == "__main__":
    within.serve(answer)
