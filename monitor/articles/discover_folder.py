"""A folder that a CMS writes articles into: which files are there, and what a file holds.

No link is ever followed: each folder on the way and the file itself are opened relative to the one before, without following,
so that a link put there between a look and the next leads nowhere either.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from monitor import clock
from monitor.articles.inspecting import looks_like_markup
from monitor.errors import NotAllowed, NotThere, NotUnderstood, TooLarge, TryLater
from monitor.feeds.addresses import absolute
from monitor.feeds.json_feed import json_of
from monitor.feeds.packed import unpacked

ENDINGS = (".html", ".htm", ".xhtml", ".txt", ".json")
MOST_FILES = 100_000
_DEEPEST = 16


@dataclass(frozen=True, slots=True)
class FileFound:
    """A file by its path below the folder. `stamp` differs when it was written to; `why_not` says why it cannot be read."""

    name: str
    stamp: str
    modified_at: datetime
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class FilePage:
    """A file's article: markup or plain text. `url` and `title` are known only where the file tells them (JSON)."""

    content: bytes
    is_markup: bool
    url: str | None = None
    title: str | None = None


def folder_of(url: str) -> Path:
    """The folder of a file:// address."""
    return Path(unquote(urlsplit(url).path))


def files_in(folder: Path) -> Iterator[FileFound]:
    """The articles' files of a folder and those below it. Raises NotThere, NotAllowed for the folder itself."""
    count = 0
    try:
        with _opened(folder) as root:
            for file in _walk(root, PurePosixPath(), 0):
                count += 1
                if count > MOST_FILES:
                    return
                yield file
    except FileNotFoundError as error:
        raise NotThere(f"the folder {folder} is not there: make it, or name another") from error
    except NotADirectoryError as error:
        raise NotThere(f"{folder} is no folder: name one") from error
    except PermissionError as error:
        raise NotAllowed(f"the folder {folder} may not be read: give its user the right to") from error


def read_file(folder: Path, name: str, most: int) -> tuple[bytes, str]:
    """The bytes of a file below the folder, and its stamp. Raises NotThere, NotAllowed, TooLarge, TryLater (still written)."""
    try:
        with _opened(folder) as root:
            return _read(root, PurePosixPath(name), most)
    except FileNotFoundError as error:
        raise NotThere(f"{folder / name} is not there any more") from error
    except PermissionError as error:
        raise NotAllowed(f"{folder / name} may not be read") from error
    except OSError as error:
        raise NotAllowed(f"{folder / name} is not read: {error.strerror}") from error


def page_of(name: str, content: bytes, most: int) -> FilePage:
    """What a file holds. Raises NotUnderstood for damaged gzip and for JSON that is no article, TooLarge."""
    plain, fault = unpacked(content, most)
    if fault:
        raise NotUnderstood(f"{name}: {fault}")
    if not plain.strip():
        raise NotUnderstood(f"{name} is empty")
    if name.lower().removesuffix(".gz").endswith(".json"):
        return _of_json(name, plain)
    return FilePage(plain, looks_like_markup(plain, name))


def _of_json(name: str, content: bytes) -> FilePage:
    try:
        said = json_of(content)
    except ValueError as error:
        raise NotUnderstood(f"{name} is no JSON: {error}") from error
    if not isinstance(said, dict) or not isinstance(said.get("html"), str):
        raise NotUnderstood(f'{name} is no article: it needs {{"url": "https://...", "title": "...", "html": "..."}}')
    url = absolute("", said.get("url"))
    if url is None:
        raise NotUnderstood(f'{name}: "url" is no http(s) address')
    title, html = said.get("title"), said["html"]
    title = " ".join(title.split())[:1000] if isinstance(title, str) else ""
    if "<html" not in html[:2000].lower():
        head = f"<head><meta charset='utf-8'><title>{escape(title)}</title></head>"
        html = f"<!doctype html><html>{head}<body><article><h1>{escape(title)}</h1>{html}</article></body></html>"
    return FilePage(html.encode("utf-8", "replace"), True, url, title or None)


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield root
    finally:
        os.close(root)


def _walk(folder: int, path: PurePosixPath, depth: int) -> Iterator[FileFound]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        below = path / entry.name
        if entry.is_dir(follow_symlinks=False):
            if depth < _DEEPEST:
                yield from _walk_below(folder, entry.name, below, depth)
        elif entry.name.lower().removesuffix(".gz").endswith(ENDINGS):
            yield _found(entry, below)


def _walk_below(folder: int, name: str, path: PurePosixPath, depth: int) -> Iterator[FileFound]:
    try:
        inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
    except OSError as error:
        yield FileFound(str(path), "", clock.now(), f"this folder cannot be read: {error.strerror}")
        return
    try:
        yield from _walk(inner, path, depth + 1)
    finally:
        os.close(inner)


def _found(entry: "os.DirEntry[str]", path: PurePosixPath) -> FileFound:
    about = entry.stat(follow_symlinks=False)
    why_not = ""
    if stat.S_ISLNK(about.st_mode):
        why_not = "a symbolic link is not followed: put the file itself into the folder"
    elif not stat.S_ISREG(about.st_mode):
        why_not = "it is no ordinary file"
    return FileFound(str(path), _stamp(about), datetime.fromtimestamp(about.st_mtime, UTC), why_not)


def _stamp(about: os.stat_result) -> str:
    return f"{about.st_mtime_ns}:{about.st_size}:{about.st_ino}"


def _read(root: int, path: PurePosixPath, most: int) -> tuple[bytes, str]:
    if path.is_absolute() or ".." in path.parts:
        raise NotAllowed(f"{path} is not below the folder")
    folder = os.dup(root)
    try:
        for part in path.parts[:-1]:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            os.close(folder)
            folder = inner
        # Not blocking: a pipe under an article's name would wait for its writer for ever.
        handle = os.open(path.name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    finally:
        os.close(folder)
    with open(handle, "rb") as file:  # noqa: PTH123  # a descriptor, no path
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise NotAllowed(f"{path} is no ordinary file")
        content = file.read(most + 1)
        if len(content) > most:
            raise TooLarge(f"{path} is larger than {most:,} bytes: see max_page_bytes in [net]")
        if _stamp(os.fstat(handle)) != _stamp(before):
            raise TryLater(f"{path} is being written to")
        return content, _stamp(before)
