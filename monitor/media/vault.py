"""The vault: files kept once, under the SHA-256 of their bytes, never overwritten.

`root/sha256/ab/cd/<hash>` holds objects (mode 0444), `root/tmp/` what is on its way, `root/quarantine/` objects found
damaged. A file is durable under its final name before `keep` returns, so that a row may name it.
"""

import errno
import re
import secrets
import shutil
import threading
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from monitor import clock, faults
from monitor.errors import StorageFull
from monitor.media import durable
from monitor.media.folders import entries, last_written, remove, size_of_file, time_of_disk
from monitor.media.hashing import hash_of
from monitor.model.media import Kept

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_NO_WRITING = (errno.EROFS, errno.EACCES, errno.EPERM)


class Vault:
    """The store of media below `root`. One process keeps at a time; others may read.

    `max_bytes` limits what the vault holds in all (0: no limit), `min_free_bytes` what must stay free on its disk.
    """

    def __init__(self, root: Path, *, max_bytes: int = 0, min_free_bytes: int = 0) -> None:
        self.root = root
        self._max_bytes = max_bytes
        self._min_free_bytes = min_free_bytes
        self._used: int | None = None
        self._lock = threading.Lock()

    def keep(self, path: Path, sha256: str, size: int | None = None) -> Kept:
        """Moves a file from `root/tmp/` to its place and makes it durable. Raises StorageFull, the file removed.

        `sha256` (and `size`, when given) were taken while the file was read. An object that is there already stays as
        it is; one of another size is damaged: it goes to quarantine, named by `replaced`, and the new file takes its
        place.
        """
        if not path.resolve().is_relative_to((self.root / "tmp").resolve()):
            raise ValueError(f"{path} does not lie in the vault's own {self.root / 'tmp'}")
        target = self.path_of(sha256)
        with self._or_full(path), self._lock:
            found = durable.sync_file(path, 0o444)
            if size is not None and found != size:
                raise ValueError(f"{path} held {size} bytes when it was hashed and holds {found} now")
            present = size_of_file(target)
            if present == found:
                path.unlink()
                # A crash may have come between the rename and the folder's fsync of an earlier keeping.
                durable.sync_folder(target.parent)
                return Kept(sha256, found, target, existed=True)
            self._make_room(found)
            replaced = None if present is None else self._quarantine(target)
            durable.move(path, target)
            self._used = None if self._used is None else self._used + found
        faults.point("media.file_durable")
        return Kept(sha256, found, target, existed=False, replaced=replaced)

    def adopt(self, path: Path) -> Kept:
        """`keep` for a file in `root/tmp/` that nobody hashed yet."""
        sha256, size = hash_of(path)
        return self.keep(path, sha256, size)

    def keep_bytes(self, data: bytes) -> Kept:
        """Keeps bytes from memory, such as a contact sheet."""
        folder = self.new_temp()
        path = folder / "bytes"
        try:
            with self._or_full(path):
                path.write_bytes(data)
            return self.adopt(path)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def path_of(self, sha256: str) -> Path:
        """Where the object with this hash lies, whether or not it is there."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in lower-case hex: {sha256[:80]!r}")
        return self.root / "sha256" / sha256[:2] / sha256[2:4] / sha256

    def has(self, sha256: str) -> bool:
        """Whether a regular file lies in the object's place; its bytes are not read."""
        return (size_of_file(self.path_of(sha256)) or -1) >= 0

    def check(self, sha256: str) -> bool:
        """Reads the whole object: whether it is there and still has its hash."""
        try:
            return hash_of(self.path_of(sha256))[0] == sha256
        except OSError:
            return False

    def quarantine(self, sha256: str) -> Path | None:
        """Moves an object out of service, bytes untouched; None when there is none. Returns where it lies now."""
        target = self.path_of(sha256)
        with self._lock:
            self._used = None
            return self._quarantine(target) if size_of_file(target) is not None else None

    def remove(self, sha256: str) -> None:
        """Takes an object away for good: the one exception to keeping, for a purge that is logged already."""
        target = self.path_of(sha256)
        with self._lock:
            if size_of_file(target) is not None:
                target.unlink()
                durable.sync_folder(target.parent)
            self._used = None

    def new_temp(self, name: str | None = None) -> Path:
        """A private folder (0700) in `root/tmp/`. The same `name` (letters, digits, - and _) gives the same folder."""
        if name is not None and not _NAME.fullmatch(name):
            raise ValueError(f"not a name for a temporary folder: {name[:80]!r}")
        folder = self.root / "tmp" / (name or f"t-{secrets.token_hex(8)}")
        with self._or_full(None):
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=name is not None)
        return folder

    def sweep_temps(self, older_than: timedelta, but: Container[str] = ()) -> int:
        """Removes what nobody has written to for so long from `root/tmp/`, `but` these names; how many entries went."""
        folder, gone = self.root / "tmp", 0
        if not folder.is_dir():
            return gone
        limit = time_of_disk(folder) - older_than.total_seconds()
        for entry in entries(folder):
            if entry.name not in but and last_written(entry) < limit:
                remove(entry)
                gone += 1
        return gone

    def free_bytes(self) -> int:
        """What is free for us on the vault's disk, in bytes."""
        folder = self.root
        while not folder.is_dir():
            folder = folder.parent
        return shutil.disk_usage(folder).free

    def used_bytes(self) -> int:
        """What the objects hold in all: counted on disk once, then kept up by `keep`."""
        if self._used is None:
            self._used = sum(kept.size for kept in self.objects())
        return self._used

    def room(self) -> None:
        """Returns when there is room for another download. Raises StorageFull, which says what to change."""
        free = self.free_bytes()
        if free < self._min_free_bytes:
            raise StorageFull(
                f"only {free:,} bytes are free for {self.root}, fewer than {self._min_free_bytes:,}: "
                "make room, or lower [media] min_free_bytes"
            )
        self._make_room(1)

    def objects(self) -> Iterator[Kept]:
        """Every object, in the order of its hash. Files with other names are passed over."""
        for first in entries(self.root / "sha256"):
            for second in entries(first):
                for path in entries(second):
                    size = size_of_file(path)
                    if size is not None and size >= 0 and _SHA256.fullmatch(path.name):
                        yield Kept(path.name, size, path, existed=True)

    def orphans(self, known: Callable[[str], bool]) -> Iterator[Kept]:
        """Objects whose hash is not `known` to the store: left by a crash between file and row."""
        return (kept for kept in self.objects() if not known(kept.sha256))

    def _make_room(self, size: int) -> None:
        if not self._max_bytes or self.used_bytes() + size <= self._max_bytes:
            return
        # Another process may have purged objects since we counted.
        self._used = None
        if self.used_bytes() + size > self._max_bytes:
            raise StorageFull(
                f"the vault {self.root} holds {self._used:,} of at most {self._max_bytes:,} bytes: "
                "purge, or raise [media] max_vault_bytes"
            )

    def _quarantine(self, target: Path) -> Path:
        place = self.root / "quarantine" / f"{target.name}-{clock.now():%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        durable.move(target, place)
        return place

    @contextmanager
    def _or_full(self, temp: Path | None) -> Iterator[None]:
        """Tells a full or unwritable disk as StorageFull; a full one loses the temporary file, to make room."""
        try:
            yield
        except StorageFull:
            remove(temp)
            raise
        except OSError as error:
            if error.errno in _NO_SPACE:
                remove(temp)
                raise StorageFull(f"no room in the vault {self.root}: {error.strerror}") from error
            if error.errno in _NO_WRITING:
                raise StorageFull(f"the vault {self.root} cannot be written: {error.strerror}") from error
            raise
