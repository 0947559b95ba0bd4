"""The pages in a web archive: WARC (ISO 28500), packed or not, and WACZ. `pages_in` is what a reader came for.

Read once from front to back; one page is held at a time. A record that is broken is told, and the next one read.
"""

import io
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from monitor.articles.archive_bytes import ArchiveBytes, Damaged
from monitor.errors import NotUnderstood, TooLarge
from monitor.net.decoding import Decoder

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of a page, unpacked, that are looked at."""
_STEP = 65_536
_PAGES = ("text/html", "application/xhtml+xml")
_UNTOLD = ("", "application/octet-stream", "application/unknown", "unknown/unknown")
_HTTP = ["HTTP/0.9", "HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"]
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """An answer that holds HTML. `url` and `archived_at` are as the record tells them."""

    url: str
    status: int | None
    content_type: str
    content: bytes
    archived_at: str | None
    record_id: str | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record, or a stretch of the file, that cannot be read; `url` where its head still told it."""

    why: str
    url: str | None = None


def is_archive(path: Path) -> bool:
    """Whether a file is a web archive: by its first bytes, of a zip by its name. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        if head == _ZIP:
            return path.name.lower().endswith(".wacz")
        try:
            return ArchiveBytes(file).read(5) == b"WARC/"
        except Damaged:
            return path.name.lower().endswith((".warc", ".warc.gz"))


def pages_in(path: Path) -> Iterator[ArchivedPage | BrokenRecord]:
    """Each page of an archive, in its order, and each record that could not be read. Raises OSError."""
    with path.open("rb") as file:
        if file.read(4) == _ZIP:
            yield from _packaged(file)
        else:
            file.seek(0)
            yield from _Records(file)


def _packaged(file: BinaryIO) -> Iterator[ArchivedPage | BrokenRecord]:
    try:
        with zipfile.ZipFile(file) as package:
            names = [name for name in package.namelist() if name.startswith("archive/") and ".warc" in name]
            for name in names:
                with package.open(name) as inside:
                    yield from _Records(inside)  # type: ignore[arg-type]  # IO[bytes] that is only read
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        yield BrokenRecord(f"the WACZ file is damaged: {error}")


class _Records:
    """The pages of one WARC file."""

    def __init__(self, file: BinaryIO) -> None:
        from warcio.recordloader import ArcWarcRecordLoader
        from warcio.statusandheaders import StatusAndHeadersParser

        logging.getLogger("warcio").setLevel(logging.CRITICAL)
        self._bytes = ArchiveBytes(file)
        self._loader = ArcWarcRecordLoader()
        self._http = StatusAndHeadersParser(_HTTP)

    def __iter__(self) -> Iterator[ArchivedPage | BrokenRecord]:
        if not self._follows() and not self._bytes.next_record():
            yield BrokenRecord("there is no record in it")
            return
        while not self._bytes.is_at_end:
            self._bytes.mark()
            found = self._sound(self._record())
            if found is not None:
                yield found
            if isinstance(found, BrokenRecord):
                self._bytes.back_to_mark()
                if not self._bytes.next_record():
                    return

    def _follows(self) -> bool:
        try:
            return self._bytes.skip_blank()
        except Damaged:
            return False

    def _sound(self, found: ArchivedPage | BrokenRecord | None) -> ArchivedPage | BrokenRecord | None:
        """What was found, if the next record begins where this one should end: else its length, or its end, is wrong."""
        if isinstance(found, BrokenRecord):
            return found
        url = found.url if found else None
        try:
            follows = self._bytes.skip_blank()
        except Damaged as error:
            return BrokenRecord(str(error), url)
        return found if follows else BrokenRecord("its length is wrong: no record follows where it should end", url)

    def _record(self) -> ArchivedPage | BrokenRecord | None:
        from warcio.exceptions import ArchiveLoadFailed

        url = None
        try:
            record = self._loader.parse_record_stream(self._bytes, known_format="warc", no_record_parse=True)
            url = record.rec_headers.get_header("WARC-Target-URI")
            length = record.rec_headers.get_header("Content-Length") or ""
            if not length.strip().isdigit():
                return BrokenRecord("its head tells no length", url)
            page = self._page(record, url or "")
            while record.raw_stream.read(_STEP):
                pass
        except Damaged as error:
            return BrokenRecord(str(error), url)
        except (ArchiveLoadFailed, EOFError) as error:
            return BrokenRecord(f"its head cannot be read: {error}".rstrip(": "), url)
        if record.raw_stream.limit > 0:
            return BrokenRecord(f"it ends {record.raw_stream.limit:,} bytes too early", url)
        return page

    def _page(self, record: Any, url: str) -> ArchivedPage | BrokenRecord | None:
        kind, told = record.rec_type, (record.content_type or "").lower()
        if kind == "response" and told.startswith("application/http"):
            return self._answer(record, url)
        if kind == "resource" and told.split(";")[0].strip() in _PAGES:
            return _of(record, url, None, told, record.raw_stream, [])
        return None

    def _answer(self, record: Any, url: str) -> ArchivedPage | BrokenRecord | None:
        from warcio.bufferedreaders import ChunkedDataReader
        from warcio.statusandheaders import StatusAndHeadersParserException

        try:
            head = self._http.parse(record.raw_stream)
        except (StatusAndHeadersParserException, EOFError):
            return BrokenRecord("its answer has no HTTP head", url)
        told = head.get_header("Content-Type") or ""
        kind = told.split(";")[0].strip().lower()
        if kind not in (*_PAGES, *_UNTOLD):
            return None
        body = io.BytesIO(_read(record.raw_stream, MOST_BYTES))
        chunked = (head.get_header("Transfer-Encoding") or "").lower() == "chunked"
        codings = [head.get_header("Content-Encoding") or ""]
        status = head.get_statuscode()
        stream = ChunkedDataReader(body) if chunked else body
        return _of(record, url, int(status) if status.isdigit() else None, told, stream, codings)


def _of(
    record: Any, url: str, status: int | None, told: str, stream: Any, codings: list[str]
) -> ArchivedPage | BrokenRecord | None:
    body = _read(stream, MOST_BYTES)
    warnings = []
    try:
        content = _decoded(body, codings[0]) if codings else body
    except (NotUnderstood, TooLarge) as error:
        return BrokenRecord(str(error), url)
    if not content.strip() or (told.split(";")[0].strip().lower() not in _PAGES and not _is_html(content)):
        return None
    why = record.rec_headers.get_header("WARC-Truncated")
    if why:
        warnings.append(f"the archive says that this page is cut short: {why}")
    if len(body) >= MOST_BYTES:
        warnings.append(f"only its first {MOST_BYTES:,} bytes were read")
    headers = record.rec_headers
    return ArchivedPage(
        url,
        status,
        told,
        content,
        headers.get_header("WARC-Date"),
        headers.get_header("WARC-Record-ID"),
        tuple(warnings),
    )


def _decoded(body: bytes, coding: str) -> bytes:
    """Without content coding. Many archives keep pages decoded, and the header that named the coding all the same."""
    coding = coding.strip().lower()
    if coding in ("", "identity") or body[:512].lstrip().startswith(b"<"):
        return body
    if coding in ("gzip", "x-gzip") and not body.startswith(b"\x1f\x8b"):
        return body
    decoder = Decoder(coding, MOST_BYTES)
    decoder.feed(body)
    return bytes(decoder.content)


def _is_html(content: bytes) -> bool:
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in head


def _read(stream: Any, most: int) -> bytes:
    parts, left = [], most
    while left > 0 and (part := stream.read(min(left, _STEP))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
