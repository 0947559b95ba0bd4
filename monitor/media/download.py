"""Media from the net: the one door to yt-dlp, which works in a child process that is bounded, watched and killable.

`Downloader.fetch` brings the files of a post into a temporary folder, hashed; the vault keeps them.
`Downloader.describe` asks what a post's page shows and downloads nothing.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from monitor import clock
from monitor.errors import (
    NotAllowed,
    NotThere,
    NotUnderstood,
    PostwatchError,
    RateLimited,
    ServerTrouble,
    StorageFull,
    TooLarge,
    TryLater,
)
from monitor.media import child
from monitor.media.hashing import hash_of
from monitor.media.meter import SLACK, Meter, Progress
from monitor.media.sniff import HTML, NOTHING, PLAYLIST, TEXT, sniff
from monitor.media.variants import best_variant, is_manifest
from monitor.model.media import Download, Wanted
from monitor.model.post import Variant
from monitor.settings.declared import MediaOptions

_CHILD = "monitor.media.download_child"
_MEMORY = 3 * 1024**3
_LONGEST_LOOK_S = 120
# Picture, sound, and the file that ffmpeg makes of both.
_MOST_COPIES = 3


class Downloader:
    """Fetches the media of posts, each in its own process; safe to share between threads.

    `proxy` is the egress guard's address with its credential; without one yt-dlp connects by itself. `timeout` is the
    longest silence of a server, `temp` a folder for scratch files, `slow_after` the seconds over which
    `min_bytes_per_second` is measured.
    """

    def __init__(
        self,
        options: MediaOptions,
        *,
        proxy: str | None,
        ca_bundle: str | None,
        timeout: float,
        temp: Path,
        slow_after: float = 60.0,
    ) -> None:
        self._options = options
        self._proxy = proxy
        self._environment = {"SSL_CERT_FILE": ca_bundle} if ca_bundle else {}
        self._timeout = timeout
        self._temp = temp
        self._slow_after = slow_after

    def fetch(self, wanted: Wanted, into: Path, *, progress: Progress | None = None) -> list[Download]:
        """Brings the wanted files into the folder `into`, and tells bytes so far and in all while it works.

        An attachment's best variant is fetched as it is; without attachment, or when the variant is not there or not
        shown, the extractor of the post's page finds the media, of this post only. A part that a passing fault leaves
        in `into` is resumed by the next call with the same folder; after any other error the folder is empty.
        What `progress` raises stops the download. Raises the errors of our tree; the message says what and where.
        """
        into.mkdir(mode=0o700, parents=True, exist_ok=True)
        variant = None if wanted.attachment is None else best_variant(wanted.attachment)
        with _cleared_unless_passing(into):
            if wanted.attachment is None or variant is None:
                return self._extracted(wanted, into, progress)
            self._check_duration(wanted)
            try:
                return [self._direct(wanted, variant, into, progress)]
            except (NotThere, NotAllowed) as error:
                if wanted.attachment.kind == "photo":
                    raise
                return self._extracted_instead(wanted, into, progress, error)

    def describe(self, url: str) -> bytes:
        """What yt-dlp's extractor says of one post's page: its sanitised info as JSON. Downloads no media."""
        ask = {**self._common(), "task": "describe", "url": _http(url), "extractors": self._extractors(url)}
        answer = self._ask(ask, min(_LONGEST_LOOK_S, self._options.download_timeout), child.Ears())
        return str(answer["info"]).encode()

    def _direct(self, wanted: Wanted, variant: Variant, into: Path, progress: Progress | None) -> Download:
        ask = self._asked(wanted, into, "direct", variant.url)
        ask |= {"manifest": is_manifest(variant.content_type)}
        return self._arrivals(wanted, ask, into, progress)[0]

    def _extracted(self, wanted: Wanted, into: Path, progress: Progress | None) -> list[Download]:
        ask = self._asked(wanted, into, "extract", wanted.post_url)
        ask |= {"extractors": self._extractors(wanted.post_url)}
        # Signed addresses change from one look to the next, so what is left of an earlier try may be another file's.
        _empty(into)
        found = self._arrivals(wanted, ask, into, progress)
        if wanted.attachment is not None and len(found) > 1:
            raise NotThere(f"{wanted.post_url} shows {len(found)} files and does not tell {wanted.attachment.key}")
        return found

    def _extracted_instead(
        self, wanted: Wanted, into: Path, progress: Progress | None, error: PostwatchError
    ) -> list[Download]:
        try:
            return self._extracted(wanted, into, progress)
        except NotUnderstood:
            # No extractor for this page: what the variant's server said tells more.
            raise error from None
        except (ServerTrouble, RateLimited) as trouble:
            if isinstance(error, NotThere):
                # The file's own address said that it is not there; its page would only have been a second way.
                raise NotThere(f"{error}; its page could not be asked: {trouble}") from trouble
            raise ServerTrouble(f"{error}; its page could not be asked: {trouble}", trouble.retry_at) from trouble

    def _asked(self, wanted: Wanted, into: Path, task: str, url: str) -> dict[str, Any]:
        key = wanted.attachment.key if wanted.attachment else ""
        # X's media keys are "<kind>_<id>", and yt-dlp knows a clip by that id.
        media_id = key.partition("_")[2] if wanted.platform == "x" and re.fullmatch(r"\d+_\d+", key) else ""
        return {
            **self._common(),
            "task": task,
            "url": _http(url),
            "into": str(into.resolve()),
            "platform": wanted.platform,
            "post_id": wanted.post_id,
            "post_url": wanted.post_url,
            "media_id": media_id,
        }

    def _common(self) -> dict[str, Any]:
        import imageio_ffmpeg

        return {
            "proxy": self._proxy,
            "timeout": self._timeout,
            "ffmpeg": imageio_ffmpeg.get_ffmpeg_exe(),
            "max_bytes": self._options.max_bytes,
            "max_duration": self._options.max_duration,
            "generic_hosts": [host.lower() for host in self._options.generic_hosts],
        }

    def _extractors(self, url: str) -> list[str]:
        parts = urlsplit(url)
        named = {host.lower() for host in self._options.generic_hosts}
        generic = {parts.hostname, parts.netloc.rpartition("@")[2].lower()} & named
        return [f"{name}(:.*)?" for name in self._options.extractors] + (["generic", "html5"] if generic else [])

    def _check_duration(self, wanted: Wanted) -> None:
        assert wanted.attachment is not None
        length, longest = (wanted.attachment.duration_ms or 0) / 1000, self._options.max_duration
        if length > longest:
            raise TooLarge(f"{wanted.post_url}: {length:.0f} s long; [media] max_duration allows {longest} s")

    def _arrivals(self, wanted: Wanted, ask: dict[str, Any], into: Path, progress: Progress | None) -> list[Download]:
        started_at = clock.now()
        files = 1 if ask["task"] == "direct" else _MOST_COPIES
        meter = Meter(into, ask["url"], self._options, self._slow_after, progress, files=files)
        ears = child.Ears(progress=meter.hear, tick=meter.tick)
        answer = self._ask(ask, self._options.download_timeout, ears)
        return [self._arrived(wanted, into, file, answer["tools"], started_at) for file in answer["files"]]

    def _arrived(
        self, wanted: Wanted, into: Path, file: Mapping[str, Any], tools: Mapping[str, str], started_at: datetime
    ) -> Download:
        path, url = into / Path(str(file["path"])).name, str(file["url"])
        _check_form(path, url, wanted)
        sha256, size = hash_of(path)
        if size > self._options.max_bytes:
            raise TooLarge(f"{url}: {size:,} bytes; [media] max_bytes allows {self._options.max_bytes:,}")
        return Download(
            path=path,
            sha256=sha256,
            size=size,
            key=wanted.attachment.key if wanted.attachment else str(file["key"]),
            url=url,
            via="variant" if not file["info"] else "extractor",
            started_at=started_at,
            ended_at=clock.now(),
            tools=dict(tools),
            info=str(file["info"]).encode(),
            owner_id=file["owner_id"],
        )

    def _ask(self, ask: Mapping[str, Any], wall_s: float, ears: child.Ears) -> dict[str, Any]:
        self._temp.mkdir(mode=0o700, parents=True, exist_ok=True)
        limits = child.Limits(wall_s, max(60, int(wall_s)), _MEMORY, self._options.max_bytes + SLACK)
        try:
            return child.run(_CHILD, ask, limits, scratch=self._temp, environment=self._environment, ears=ears)
        except child.OutOfTime as error:
            raise ServerTrouble(f"{ask['url']}: not done within {wall_s:.0f} s ([media] download_timeout)") from error
        except child.Died as error:
            raise TryLater(f"{ask['url']}: the process that fetched it {error}") from error


@contextmanager
def _cleared_unless_passing(into: Path) -> Iterator[None]:
    try:
        yield
    except PostwatchError as error:
        if not isinstance(error, TryLater) or isinstance(error, StorageFull):
            _empty(into)
        raise


def _check_form(path: Path, url: str, wanted: Wanted) -> None:
    form = sniff(path)
    if form is NOTHING:
        raise ServerTrouble(f"{url}: the server sent an empty file")
    if form in (HTML, PLAYLIST, TEXT):
        kind = wanted.attachment.kind if wanted.attachment else "video"
        raise NotUnderstood(f"{url}: the server sent {form.name} instead of a {kind}")


def _http(url: str) -> str:
    if urlsplit(url).scheme not in ("http", "https"):
        raise NotUnderstood(f"not an http address: {url[:200]}")
    return url


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
