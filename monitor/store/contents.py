"""Bytes and texts under their SHA-256. A row that names a hash stays when its bytes are purged."""

import hashlib
import zlib
from collections.abc import Iterable

from monitor.store.open import Store

# Level 1 packs API answers about as well as level 6 and several times faster.
_LEVEL = 1
_SMALL = 200


def sha256(data: bytes) -> str:
    """Lower-case hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def packed(data: bytes) -> tuple[str, int, str, bytes]:
    """A row of `content`: hash, size, codec, bytes."""
    if len(data) < _SMALL:
        return sha256(data), len(data), "plain", data
    return sha256(data), len(data), "zlib", zlib.compress(data, _LEVEL)


def keep(store: Store, data: bytes) -> str:
    """Keeps bytes once; gives their SHA-256."""
    row = packed(data)
    with store.change() as db:
        db.execute("INSERT OR IGNORE INTO content (sha256, size, codec, bytes) VALUES (?, ?, ?, ?)", row)
    return row[0]


def keep_all(store: Store, rows: Iterable[tuple[str, int, str, bytes]]) -> None:
    """Keeps packed rows, each once."""
    with store.change() as db:
        db.executemany("INSERT OR IGNORE INTO content (sha256, size, codec, bytes) VALUES (?, ?, ?, ?)", rows)


def find(store: Store, digest: str) -> bytes | None:
    """The bytes of a hash, or None when they were purged or never kept."""
    row = store.one("SELECT codec, bytes FROM content WHERE sha256 = ?", digest)
    if row is None:
        return None
    return zlib.decompress(row["bytes"]) if row["codec"] == "zlib" else bytes(row["bytes"])


def keep_text(store: Store, text: str) -> str:
    """Keeps a text once, searchable; gives the SHA-256 of its UTF-8."""
    digest = sha256(text.encode())
    with store.change() as db:
        db.execute("INSERT OR IGNORE INTO wording (sha256, text) VALUES (?, ?)", (digest, text))
    return digest


def text(store: Store, digest: str) -> str:
    """The text of a hash; empty when it was purged."""
    return str(store.value("SELECT text FROM wording WHERE sha256 = ?", digest) or "")
