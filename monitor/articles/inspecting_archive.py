"""What `inspect` prints of a web archive: a record for each page in it and one for each record that is broken, in its order."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from monitor.articles.archive import ArchivedPage, BrokenRecord, pages_in
from monitor.articles.bounded import BoundedReader
from monitor.articles.inspecting import Change, record_of, unchanged


def tasks_of(path: str | Path, then: Change = unchanged) -> Iterator[Callable[[BoundedReader], dict[str, object]]]:
    """A task a page, which gives a record as of `inspect_file`; `source` is "PATH#n", n counting pages and broken records from 1.

    The archive is read as tasks are asked for, so memory does not grow with it.
    """
    number = 0
    try:
        for number, found in enumerate(pages_in(Path(path)), 1):
            yield partial(_record, f"{path}#{number}", found, then)
    except OSError as error:
        broken = {"source": f"{path}#{number + 1}", "error": (error.strerror or str(error)).lower()}
        yield lambda _: dict(broken)


def _record(source: str, found: ArchivedPage | BrokenRecord, then: Change, reader: BoundedReader) -> dict[str, object]:
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
