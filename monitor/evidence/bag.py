"""A package that leaves the house: a BagIt bag (RFC 8493) that anyone checks offline with standard tools.

1. Refuse a destination that holds something.
2. Write all files into a hidden folder beside it, hashing them on the way; what names itself by its SHA-256 must match.
3. Write the manifests, let the `bagit` library read everything back.
4. Sync, and rename the folder into place: there is never half a bag.
"""

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from monitor.errors import StorageFull, WrongUse
from monitor.evidence.bag_files import Content, Payload
from monitor.evidence.bag_readme import readme
from monitor.evidence.bag_tags import validate, write_tags

Files = Iterable[tuple[str, Content]]


@dataclass(frozen=True, slots=True)
class BagParts:
    """What goes into a bag. Names hold letters, digits, ".", "_" and "-" only.

    `media`, `answers` and `web` name files by content: `<sha256>.<ext>`, `<sha256>.json`, `<sha256>.warc.gz`.
    """

    subject: str
    """What the bag is about, such as "x:1790000000000000000"."""
    exported_at: datetime
    media: Files = ()
    received: Files = ()
    """Files that came by hand, named as `media` are."""
    answers: Files = ()
    captures: Iterable[Mapping[str, object]] = ()
    """Rows of captures, one JSON line each."""
    events: Iterable[tuple[int, bytes]] = ()
    """Custody events: seq and exact bytes."""
    web: Files = ()
    metadata: Files = ()
    """JSON files for people and programs."""
    page: bytes = b""
    """`post.html`, for people; b"" for none."""
    info: Mapping[str, str] = field(default_factory=dict)
    """More for bag-info.txt, such as Source-Organization and Contact-Email."""


def write_bag(to: Path, parts: BagParts) -> Path:
    """The bag at `to`, complete and validated.

    WrongUse when `to` holds something; NotThere and NotUnderstood name a file that is missing, or that is not what its
    name says; StorageFull when there is no room. After any of these nothing is left behind.
    """
    to = to.resolve()
    _check_free(to)
    to.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=to.parent, prefix=f".{to.name}.partial-"))
    try:
        _fill(work, parts)
        validate(work)
        _into_place(work, to)
    except OSError as exc:
        if exc.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageFull(f"no room for the package in {to.parent}") from exc
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return to


def _fill(work: Path, parts: BagParts) -> None:
    payload = Payload(work)
    for folder, files in (
        ("media", parts.media),
        ("received", parts.received),
        ("answers", parts.answers),
        ("web", parts.web),
    ):
        for name, content in files:
            payload.add_named_by_hash(folder, name, content)
    payload.add("captures", "captures.jsonl", b"".join(_line(row) for row in parts.captures))
    numbers = []
    for seq, body in parts.events:
        payload.add("custody", f"{seq:08d}.event.json", body)
        numbers.append(seq)
    for name, content in parts.metadata:
        payload.add("metadata", name, content)
    text = readme(parts.subject, parts.exported_at, sorted(payload.counts.items()), numbers)
    payload.add("", "README.txt", text.encode())
    if parts.page:
        payload.add("", "post.html", parts.page)
    write_tags(work, payload, parts.subject, parts.exported_at, parts.info)


def _line(row: Mapping[str, object]) -> bytes:
    return json.dumps(dict(row), sort_keys=True, default=str).encode("ascii") + b"\n"


def _check_free(to: Path) -> None:
    if to.is_dir():
        if any(to.iterdir()):
            raise WrongUse(f"{to} is not empty: name a folder that is empty or does not exist yet")
    elif to.exists():
        raise WrongUse(f"{to} is no folder: name a folder that is empty or does not exist yet")


def _into_place(work: Path, to: Path) -> None:
    work.chmod(0o755)
    for folder, _, _ in os.walk(work, topdown=False):
        _sync_folder(Path(folder))
    try:
        work.rename(to)
    except OSError as exc:
        if exc.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise WrongUse(f"{to} was filled by somebody else meanwhile: name another folder") from exc
        raise
    _sync_folder(to.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
