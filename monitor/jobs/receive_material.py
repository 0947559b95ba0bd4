"""Keeping a file that came by hand: from a messenger, a mail, a stick. It is "received", never "captured by us".

1. Copy the file into the vault's own folder, hash it, read what is in it, make its contact sheet.
2. The file becomes durable; then one transaction names it, what it is said to be, and who brought it.

Who brought it stays in the ledger: neither the custody log nor a package names a source.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from monitor import clock
from monitor.errors import StorageFull, WrongUse
from monitor.faults import point
from monitor.jobs import contact_sheets
from monitor.media.vault import Vault
from monitor.model.media import Kept, Probe
from monitor.platforms import address_of
from monitor.settings import Settings
from monitor.store import custody, media, received
from monitor.store.open import Store
from monitor.store.received import Receipt


@dataclass(frozen=True, slots=True)
class Received:
    """What was kept, and what we know of the same bytes."""

    receipt: Receipt
    kept: Kept
    seen: Probe
    sheet: Kept | None
    ours: tuple[str, ...]
    """Addresses of posts in which we captured the very same bytes ourselves."""


def run(
    settings: Settings, store: Store, file: Path, *, said_to_be: str, from_whom: str, note: str, agent: str
) -> Received:
    """Keeps one file. Raises WrongUse for what is no file, StorageFull when there is no room."""
    from monitor.media.probe import probe

    if not file.is_file():
        raise WrongUse(f"{file} is no file: name one file to keep")
    options = settings.options.media
    vault = Vault(settings.vault, max_bytes=options.max_vault_bytes, min_free_bytes=options.min_free_bytes)
    vault.room()
    folder = vault.new_temp()
    try:
        copy = _copied(file, folder / "received")
        seen = probe(copy)
        sheet = contact_sheets.made(vault, copy, seen)
        kept = vault.adopt(copy)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    point("received.before_row")
    address = address_of(said_to_be)
    now = clock.now()
    receipt = Receipt(
        sha256=kept.sha256,
        said_to_be=address.url if address else said_to_be,
        platform=address.platform if address else None,
        post_id=address.post_id if address else None,
        from_whom=from_whom,
        note=note,
        file_name=file.name,
        received_at=now,
        agent=agent,
    )
    with store.change():
        media.add_object(store, kept, seen, now)
        receipt_id = received.add(store, receipt)
        fields = {
            "receipt": str(receipt_id),
            "sha256": kept.sha256,
            "size": str(kept.size),
            "said_to_be": receipt.said_to_be,
            "file_name": file.name.encode("utf-8", "replace").decode(),
        }
        custody.append(store, "ingestion", receipt.subject, fields, agent=agent)
        if sheet is not None:
            contact_sheets.note(store, kept, sheet, subject=receipt.subject, agent=agent, now=now)
    return Received(receipt, kept, seen, sheet, tuple(media.captured_as(store, kept.sha256)))


def _copied(file: Path, to: Path) -> Path:
    try:
        return shutil.copyfile(file, to)
    except PermissionError as exc:
        raise WrongUse(f"{file} cannot be read: {exc.strerror}") from exc
    except OSError as exc:
        raise StorageFull(f"{file} could not be copied into the vault: {exc.strerror or exc}") from exc
