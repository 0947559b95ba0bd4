"""A contact sheet: twelve frames of a clip on one picture, for people who must see at a glance what it shows."""

from pathlib import Path

from monitor.errors import PostwatchError
from monitor.media import child
from monitor.media.sniff import sniff

_CHILD = "monitor.media.sheet_child"
_LIMITS = child.Limits(wall_s=180, cpu_s=120, memory=2 * 1024**3, file_bytes=32 * 1024 * 1024)


def contact_sheet(path: Path, into: Path, limits: child.Limits = _LIMITS) -> Path | None:
    """Writes `sheet.png` into the folder `into`: frames evenly spaced, the time of each below it.

    None when the file has no moving picture or no frame of it can be read; never raises for what is in the file.
    """
    try:
        if sniff(path).kind not in ("video", "gif"):
            return None
        ask = {"path": str(path.resolve()), "into": str(into.resolve())}
        made = child.run(_CHILD, ask, limits, scratch=into)
    except (OSError, PostwatchError, child.ChildFailure):
        return None
    return into / "sheet.png" if made["frames"] else None
