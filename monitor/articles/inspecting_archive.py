"""What `inspect` prints of a web archive: a record for each page in it, in its order, and one for each record that is broken."""

from collections.abc import Iterator
from pathlib import Path

from monitor.articles.archive import ArchivedPage, BrokenRecord, pages_in
from monitor.articles.bounded import BoundedReader
from monitor.articles.inspecting import Change, record_of, unchanged


def inspect_archive(
    path: str | Path, *, reader: BoundedReader, then: Change = unchanged
) -> Iterator[dict[str, object]]:
    """Records as of `inspect_file`; `source` is "PATH#n", n counting pages and broken records from 1.

    One page is held at a time, so memory does not grow with the archive.
    """
    number = 0
    try:
        for number, found in enumerate(pages_in(Path(path)), 1):
            yield _record(f"{path}#{number}", found, reader, then)
    except OSError as error:
        yield {"source": f"{path}#{number + 1}", "error": (error.strerror or str(error)).lower()}


def _record(source: str, found: ArchivedPage | BrokenRecord, reader: BoundedReader, then: Change) -> dict[str, object]:
    if isinstance(found, BrokenRecord):
        return {"source": source, "error": f"broken record: {found.why}", "url": found.url}
    reading = reader.read_page(found.content, url=found.url or None, content_type=found.content_type)
    record = record_of(source, then(reading))
    return record | {
        "warnings": [*found.warnings, *_listed(record["warnings"])],
        "record_url": found.url,
        "record_id": found.record_id,
        "archived_at": found.archived_at,
        "status": found.status,
    }


def _listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
