"""How a hostile file is opened: one named parser, local files only, no picture beyond our limit. For children only."""

from pathlib import Path
from typing import Any

import av

MOST_PIXELS = 50_000_000
LONGEST_S = 7 * 86_400


def open_media(path: Path, demuxer: str) -> Any:
    """The file as `av` container. The parser is ours to choose: a playlist in a video's name opens nothing."""
    av.logging.set_level(av.logging.PANIC)
    options = {"protocol_whitelist": "file", "max_streams": "64"}
    return av.open(f"file:{path}", format=demuxer, options=options, metadata_errors="ignore")


def too_big(width: int | None, height: int | None) -> str | None:
    """Why a picture of this size is not decoded."""
    if (width or 0) * (height or 0) <= MOST_PIXELS:
        return None
    return f"{width} x {height} pixels are more than the {MOST_PIXELS:,} that we decode"


def seconds(container: Any) -> float | None:
    """The duration that the container claims."""
    return None if container.duration is None else float(container.duration / av.time_base)
