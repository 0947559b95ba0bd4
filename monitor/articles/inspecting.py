"""What `inspect` prints of a file or a fetched page: one record each, the same keys always."""

import gzip
import io
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from monitor import clock
from monitor.articles.bounded import BoundedReader
from monitor.model.article import Citation, Reading
from monitor.model.mention import Mention

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of a file, unpacked, that are looked at."""
_MARKUP = re.compile(
    rb"<(?:!doctype|html|head|body|article|p|div|a|blockquote|meta|script|iframe|section|main|span|h1|title)\b",
    re.IGNORECASE,
)


Change = Callable[[Reading], Reading]


def unchanged(reading: Reading) -> Reading:
    """The reading itself."""
    return reading


def inspect_file(
    path: str | Path,
    reader: BoundedReader | None = None,
    *,
    base_url: str | None = None,
    then: Change = unchanged,
) -> dict[str, object]:
    """The record of a file (html or plain text, either gzipped), or a record with "error" when it cannot be read.

    `base_url` is the address that the page was saved from. Hand in a `reader` to read many files with one child process;
    `then` may change the reading before it is told.
    """
    source = str(path)
    try:
        content = content_of(Path(path))
    except (OSError, EOFError, zlib.error) as error:
        return {"source": source, "error": _why(error)}
    if reader is not None:
        return record_of(source, then(reading_of(reader, source, content, base_url)))
    with BoundedReader() as own:
        return record_of(source, then(reading_of(own, source, content, base_url)))


def record_of(source: str, reading: Reading) -> dict[str, object]:
    """The record of a reading, ready for JSON; `source` is told as given."""
    return {
        "source": source,
        "url": reading.url,
        "title": reading.title,
        "author": ", ".join(reading.authors) or None,
        "authors": list(reading.authors),
        "published_at": clock.text_or_none(reading.published_at),
        "modified_at": clock.text_or_none(reading.modified_at),
        "published_precision": reading.published.precision if reading.published else None,
        "published_by": reading.published.source if reading.published else None,
        "modified_precision": reading.modified.precision if reading.modified else None,
        "language": reading.language,
        "paragraphs": len(reading.paragraphs),
        "citations": [_row(citation) for citation in reading.citations],
        "images": [asdict(image) for image in reading.images],
        "own_media": [asdict(media) for media in reading.own_media],
        "corrections": [
            {"kind": note.kind, "text": note.text, "at": clock.text_or_none(note.at)} for note in reading.corrections
        ],
        "warnings": list(reading.warnings),
    }


def looks_like_markup(content: bytes, name: str = "") -> bool:
    """Whether bytes are a page rather than plain text, by their name where that tells, else by what they hold."""
    plain = name.lower().removesuffix(".gz")
    if plain.endswith((".html", ".htm", ".xhtml", ".mhtml", ".php", ".asp", ".shtml")):
        return True
    if plain.endswith((".txt", ".text", ".md")):
        return False
    return _MARKUP.search(content[:65_536].replace(b"\0", b"")) is not None


def reading_of(reader: BoundedReader, source: str, content: bytes, base_url: str | None) -> Reading:
    """The reading of a file's bytes, as a page or as plain text."""
    read = reader.read_page if looks_like_markup(content, source) else reader.read_text
    return read(content, url=base_url)


def _row(citation: Citation) -> Mapping[str, object]:
    first = citation.places[0]
    row: dict[str, object] = {
        "platform": citation.platform,
        "post_id": citation.post_id,
        "url": citation.url,
        "kind": citation.kind,
        "handle": citation.handle,
        "form": first.form,
        "where": first.where,
        "paragraph": first.paragraph,
        "text": first.text,
        "confidence": citation.confidence,
    }
    if citation.confidence < 1:
        row["reason"] = citation.reason
    if citation.short_url:
        row["short_url"] = citation.short_url
    if citation.mention:
        row |= _told(citation.mention)
    row["places"] = [
        {"paragraph": p.paragraph, "where": p.where, "kind": p.kind, "form": p.form, "text": p.text}
        for p in citation.places
    ]
    return row


def _told(mention: Mention) -> dict[str, object]:
    """What the words tell of the post."""
    return {
        "author": mention.author,
        "quote": mention.quotes[0] if mention.quotes else None,
        "quotes": list(mention.quotes),
        "posted_from": clock.text_or_none(mention.posted_from),
        "posted_until": clock.text_or_none(mention.posted_until),
        "media": mention.media,
    }


def content_of(path: Path) -> bytes:
    """A file's bytes, unpacked, as far as they are looked at. Raises OSError, EOFError or zlib.error."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES)
    if not content.startswith(b"\x1f\x8b"):
        return content
    with gzip.open(io.BytesIO(content)) as unpacked:
        return unpacked.read(MOST_BYTES)


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return f"damaged gzip file: {error}" if str(error) else "damaged gzip file"
