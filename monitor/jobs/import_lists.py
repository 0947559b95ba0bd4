"""Lists of what to watch as people have them: CSV with a heading, OPML of a feed reader, or an address a line."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from monitor.errors import NotUnderstood, WrongUse

_COLUMNS = {
    "what": ("what", "url", "address", "handle", "account", "feed", "xmlurl", "link"),
    "purpose": ("purpose", "why", "reason"),
    "tags": ("tags", "tag", "labels"),
    "every": ("every", "cadence"),
    "desk": ("desk",),
    "own": ("own",),
}
_YES = ("1", "true", "yes", "x")
_LARGEST = 16_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list."""

    what: str
    line: int
    purpose: str = ""
    tags: tuple[str, ...] = ()
    every: str = ""
    desk: str = ""
    own: bool = False


def items_of(path: Path) -> list[Item]:
    """What a file lists, in its order. Raises WrongUse for what cannot be read, NotUnderstood for what lists nothing."""
    try:
        content = path.read_bytes()
    except OSError as exc:
        raise WrongUse(f"{path}: {exc.strerror}") from exc
    if len(content) > _LARGEST:
        raise WrongUse(f"{path} is larger than {_LARGEST:,} bytes: divide it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise WrongUse(f"{path} is not UTF-8 text: save it as UTF-8") from exc
    start = text.lstrip()[:200].lower()
    if start.startswith(("<?xml", "<opml")):
        items = _opml(path, content)
    elif path.suffix.lower() in (".csv", ".tsv") or _has_heading(text):
        items = _csv(path, text)
    else:
        items = _lines(text)
    if not items:
        raise NotUnderstood(f"{path} lists nothing: write an address or @handle a line, CSV with a heading, or OPML")
    return items


def _lines(text: str) -> list[Item]:
    lines = ((n, line.strip()) for n, line in enumerate(text.splitlines(), 1))
    return [Item(line, n) for n, line in lines if line and not line.startswith("#")]


def _has_heading(text: str) -> bool:
    first = text.splitlines()[0].lower() if text.strip() else ""
    names = {name.strip(' "') for name in first.replace(";", ",").replace("\t", ",").split(",")}
    return len(names) > 1 and bool(names & set(_COLUMNS["what"]))


def _csv(path: Path, text: str) -> list[Item]:
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:4096], ",;\t")
    except csv.Error:
        dialect = csv.excel
    reader = csv.DictReader(io.StringIO(text), dialect=dialect)
    named = {(name or "").strip().lower(): name for name in reader.fieldnames or ()}
    keys = {key: next((named[n] for n in names if n in named), None) for key, names in _COLUMNS.items()}
    if keys["what"] is None:
        raise NotUnderstood(f"{path} has no column of what to watch: name one `url` or `handle` in its first line")

    def cell(row: Mapping[str, str | None], key: str) -> str:
        name = keys[key]
        return (row.get(name) or "").strip() if name is not None else ""

    return [
        Item(
            cell(row, "what"),
            reader.line_num,
            cell(row, "purpose"),
            tuple(tag for tag in cell(row, "tags").replace(";", " ").replace(",", " ").split() if tag),
            cell(row, "every"),
            cell(row, "desk"),
            cell(row, "own").lower() in _YES,
        )
        for row in reader
        if cell(row, "what")
    ]


def _opml(path: Path, content: bytes) -> list[Item]:
    """Feeds of an OPML file; the names of the folders around one become its tags."""
    items: list[Item] = []
    folders: list[str] = []
    parser = expat.ParserCreate()

    def begin(name: str, attributes: Mapping[str, str]) -> None:
        if name.lower() != "outline":
            return
        told = {key.lower(): value for key, value in attributes.items()}
        url = told.get("xmlurl", "").strip()
        if url:
            tags = tuple(dict.fromkeys(f.strip().lower().replace(" ", "-") for f in folders if f.strip()))
            items.append(Item(url, parser.CurrentLineNumber, tags=tags))
        folders.append("" if url else told.get("text") or told.get("title") or "")

    def end(name: str) -> None:
        if name.lower() == "outline" and folders:
            folders.pop()

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(content, True)
    except expat.ExpatError as exc:
        raise NotUnderstood(f"{path}: line {exc.lineno}: not well-formed XML ({exc})") from exc
    return items
