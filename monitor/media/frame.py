"""Single frames of a clip: the exact one at a time, at full size, and a strip of its key frames to choose from.

What is cut shows what a decoder shows: turned as the file asks for, otherwise untouched.
"""

from dataclasses import dataclass
from pathlib import Path

from monitor.errors import NotUnderstood
from monitor.media import child

_CHILD = "monitor.media.frame_child"
_LIMITS = child.Limits(wall_s=40, cpu_s=30, memory=2 * 1024**3, file_bytes=128 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame as a PNG. `at_seconds` is the frame's own time, counted from the clip's first moment."""

    path: Path
    at_seconds: float
    width: int
    height: int


def cut_frame(clip: Path, at_seconds: float, into: Path) -> Frame:
    """The frame that is to be seen at a time: the last one that begins no later. A picture has one frame.

    Raises NotUnderstood for a file in which no frame can be read there.
    """
    made = _run({"path": str(clip.resolve()), "into": str(into.resolve()), "at": at_seconds}, into)
    if not made.get("made"):
        raise NotUnderstood(f"no frame can be read at {at_seconds:g} s: choose a time within the clip")
    return Frame(into / "frame.png", float(str(made["at"])), int(str(made["width"])), int(str(made["height"])))


def key_frames(clip: Path, into: Path, most: int = 18) -> list[float]:
    """Writes small pictures 0.jpg, 1.jpg, ... of key frames spread over the clip; gives the time of each in seconds."""
    made = _run({"path": str(clip.resolve()), "into": str(into.resolve()), "most": most}, into)
    times = made.get("times")
    return [float(str(at)) for at in times] if isinstance(times, list) else []


def _run(ask: dict[str, object], into: Path) -> dict[str, object]:
    try:
        return child.run(_CHILD, ask, _LIMITS, scratch=into)
    except child.OutOfTime as exc:
        raise NotUnderstood("this clip took too long to decode") from exc
    except (OSError, child.ChildFailure) as exc:
        raise NotUnderstood(f"this clip could not be decoded: {exc}") from exc
