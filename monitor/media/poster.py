"""A still picture of a clip, small enough for a wall of them: cut from its contact sheet in a bounded child."""

from pathlib import Path

from monitor.errors import PostwatchError
from monitor.media import child

_CHILD = "monitor.media.poster_child"
_LIMITS = child.Limits(wall_s=20, cpu_s=15, memory=1024**3, file_bytes=4 * 1024 * 1024)


def poster(picture: Path, into: Path, *, shape: tuple[int, int] | None) -> Path | None:
    """A JPEG in `into`, 320 pixels wide: of a picture, or (with the `shape` of its clip in pixels) the first frame of a contact
    sheet. None for what cannot be read."""
    ask = {"path": str(picture.resolve()), "into": str(into.resolve()), "shape": list(shape) if shape else None}
    try:
        made = child.run(_CHILD, ask, _LIMITS, scratch=into)
    except (OSError, PostwatchError, child.ChildFailure):
        return None
    return into / "poster.jpg" if made.get("made") else None
