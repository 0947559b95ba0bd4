"""The files around a bag's payload, and the check of the whole by the `bagit` library.

We write the manifests from the hashes taken while copying: bagit's own maker changes the working directory of the whole
process while it works, and would hash what came to the disk instead of what was read.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from monitor import __version__
from monitor.errors import NotUnderstood
from monitor.evidence.bag_files import Payload, Written, write_synced


def write_tags(root: Path, payload: Payload, subject: str, at: datetime, info: Mapping[str, str]) -> None:
    """bagit.txt, bag-info.txt, the manifests of the payload, and the manifests of these."""
    size = sum(f.size for f in payload.written)
    lines = {
        **info,
        "External-Identifier": subject,
        "Bagging-Date": at.astimezone(UTC).date().isoformat(),
        "Bag-Software-Agent": f"postwatch {__version__}",
        "Payload-Oxum": f"{size}.{len(payload.written)}",
    }
    texts = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(f"{name}: {' '.join(value.split())}\n" for name, value in sorted(lines.items())),
        "manifest-sha256.txt": _manifest((f.sha256, f) for f in payload.written),
        "manifest-sha512.txt": _manifest((f.sha512, f) for f in payload.written),
    }
    tags = [write_synced(root, name, text.encode()) for name, text in texts.items()]
    write_synced(root, "tagmanifest-sha256.txt", _manifest((f.sha256, f) for f in tags).encode())
    write_synced(root, "tagmanifest-sha512.txt", _manifest((f.sha512, f) for f in tags).encode())


def _manifest(files: Iterable[tuple[str, Written]]) -> str:
    return "".join(
        sorted((f"{digest}  {file.path}\n" for digest, file in files), key=lambda line: line.split("  ", 1)[1])
    )


def validate(root: Path) -> None:
    """Reads the whole bag back. NotUnderstood says what does not fit."""
    import bagit

    was_off = bagit.LOGGER.disabled
    bagit.LOGGER.disabled = True  # it logs what it raises
    try:
        bagit.Bag(str(root)).validate()
    except bagit.BagError as exc:
        raise NotUnderstood(f"the package does not validate: {exc}") from exc
    finally:
        bagit.LOGGER.disabled = was_off
