"""What is in a file: form by its first bytes, the rest read by `av` in a bounded child."""

from pathlib import Path
from typing import Any

from monitor.errors import PostwatchError
from monitor.media import child
from monitor.media.sniff import Sniffed, sniff
from monitor.model.media import Probe

_CHILD = "monitor.media.probe_child"
_LIMITS = child.Limits(wall_s=120, cpu_s=60, memory=2 * 1024**3, file_bytes=1024 * 1024)


def probe(path: Path, limits: child.Limits = _LIMITS) -> Probe:
    """Reads the container to its end without decoding it. Never fails: what cannot be read is told by `damaged`."""
    try:
        form = sniff(path)
    except OSError as error:
        return _unreadable(f"cannot be opened: {error.strerror or error}")
    if form.kind == "unknown":
        return Probe("unknown", form.mime, form.extension, damaged=f"not a media file: {form.name}")
    try:
        found = child.run(_CHILD, {"path": str(path.resolve()), "form": form.name}, limits, scratch=path.parent)
    except child.OutOfTime:
        return _only_form(form, f"unread: the reader was stopped after {limits.wall_s:.0f} s")
    except child.Died as error:
        return _only_form(form, f"unread: the reader {error}")
    except PostwatchError as error:
        return _only_form(form, f"unread: {error}")
    return _probe(form, found)


def _probe(form: Sniffed, found: dict[str, Any]) -> Probe:
    kind = form.kind
    if kind == "video" and found["audio_codec"] and not found["video_codec"]:
        kind = "audio"
    return Probe(
        kind,
        form.mime,
        form.extension,
        duration_s=found["duration_s"],
        width=found["width"],
        height=found["height"],
        video_codec=found["video_codec"],
        audio_codec=found["audio_codec"],
        damaged=found["damaged"],
        cut=found["cut"],
    )


def _only_form(form: Sniffed, damaged: str) -> Probe:
    return Probe(form.kind, form.mime, form.extension, damaged=damaged)


def _unreadable(damaged: str) -> Probe:
    return Probe("unknown", "application/octet-stream", "bin", damaged=damaged)
