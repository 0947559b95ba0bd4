"""The SHA-256 and the size of a file, read once and in pieces."""

import hashlib
import os
import stat
from pathlib import Path


def hash_of(path: Path) -> tuple[str, int]:
    """Hex SHA-256 and size in bytes. Follows no symbolic link; raises OSError for what is not a regular file."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise OSError(f"{path} is not a regular file")
        digest = hashlib.file_digest(file, "sha256")
        return digest.hexdigest(), file.tell()
