"""Small pictures of kept ones, for a report: many at once in one bounded child."""

from collections.abc import Mapping
from pathlib import Path

from monitor.errors import PostwatchError
from monitor.media import child

_CHILD = "monitor.media.thumbnails_child"
_LIMITS = child.Limits(wall_s=300, cpu_s=240, memory=2 * 1024**3, file_bytes=4 * 1024 * 1024)


def thumbnails(
    pictures: Mapping[str, Path], into: Path, *, most_bytes: int, limits: child.Limits = _LIMITS
) -> dict[str, bytes]:
    """JPEGs of the pictures by the same names, together at most so many bytes: the more there are, the smaller each.

    A picture that cannot be read is left out; what no longer fits, too. `into` is a folder for scratch files.
    """
    if not pictures:
        return {}
    ask = {
        "pictures": {name: str(path.resolve()) for name, path in pictures.items()},
        "into": str(into.resolve()),
        "most_bytes": most_bytes,
    }
    try:
        made = child.run(_CHILD, ask, limits, scratch=into)
        return {str(name): (into / f"{number}.jpg").read_bytes() for name, number in made["made"].items()}
    except (OSError, PostwatchError, child.ChildFailure):
        return {}
