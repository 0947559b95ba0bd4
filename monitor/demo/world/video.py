"""The video host: files by path, with ranges, entity tags and the right types."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.demo.world import clip as clips
from monitor.demo.world.http import Request, Response, http_date, not_found
from monitor.demo.world.server import Server
from monitor.demo.world.x.state import XMedia

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True, slots=True)
class _File:
    body: bytes
    content_type: str
    etag: str
    changed_at: datetime


class VideoHost(Server):
    """Serves what `put` gave it."""

    def __init__(self) -> None:
        super().__init__()
        self._files: dict[str, _File] = {}

    def put(self, path: str, body: bytes, content_type: str = "video/mp4") -> str:
        """Serves these bytes at the path (again with other bytes, if it had some); the address."""
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        self._files[path] = _File(body, content_type, etag, clock.now())
        return self.url + path

    def remove(self, path: str) -> None:
        """From now on 404."""
        self._files.pop(path, None)

    def put_clip(self, name: str, clip: clips.Clip, key: str) -> XMedia:
        """Makes a clip and serves it as X does: two MP4s, an HLS manifest and a preview; the media for a post."""
        smaller = clips.Clip(clip.seconds, clip.width // 4 * 2, clip.height // 4 * 2, clip.frames_per_second, clip.seed)
        segment = f"#EXTINF:{clip.seconds}.0,\n{name}.ts\n"
        manifest = f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:{clip.seconds}\n{segment}#EXT-X-ENDLIST\n"
        self.put(f"/video/{name}.ts", clips.mpeg_ts(smaller), "video/mp2t")
        return XMedia(
            key=key,
            kind="video",
            width=clip.width,
            height=clip.height,
            duration_ms=clip.seconds * 1000,
            preview_url=self.put(f"/img/{name}.jpg", clips.still(clip, 0.0, "JPEG"), "image/jpeg"),
            variants=(
                (
                    self.put(f"/video/{name}.m3u8", manifest.encode(), "application/x-mpegURL"),
                    "application/x-mpegURL",
                    None,
                ),
                (self.put(f"/video/{name}-low.mp4", clips.mp4(smaller)), "video/mp4", 256_000),
                (self.put(f"/video/{name}.mp4", clips.mp4(clip)), "video/mp4", 832_000),
            ),
        )

    def put_photo(self, name: str, clip: clips.Clip, key: str) -> XMedia:
        """Makes a picture and serves it; the media for a post."""
        url = self.put(f"/media/{name}.png", clips.still(clip), "image/png")
        return XMedia(key=key, kind="photo", width=clip.width, height=clip.height, url=url, alt_text="demo picture")

    def answer(self, request: Request) -> Response:
        """The file, or the part of it that was asked."""
        file = self._files.get(request.path)
        if file is None:
            return not_found()
        headers = (
            ("Content-Type", file.content_type),
            ("ETag", file.etag),
            ("Last-Modified", http_date(file.changed_at)),
            ("Accept-Ranges", "bytes"),
        )
        if request.headers.get("if-none-match") == file.etag:
            return Response(304, headers)
        asked = request.headers.get("range")
        if asked is None or request.headers.get("if-range", file.etag) != file.etag:
            return Response(200, headers, file.body)
        span = _span(asked, len(file.body))
        if span is None:
            return Response(416, (*headers, ("Content-Range", f"bytes */{len(file.body)}")))
        start, end = span
        told = ("Content-Range", f"bytes {start}-{end - 1}/{len(file.body)}")
        return Response(206, (*headers, told), file.body[start:end])


def _span(asked: str, size: int) -> tuple[int, int] | None:
    match = _RANGE.fullmatch(asked.strip())
    if match is None or match.group(0) == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return (max(0, size - int(last)), size) if int(last) else None
    start, end = int(first), min(size, int(last) + 1 if last else size)
    return (start, end) if start < end else None
