"""The process in which yt-dlp works: one request, one answer. Started by `download.py`."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from yt_dlp.networking.exceptions import RequestError
from yt_dlp.utils import YoutubeDLError
from yt_dlp.version import __version__

from monitor.errors import NotAllowed, NotThere, NotUnderstood, PostwatchError, TooLarge
from monitor.media import within
from monitor.media.download_door import OWNER, Door, Note
from monitor.media.download_errors import ours
from monitor.media.playlist import seconds_of, still_runs
from monitor.media.within import Progress

_NAME = "media"
_LARGEST_PLAYLIST = 8_000_000
_GENERIC = ("Generic", "HTML5MediaEmbed")


def answer(ask: Mapping[str, Any], progress: Progress) -> dict[str, object]:
    """Does what `ask["task"]` names: "direct", "extract" or "describe"."""
    work = {"direct": _direct, "extract": _extract, "describe": _describe}[ask["task"]]
    return {**work(ask, progress), "tools": {"yt-dlp": __version__}}


def _direct(ask: Mapping[str, Any], progress: Progress) -> dict[str, object]:
    """An address that the platform gave us, by yt-dlp's own downloader."""
    folder, url = Path(ask["into"]), ask["url"]
    if ask["manifest"]:
        return _extract({**ask, "extractors": ["generic"], "only_manifests": True}, progress)
    options = {"allowed_extractors": [], "format": "b", "fixup": "never", "outtmpl": _template(folder, _NAME)}
    door = Door(ask, progress, options, Note(folder, _NAME, url))
    info = {
        "id": _NAME,
        "title": _NAME,
        "extractor": "postwatch",
        "extractor_key": "Postwatch",
        "webpage_url": ask["post_url"],
        "formats": [{"format_id": "variant", "url": url, "ext": "mp4"}],
    }
    _attempt(door, url, lambda: door.process_ie_result(info, download=True))
    return {"files": [{"path": _NAME, "key": "", "url": url, "owner_id": None, "info": ""}]}


def _extract(ask: Mapping[str, Any], progress: Progress) -> dict[str, object]:
    """The media of a page, by the extractor that knows it; each file only when it belongs to what was asked for."""
    folder, url = Path(ask["into"]), ask["url"]
    judge = _Judge(ask)
    options = {
        "allowed_extractors": ask["extractors"],
        # X's direct MP4 holds the bytes as served; elsewhere picture and sound often come apart.
        "format": "b[protocol^=http][ext=mp4]/bv*+ba/b" if ask["platform"] == "x" else "bv*+ba/b",
        "match_filter": judge,
        "outtmpl": _template(folder, _NAME + "-%(autonumber)03d.%(ext)s"),
    }
    door = judge.door = Door(ask, progress, options)
    key = {"ie_key": "Generic"} if ask.get("only_manifests") else {}
    found = _attempt(door, url, lambda: door.extract_info(url, download=True, **key))
    entries = [entry for entry in _entries(found) if _arrived(entry)]
    if not entries:
        raise judge.refusals[0] if judge.refusals else NotThere(f"{url}: no media found")
    return {"files": [_file(door, entry) for entry in entries]}


def _describe(ask: Mapping[str, Any], progress: Progress) -> dict[str, object]:
    options = {"allowed_extractors": ask["extractors"], "ignore_no_formats_error": True}
    door = Door(ask, progress, options)
    found = _attempt(door, ask["url"], lambda: door.extract_info(ask["url"], download=False))
    return {"info": json.dumps(door.sanitize_info(found), ensure_ascii=False)}


class _Judge:
    """yt-dlp's match filter: a text passes an entry over. Why is kept in `refusals`."""

    def __init__(self, ask: Mapping[str, Any]) -> None:
        self._ask = ask
        self.refusals: list[PostwatchError] = []
        self.door: Door | None = None

    def __call__(self, entry: Mapping[str, Any], *, incomplete: bool = False) -> str | None:
        if incomplete:
            return None
        refusal = self._refusal(entry, str(entry.get("webpage_url") or self._ask["url"]))
        if refusal is not None:
            self.refusals.append(refusal)
        return None if refusal is None else str(refusal)

    def _refusal(self, entry: Mapping[str, Any], url: str) -> PostwatchError | None:
        longest = self._ask["max_duration"]
        runs, seconds = self._extent(entry)
        if runs:
            return NotAllowed(f"{url}: live: a stream that still runs is not kept")
        if seconds > longest:
            return TooLarge(f"{url}: {seconds:.0f} s long; [media] max_duration allows {longest} s")
        return self._foreign(entry, url)

    def _extent(self, entry: Mapping[str, Any]) -> tuple[bool, float]:
        """Whether it still runs, and its seconds, 0 if unknown.

        Where no extractor tells, yt-dlp looks into the playlist itself; when it fails to, or does not try, we look.
        """
        status, seconds = entry.get("live_status"), float(entry.get("duration") or 0)
        runs = bool(entry.get("is_live")) or status in ("is_live", "is_upcoming")
        playlists = [f["url"] for f in entry.get("formats") or [] if f.get("protocol") == "m3u8_native"]
        if self.door is None or runs or seconds or status or not playlists:
            return runs, seconds
        text = self.door.urlopen(playlists[0]).read(_LARGEST_PLAYLIST).decode("utf-8", "replace")
        return still_runs(text), seconds_of(text)

    def _foreign(self, entry: Mapping[str, Any], url: str) -> PostwatchError | None:
        """Media that belongs to something else than what was asked for."""
        ask, owner = self._ask, entry.get(OWNER)
        if ask.get("only_manifests"):
            whole = all(
                str(f.get("protocol", "")).startswith(("m3u8", "http_dash")) for f in entry.get("formats") or []
            )
            return None if whole else NotUnderstood(f"{url}: not the manifest that the platform promised")
        if owner is not None and owner not in (ask["post_id"], _status_id(ask["url"])):
            return NotThere(f"{url}: shows only the video of another post ({owner})")
        if ask["media_id"] and owner is not None and entry.get("id") != ask["media_id"]:
            return NotThere(f"{url}: shows media {entry.get('id')}, not {ask['media_id']}")
        if entry.get("extractor_key") in _GENERIC and not _is_named(url, ask["generic_hosts"]):
            return NotAllowed(f"{url}: this host is not in [media] generic_hosts")
        return None


def _attempt(door: Door, url: str, work: Any) -> Any:
    try:
        return work()
    except (YoutubeDLError, RequestError, OSError) as error:
        raise ours(error, url, door.refusal) from error


def _entries(found: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    if not found:
        return []
    if "entries" not in found:
        return [found]
    return [inner for entry in found["entries"] for inner in _entries(entry)]


def _arrived(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """The file of an entry; empty for one that was passed over."""
    first: Mapping[str, Any] = next(iter(entry.get("requested_downloads") or ()), {})
    return first if first.get("filepath") else {}


def _file(door: Door, entry: Mapping[str, Any]) -> dict[str, object]:
    arrived = _arrived(entry)
    url = str(arrived.get("url") or entry.get("webpage_url"))
    # The generic extractor's id is a piece of the address: two sites share it easily.
    generic = entry.get("extractor_key") in _GENERIC
    key = "url-" + hashlib.sha256(url.encode()).hexdigest()[:16] if generic else str(entry["id"])
    return {
        "path": Path(arrived["filepath"]).name,
        "key": key,
        "url": url,
        "owner_id": entry.get(OWNER) or (None if generic else str(entry["id"])),
        "info": json.dumps(door.sanitize_info(entry, remove_private_keys=True), ensure_ascii=False),
    }


def _template(folder: Path, name: str) -> dict[str, str]:
    return {"default": str(folder).replace("%", "%%") + "/" + name}


def _status_id(url: str) -> str | None:
    found = re.search(r"/status(?:es)?/(\d+)", urlsplit(url).path)
    return found.group(1) if found else None


def _is_named(url: str, hosts: list[str]) -> bool:
    parts = urlsplit(url)
    return (parts.hostname or "") in hosts or parts.netloc.rpartition("@")[2].lower() in hosts


if __name__ == "__main__":
    within.serve(answer)
