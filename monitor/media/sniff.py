"""What kind of file this is, by its first bytes alone; a server's word and a name's ending count for nothing."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["video", "gif", "photo", "audio", "unknown"]
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A recognised form. `demuxer` is libav's name of the only parser that may read it; None: Pillow or nobody."""

    kind: Kind
    mime: str
    extension: str
    name: str
    demuxer: str | None = None


NOTHING = Sniffed("unknown", "application/octet-stream", "bin", "an empty file")
UNKNOWN = Sniffed("unknown", "application/octet-stream", "bin", "bytes of a form we do not know")
HTML = Sniffed("unknown", "text/html", "html", "HTML")
PLAYLIST = Sniffed("unknown", "application/vnd.apple.mpegurl", "m3u8", "a playlist")
TEXT = Sniffed("unknown", "text/plain", "txt", "text")
_MP4 = Sniffed("video", "video/mp4", "mp4", "MP4", "mov")
_BRANDS = {
    b"qt  ": Sniffed("video", "video/quicktime", "mov", "QuickTime", "mov"),
    b"M4A ": Sniffed("audio", "audio/mp4", "m4a", "M4A", "mov"),
    b"M4B ": Sniffed("audio", "audio/mp4", "m4a", "M4A", "mov"),
    b"avif": Sniffed("photo", "image/avif", "avif", "AVIF"),
    b"heic": Sniffed("photo", "image/heic", "heic", "HEIC"),
    b"mif1": Sniffed("photo", "image/heif", "heif", "HEIF"),
}
_MAGIC = (
    (0, b"\x1aE\xdf\xa3", Sniffed("video", "video/x-matroska", "mkv", "Matroska", "matroska")),
    (0, b"GIF87a", Sniffed("gif", "image/gif", "gif", "GIF", "gif")),
    (0, b"GIF89a", Sniffed("gif", "image/gif", "gif", "GIF", "gif")),
    (0, b"\xff\xd8\xff", Sniffed("photo", "image/jpeg", "jpg", "JPEG")),
    (0, b"\x89PNG\r\n\x1a\n", Sniffed("photo", "image/png", "png", "PNG")),
    (8, b"WEBP", Sniffed("photo", "image/webp", "webp", "WebP")),
    (8, b"WAVE", Sniffed("audio", "audio/wav", "wav", "WAV", "wav")),
    (8, b"AVI ", Sniffed("video", "video/x-msvideo", "avi", "AVI", "avi")),
    (0, b"ID3", Sniffed("audio", "audio/mpeg", "mp3", "MP3", "mp3")),
    (0, b"OggS", Sniffed("audio", "audio/ogg", "ogg", "Ogg", "ogg")),
    (0, b"fLaC", Sniffed("audio", "audio/flac", "flac", "FLAC", "flac")),
    (0, b"FLV\x01", Sniffed("video", "video/x-flv", "flv", "FLV", "flv")),
)
_WEBM = Sniffed("video", "video/webm", "webm", "WebM", "matroska")
_MPEG_TS = Sniffed("video", "video/mp2t", "ts", "MPEG-TS", "mpegts")
_MP3 = Sniffed("audio", "audio/mpeg", "mp3", "MP3", "mp3")
_ATOMS = (b"ftyp", b"moov", b"mdat", b"styp", b"free", b"wide", b"skip")


def sniff(path: Path) -> Sniffed:
    """The form of a file. Raises OSError when it cannot be read."""
    with path.open("rb") as file:
        return form_of(file.read(_HEAD))


def form_of(head: bytes) -> Sniffed:
    """The form of a file that begins with these bytes (4 KiB are enough)."""
    if not head:
        return NOTHING
    if head[4:8] in _ATOMS:
        return _BRANDS.get(head[8:12], _MP4) if head[4:8] == b"ftyp" else _MP4
    for offset, magic, form in _MAGIC:
        if head.startswith(magic, offset) and (offset == 0 or head.startswith(b"RIFF")):
            return _WEBM if form.extension == "mkv" and b"webm" in head[:64] else form
    if head[0] == 0x47 and head[188:189] in (b"\x47", b"") and len(head) >= 188:
        return _MPEG_TS
    if head[0] == 0xFF and len(head) > 1 and head[1] & 0xE6 == 0xE2:
        return _MP3
    return _words(head)


def _words(head: bytes) -> Sniffed:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if (
        start.startswith((b"#extm3u", b"ffconcat", b"[playlist]"))
        or b"<mpd" in start
        or b"<smoothstreamingmedia" in start
    ):
        return PLAYLIST
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start[:1024]:
        return HTML
    if b"\0" not in head and sum(byte < 9 for byte in head) == 0:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head)
        except UnicodeDecodeError:
            return UNKNOWN
        return TEXT
    return UNKNOWN
