"""Bytes and texts under their SHA-256. A row that names a hash stays when its bytes are purged."""

import hashlib
import json
import zlib
from collections.abc import Sequence

from monitor.store.open import Store
from monitor.store.writing import insert_all

# Level 1 packs API answers about as well as level 6 and several times faster.
_LEVEL = 1
_SMALL = 200


def sha256(data: bytes) -> str:
    """Lower-case hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def keep(store: Store, data: bytes) -> str:
    """Keeps bytes once; gives their SHA-256."""
    return keep_all(store, [data])[0]


def keep_all(store: Store, pieces: Sequence[bytes]) -> list[str]:
    """Keeps each piece once; gives their SHA-256, in order. Only what is not there yet is packed."""
    digests = [sha256(piece) for piece in pieces]
    with store.change():
        new = dict(zip(digests, pieces, strict=True))
        for row in store.all(
            "SELECT sha256 FROM content WHERE sha256 IN (SELECT value FROM json_each(?))", json.dumps(list(new))
        ):
            del new[row[0]]
        insert_all(store, "content", "sha256, size, codec, bytes", [_packed(*piece) for piece in sorted(new.items())])
    return digests


def _packed(digest: str, data: bytes) -> tuple[str, int, str, bytes]:
    if len(data) < _SMALL:
        return digest, len(data), "plain", data
    return digest, len(data), "zlib", zlib.compress(data, _LEVEL)


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
