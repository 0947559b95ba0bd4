"""yt-dlp as we use it: bounded, without its caches, plug-ins and side doors. Runs in the download's child only."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from yt_dlp import YoutubeDL
from yt_dlp.downloader.external import FFmpegFD
from yt_dlp.extractor.twitter import TwitterIE as PlainTwitterIE
from yt_dlp.networking import Request
from yt_dlp.networking.exceptions import HTTPError
from yt_dlp.utils import DownloadCancelled, ExtractorError

from monitor.errors import NotAllowed, NotUnderstood, PostwatchError, TooLarge
from monitor.media.sniff import HTML, PLAYLIST, TEXT, sniff
from monitor.media.within import Progress

OWNER = "postwatch_owner_id"
"""Our key in an extractor's answer: the id of the post that the media belongs to."""


class Stop(DownloadCancelled):  # type: ignore[misc]  # yt-dlp carries no types
    """Ends a download with one of our errors; yt-dlp lets this class through wherever it stands."""

    def __init__(self, error: PostwatchError) -> None:
        super().__init__(str(error))
        self.__cause__ = error


class TwitterIE(PlainTwitterIE):  # type: ignore[misc]  # yt-dlp carries no types
    """yt-dlp's extractor of X's posts, for the post's own media alone, each marked with its owner.

    The plain one puts a quoted post's videos into the quoting post's answer, under the quoting post's id; answers a
    repost with the original; and follows a post's link to any site. Afterwards nothing tells these from the post's own.
    """

    _owner = ""

    def _extract_status(self, twid: str) -> dict[str, Any]:
        status: dict[str, Any] = super()._extract_status(twid)
        status.pop("quoted_status", None)
        self._owner = str(status.get("id_str") or twid)
        return status

    def _real_extract(self, url: str) -> Any:
        found = super()._real_extract(url)
        own = [entry for entry in found.get("entries", [found]) if _is_own(entry)]
        if not own:
            raise ExtractorError("No video could be found in this tweet", expected=True)
        for entry in own:
            entry[OWNER] = self._owner
        return {**found, "entries": own} if "entries" in found else found


def _is_own(entry: Mapping[str, Any]) -> bool:
    """Media of the post itself, or its own broadcast or space; not what it merely links to."""
    return entry.get("_type", "video") == "video" or bool(re.search(r"/i/(broadcasts|spaces)/", entry.get("url") or ""))


class Door(YoutubeDL):  # type: ignore[misc]  # yt-dlp carries no types
    """yt-dlp that looks at each answer's headers before its bytes, and resumes only the file it began."""

    def __init__(
        self, ask: Mapping[str, Any], progress: Progress, options: Mapping[str, Any], note: "Note | None" = None
    ):
        self.refusal: HTTPError | None = None
        """The last answer above 399."""
        self._max_bytes: int = ask["max_bytes"]
        self._note = note
        super().__init__({**_fixed(ask), "progress_hooks": [self._watch], **options})
        self._tell = progress
        if "Twitter" in self._ies:
            self.add_info_extractor(TwitterIE())
        FFmpegFD.real_download = _no_ffmpeg_download

    def urlopen(self, req: Any) -> Any:
        """As yt-dlp's, for one request; every byte that comes in passes here."""
        request = Request(req) if isinstance(req, str) else req
        if self._note is not None and isinstance(request, Request):
            self._note.ask_for_the_same(request)
        try:
            answer = super().urlopen(request)
        except HTTPError as error:
            self.refusal = error
            raise
        size = _declared_size(answer.headers)
        if size is not None and size > self._max_bytes:
            raise Stop(_too_large(request.url, f"declares {size:,} bytes", self._max_bytes))
        if self._note is not None:
            self._note.remember(request.url, answer.headers)
        return answer

    def _watch(self, state: Mapping[str, Any]) -> None:
        done = int(state.get("downloaded_bytes") or 0)
        total = state.get("total_bytes")
        url = (state.get("info_dict") or {}).get("url") or "the file"
        if done > self._max_bytes:
            raise Stop(_too_large(url, f"sent more than {self._max_bytes:,} bytes", self._max_bytes))
        if state.get("status") == "finished":
            _refuse_words(Path(state["filename"]), url)
        self._tell(done, int(total) if total else None)


class Note:
    """Beside a partial file: which file it began with, so that a resumed half never joins another file's half.

    A server's strong ETag or Last-Modified goes back as If-Range: when the file changed, the server sends it whole. A
    partial file without such a mark is begun anew.
    """

    def __init__(self, folder: Path, name: str, url: str) -> None:
        self._path = folder / f"{name}.note"
        self._url = url
        self._mark = self._read()
        # A whole file of an earlier try would be taken without asking; the capture's times would then be untrue.
        (folder / name).unlink(missing_ok=True)
        if self._mark is None:
            (folder / f"{name}.part").unlink(missing_ok=True)

    def ask_for_the_same(self, request: Any) -> None:
        """Makes a request for a range depend on the file being the one that was begun."""
        if "Range" in request.headers and self._mark:
            request.headers["If-Range"] = self._mark

    def remember(self, url: str, headers: Mapping[str, str]) -> None:
        """Notes the mark of the file that an answer begins."""
        if url != self._url or headers.get("Content-Range"):
            return
        etag = headers.get("ETag") or ""
        self._mark = (etag if etag.startswith('"') else None) or headers.get("Last-Modified")
        self._path.write_text(json.dumps({"url": self._url, "mark": self._mark}))

    def _read(self) -> str | None:
        try:
            noted = json.loads(self._path.read_text())
        except (OSError, ValueError):
            return None
        return str(noted["mark"]) if noted.get("url") == self._url and noted.get("mark") else None


class _Silence:
    """yt-dlp's talk goes nowhere: what matters is raised."""

    def debug(self, message: str) -> None:
        """Nothing."""

    def warning(self, message: str) -> None:
        """Nothing."""

    def error(self, message: str) -> None:
        """Nothing."""


def _fixed(ask: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "quiet": True,
        "noprogress": True,
        "logger": _Silence(),
        "color": "never",
        "ignoreerrors": False,
        "cachedir": False,
        "usenetrc": False,
        "noplaylist": True,
        "playlist_items": "1:20",
        "socket_timeout": ask["timeout"],
        "retries": 2,
        "extractor_retries": 1,
        "fragment_retries": 2,
        "file_access_retries": 1,
        "skip_unavailable_fragments": False,
        "hls_prefer_native": True,
        "external_downloader": {"default": "native"},
        "continuedl": True,
        "overwrites": False,
        "updatetime": False,
        "enable_file_urls": False,
        "restrictfilenames": True,
        "proxy": ask["proxy"] or "",
        "compat_opts": {"no-certifi"} if os.environ.get("SSL_CERT_FILE") else set(),
        "ffmpeg_location": ask["ffmpeg"],
        "merge_output_format": "mp4/mkv",
        "postprocessor_args": {"ffmpeg_i": ["-protocol_whitelist", "file,pipe"]},
    }


def _no_ffmpeg_download(_self: object, _filename: str, info: Mapping[str, Any]) -> NoReturn:
    """ffmpeg opens addresses by itself: past our limits, and perhaps past the guard."""
    raise Stop(NotAllowed(f"{info.get('url')}: live, encrypted or of a form that only ffmpeg could fetch"))


def _declared_size(headers: Mapping[str, str]) -> int | None:
    whole = re.fullmatch(r"bytes \d+-\d+/(\d+)", (headers.get("Content-Range") or "").strip())
    text = whole.group(1) if whole else (headers.get("Content-Length") or "").strip()
    return int(text) if text.isdigit() else None


def _too_large(url: str, what: str, most: int) -> TooLarge:
    return TooLarge(f"{url} {what}; [media] max_bytes allows {most:,}")


def _refuse_words(path: Path, url: str) -> None:
    """Before anything else opens the file: a page or a playlist in a video's place makes ffmpeg open addresses."""
    form = sniff(path)
    if form in (HTML, PLAYLIST, TEXT):
        path.unlink()
        raise Stop(NotUnderstood(f"{url}: the server sent {form.name} instead of media"))
