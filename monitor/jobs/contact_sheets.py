"""Making the contact sheet of a clip and naming it in the ledger."""

import shutil
from datetime import datetime
from pathlib import Path

from monitor.media.vault import Vault
from monitor.model.media import Kept, Probe
from monitor.store import custody, media
from monitor.store.open import Store

_TOOL = "av+pillow"


def made(vault: Vault, path: Path, seen: Probe) -> Kept | None:
    """The sheet of a clip, durable in the vault; None for what is no clip, or cannot be read."""
    if seen.kind not in ("video", "gif") or seen.damaged:
        return None
    from monitor.media.sheet import contact_sheet

    folder = vault.new_temp()
    try:
        sheet = contact_sheet(path, folder)
        return vault.keep_bytes(sheet.read_bytes()) if sheet else None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def note(store: Store, source: Kept, sheet: Kept, *, subject: str, agent: str, now: datetime) -> None:
    """Names a sheet and what it was made from, once a file. Call it inside the change that names the file."""
    if media.sheet_of(store, source.sha256):
        return
    media.add_object(store, sheet, Probe("photo", "image/png", "png"), now)
    media.add_derivative(store, "contact_sheet", source.sha256, sheet.sha256, _TOOL, "", now)
    fields = {"kind": "contact_sheet", "from_sha256": source.sha256, "to_sha256": sheet.sha256, "tool": _TOOL}
    custody.append(store, "derive", subject, fields, agent=agent)
