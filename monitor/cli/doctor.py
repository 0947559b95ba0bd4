"""`doctor`: checks everything that a home needs, and says how to mend each."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click

from monitor import clock
from monitor.cli import checkups, show
from monitor.cli.checkups import Finding
from monitor.errors import CredentialRefused, LedgerDamaged, PostwatchError
from monitor.settings import Settings, load
from monitor.settings.secrets import X_TOKEN
from monitor.store import custody
from monitor.store.open import LedgerError, open_store

_NO_TOKEN = (
    f"none: set {X_TOKEN} or {X_TOKEN}_FILE, or write it to config/secrets/{X_TOKEN}; without it X is read post by post"
)


@click.command()
@click.option("--offline", is_flag=True, help="Connect to nothing.")
def doctor(offline: bool) -> int:
    """Checks settings, secrets, database, vault, disk, clock, tools, watches, budget, reachability and credentials.

    Exit code 1 when something needs mending.

    Example: postwatch doctor
    """
    sick = False
    settings = load(show.home())
    for what, well, words in _findings(settings, offline=offline):
        mark = {True: "ok  ", False: "BAD ", None: "note"}[well]
        sick |= well is False
        print(f"{mark}  {what:13} {show.printable(words)}")
    show.note("mend what is marked BAD, then: postwatch doctor" if sick else "all well; next: postwatch run")
    return 1 if sick else 0


def _findings(settings: Settings, *, offline: bool) -> Iterator[Finding]:
    yield "settings", True, f"{settings.home / 'config'} reads without mistakes"
    for warning in settings.warnings:
        yield "settings", None, warning
    yield from checkups.secret_files(settings)
    try:
        yield from _ledger(settings)
    except LedgerDamaged as exc:
        yield "database", False, str(exc)
    except LedgerError as exc:
        yield "database", False, f"{settings.database}: {exc}: restore the newest of storage/backups"
    yield _ffmpeg()
    yield checkups.extractor_age()
    if settings.options.net.upstream_proxy:
        yield "net", None, "[net] upstream_proxy is set: the checks of addresses are then that proxy's, not ours"
    if offline:
        yield "X token", None, "set, not tried (--offline)" if settings.secrets.x_token else _NO_TOKEN
        yield "net", None, "not tried (--offline)"
    else:
        yield from _reach(settings)


def _ledger(settings: Settings) -> Iterator[Finding]:
    """The database and what it tells. Raises LedgerDamaged or LedgerError where it cannot be read."""
    yield _database(settings)
    yield from _vault(settings)
    with open_store(settings.database) as store:
        yield checkups.budget(settings, store)
        yield from checkups.channels(store)
        yield from checkups.silent_watches(store)


def _database(settings: Settings) -> Finding:
    from monitor.evidence.custody import verify_chain

    with open_store(settings.database) as store:
        said = str(store.value("PRAGMA quick_check"))
        if said != "ok":
            return "database", False, f"{settings.database}: {said}: restore the newest of storage/backups"
        broken = verify_chain(custody.events(store))
        if broken:
            return (
                "custody log",
                False,
                f"{broken[0]}: the log was changed from outside; keep a copy and compare backups",
            )
        events = store.value("SELECT count(*) FROM custody_event")
    return "database", True, f"{settings.database}: sound, {events} custody events chained"


def _vault(settings: Settings) -> Iterator[Finding]:
    from monitor.media.vault import Vault

    media = settings.options.media
    vault = Vault(settings.vault, max_bytes=media.max_vault_bytes, min_free_bytes=media.min_free_bytes)
    with open_store(settings.database) as store:
        missing = [
            row["sha256"]
            for row in store.all("SELECT sha256 FROM object WHERE purged_at IS NULL ORDER BY kept_at DESC")
            if not vault.has(row["sha256"])
        ]
        known = {row[0] for row in store.all("SELECT sha256 FROM object")}
    if missing:
        yield (
            "vault",
            False,
            f"{len(missing)} files that rows name are not there, such as {missing[0]}: restore them from a copy",
        )
    else:
        yield "vault", True, f"{len(known)} files, all there"
    stray = [kept.sha256 for kept in vault.orphans(known.__contains__)] if settings.vault.exists() else []
    if stray:
        yield "vault", None, f"{len(stray)} files without a row, such as {stray[0]}: left by a crash, harmless"
    free = shutil.disk_usage(_existing(settings.vault)).free
    if free < media.min_free_bytes:
        yield (
            "disk",
            False,
            f"{free:,} bytes free, less than [media] min_free_bytes = {media.min_free_bytes:,}: downloads are paused",
        )
    else:
        yield "disk", True, f"{free:,} bytes free"


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def _ffmpeg() -> Finding:
    import imageio_ffmpeg

    try:
        return "ffmpeg", True, f"version {imageio_ffmpeg.get_ffmpeg_version()}"
    except RuntimeError as exc:
        return "ffmpeg", False, f"{exc}: reinstall with `make setup`"


def _reach(settings: Settings) -> Iterator[Finding]:
    from monitor.jobs.context import Context

    context = Context(settings)
    try:
        try:
            fetched = context.web.fetch(settings.options.x.api_url if context.x else settings.options.x.oembed_url)
            yield "net", True, f"{fetched.exchange.url_final} answers"
            yield from _clock({k.lower(): v for k, v in fetched.exchange.headers}.get("date"))
        except PostwatchError as exc:
            yield "net", False, f"{exc}: check the network, [net] upstream_proxy and ca_bundle"
        yield _credentials(context)
    finally:
        context.close()


def _clock(date: str | None) -> Iterator[Finding]:
    from email.utils import parsedate_to_datetime

    try:
        there = parsedate_to_datetime(date or "")
    except ValueError:
        return
    offset = clock.now() - there
    if abs(offset) > timedelta(minutes=2):
        yield (
            "clock",
            False,
            f"differs by {offset.total_seconds():.0f} s from the server's: set this machine's clock (NTP)",
        )
    else:
        yield "clock", True, f"within {abs(offset.total_seconds()):.0f} s of the server's"


def _credentials(context: object) -> Finding:
    from monitor.jobs.context import Context

    assert isinstance(context, Context)
    if context.x is None:
        return (
            "X token",
            None,
            _NO_TOKEN,
        )
    row = context.store.one("SELECT platform_id FROM account WHERE platform = 'x' LIMIT 1")
    if row is None:
        return "X token", None, "set, and not tried: no account on X is watched yet"
    try:
        context.x.accounts_by_id([row["platform_id"]])
    except CredentialRefused as exc:
        return "X token", False, context.masked(f"{exc}: renew it at console.x.com")
    except PostwatchError as exc:
        return "X token", None, context.masked(f"could not be tried: {exc}")
    return "X token", True, "accepted"
