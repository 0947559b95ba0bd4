"""Small questions to the file system, answered for files that may vanish meanwhile."""

import os
import secrets
import shutil
import stat
from pathlib import Path

from monitor import clock


def size_of_file(path: Path) -> int | None:
    """The size of a regular file, -1 for anything else with that name, None for nothing."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else -1


def entries(folder: Path) -> list[Path]:
    """What lies in a folder, by name; nothing when it is none."""
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def time_of_disk(folder: Path) -> float:
    """Now, by the clock that stamps files here: another machine's on a network disk, the true one when ours is faked."""
    stamp = folder / f"now-{secrets.token_hex(8)}"
    try:
        os.close(os.open(stamp, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))
        return stamp.stat().st_mtime
    except OSError:
        return clock.now().timestamp()
    finally:
        stamp.unlink(missing_ok=True)


def last_written(entry: Path) -> float:
    """The newest time stamp of a file, or of a folder and all below it."""
    newest = 0.0
    for path in (entry, *entry.rglob("*")) if entry.is_dir() and not entry.is_symlink() else (entry,):
        try:
            newest = max(newest, path.lstat().st_mtime)
        except FileNotFoundError:
            continue
    return newest


def remove(path: Path | None) -> None:
    """Removes a file or a whole folder; what is not there is no fault."""
    if path is None:
        return
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
