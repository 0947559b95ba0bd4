"""The payload of a bag: files written once, hashed on the way, synced."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from monitor.errors import NotThere, NotUnderstood

Content = Path | bytes
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,149}")
_NAMED_BY_HASH = re.compile(r"([0-9a-f]{64})\.[A-Za-z0-9._-]{1,20}")
_PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the bag, by its path below the bag's root."""

    path: str
    size: int
    sha256: str
    sha512: str


class Payload:
    """The files below `data/` of a bag in the making."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._paths: dict[str, str] = {}
        self.written: list[Written] = []
        self.counts: Counter[str] = Counter()
        """Files by folder."""

    def add_named_by_hash(self, folder: str, name: str, content: Content) -> None:
        """A file that must hash to its name; one that the bag has already is passed over."""
        match = _NAMED_BY_HASH.fullmatch(name)
        if not match:
            raise NotUnderstood(f"{folder}/{name}: the name is not a SHA-256 and an ending")
        if self._paths.get(f"data/{folder}/{name}".casefold()) == f"data/{folder}/{name}":
            return
        written = self.add(folder, name, content)
        if written.sha256 != match[1]:
            raise NotUnderstood(
                f"{folder}/{name}: its bytes hash to {written.sha256}, not to its name: the file is damaged"
            )

    def add(self, folder: str, name: str, content: Content) -> Written:
        """A file under a name of its own, also where upper and lower case are the same."""
        path = "/".join(("data", folder, name) if folder else ("data", name))
        if not _NAME.fullmatch(name) or path.casefold() in self._paths:
            raise NotUnderstood(f"{folder}/{name}: this cannot be a file's name in a package, or is taken")
        self._paths[path.casefold()] = path
        written = write_synced(self._root, path, content)
        self.written.append(written)
        if folder:
            self.counts[folder] += 1
        return written


def write_synced(root: Path, path: str, content: Content) -> Written:
    """Writes a new file of the bag through to the disk. NotThere when the file to copy is missing."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    short, long, size = hashlib.sha256(), hashlib.sha512(), 0
    with _opened(content) as source, target.open("xb") as sink:
        while piece := source.read(_PIECE_BYTES):
            short.update(piece)
            long.update(piece)
            size += len(piece)
            sink.write(piece)
        sink.flush()
        os.fsync(sink.fileno())
    return Written(path, size, short.hexdigest(), long.hexdigest())


@contextmanager
def _opened(content: Content) -> Iterator[BinaryIO]:
    if isinstance(content, bytes):
        yield BytesIO(content)
        return
    try:
        source = content.open("rb")
    except FileNotFoundError as exc:
        raise NotThere(f"{content} is missing") from exc
    with source:
        yield source
