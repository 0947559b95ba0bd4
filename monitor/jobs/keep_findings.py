"""Files of findings: a frame cut from our copy, a file that somebody gives, and (by the collector) what stands at an address.

Each is durable in the vault before a row names it.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from monitor import clock
from monitor.errors import NotAllowed, NotThere, NotUnderstood, PostwatchError, Refused, TooLarge, WrongUse
from monitor.faults import point
from monitor.jobs.context import Context
from monitor.jobs.work_cases import Work, add_finding
from monitor.media.vault import Vault
from monitor.model.case import Finding
from monitor.model.media import Probe
from monitor.settings import Settings
from monitor.store import captures, cases_parts, media

_FINAL = (NotThere, NotAllowed, NotUnderstood, Refused, TooLarge)
_TOOL = "av+pillow"


def vault_of(settings: Settings) -> Vault:
    """The vault with its limits."""
    options = settings.options.media
    return Vault(settings.vault, max_bytes=options.max_vault_bytes, min_free_bytes=options.min_free_bytes)


def cut(work: Work, vault: Vault, sha256: str, at_seconds: float, note: str) -> int:
    """The exact frame of a file as a finding; gives the finding's number. Raises WrongUse, NotUnderstood, StorageFull."""
    from monitor.media.frame import cut_frame

    there = work.store.one("SELECT kind FROM object WHERE sha256 = ? AND purged_at IS NULL", sha256)
    if there is None or not vault.has(sha256):
        raise WrongUse("the vault does not hold this file")
    vault.room()
    folder = vault.new_temp()
    try:
        frame = cut_frame(vault.path_of(sha256), at_seconds, folder)
        kept = vault.adopt(frame.path)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    point("finding.before_row")
    now = clock.now()
    name = frame_name(frame.at_seconds, kept.sha256)
    with work.store.change():
        media.add_object(
            work.store, kept, Probe("photo", "image/png", "png", width=frame.width, height=frame.height), now
        )
        arguments = f"at={frame.at_seconds:.6f}"
        media.add_derivative(work.store, "frame", sha256, kept.sha256, _TOOL, arguments, now)
        work.log("derive", kind="frame", from_sha256=sha256, to_sha256=kept.sha256, tool=_TOOL, arguments=arguments)
        found = Finding("frame", note, None, kept.sha256, sha256, frame.at_seconds, name)
        return add_finding(work, found)


def frame_name(at_seconds: float, sha256: str) -> str:
    """The name of a frame's file: its time in the clip, and the beginning of its hash."""
    milliseconds = round(at_seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"frame-{minutes:02d}m{rest // 1000:02d}s{rest % 1000:03d}-{sha256[:12]}.png"


def give(work: Work, vault: Vault, file: Path, name: str, kind: str, note: str) -> int:
    """A file that somebody uploads, as a finding; `file` lies in the vault's own folder for what arrives."""
    from monitor.media.probe import probe

    vault.room()
    seen = probe(file)
    kept = vault.adopt(file)
    point("finding.before_row")
    now = clock.now()
    with work.store.change():
        media.add_object(work.store, kept, seen, now)
        work.log("ingestion", sha256=kept.sha256, size=str(kept.size), file_name=name)
        return add_finding(work, Finding(kind, note, None, kept.sha256, None, None, name))


def run(context: Context, payload: Mapping[str, object]) -> None:
    """Keeps what stands at a finding's address, as it was answered (WARC)."""
    from monitor.articles.fetch import fetch_page
    from monitor.articles.warc import warc_bytes

    store, finding = context.store, int(str(payload["finding"]))
    row = store.one("SELECT case_id, url FROM case_finding WHERE id = ?", finding)
    if row is None or not store.value("SELECT outside FROM desk_case WHERE id = ?", row["case_id"]):
        return
    subject = f"case:{row['case_id']}"
    context.wait_turn(row["url"])
    try:
        page = fetch_page(context.web, row["url"])
    except _FINAL as exc:
        give_up(context, payload, exc)
        context.record_failure(subject, exc)
        return
    kept = context.vault.keep_bytes(warc_bytes(page.exchange))
    point("finding.before_row")
    now = clock.now()
    with store.change():
        media.add_object(store, kept, Probe("unknown", "application/warc", "warc.gz"), now)
        capture = captures.record(
            store, page.exchange, subject=subject, asked_by=context.agent, keep_body=False, file_sha256=kept.sha256
        )
        cases_parts.copied(store, finding, now, capture_id=capture, sha256=kept.sha256, reason="")


def give_up(context: Context, payload: Mapping[str, object], error: PostwatchError) -> None:
    """Writes down why there is no copy."""
    words = context.masked(f"{type(error).__name__}: {error}")
    cases_parts.copied(
        context.store, int(str(payload["finding"])), clock.now(), capture_id=None, sha256=None, reason=words[:1000]
    )
