"""What an HLS playlist of segments tells of its clip."""

import re

_SECONDS = re.compile(r"^#EXTINF:\s*([0-9.]+)", re.MULTILINE)


def still_runs(playlist: str) -> bool:
    """Whether segments may still be added: the playlist lists some, and has no end."""
    return bool(_SECONDS.search(playlist)) and "#EXT-X-ENDLIST" not in playlist


def seconds_of(playlist: str) -> float:
    """The length of all its segments together; those without a readable length count nothing."""
    return sum(float(found) for found in _SECONDS.findall(playlist) if found.count(".") < 2 and found != ".")
