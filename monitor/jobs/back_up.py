"""Backing a home up into a folder that stands by itself, and restoring it elsewhere.

A backup is a folder: `postwatch.db` (SQLite's online backup, taken while `run` works), `config/`, `vault.txt` (every file that
the ledger names, `<sha256>  <path>`, whether or not it is in the backup), `media/` unless left out, `backup.json`, and
`manifest-sha256.txt`, which `sha256sum -c` checks without Postwatch.

1. Copy the ledger first: every file that it names was durable before it was named.
2. Copy settings and files into a folder beside the target, each hashed while it is read.
3. Write the manifest, and give the folder its name: a backup is whole, or has no name.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from monitor import __version__, clock
from monitor.errors import NotUnderstood, StorageFull, WrongUse
from monitor.media import durable
from monitor.media.hashing import hash_of
from monitor.media.vault import Vault
from monitor.places import Places
from monitor.store import custody
from monitor.store.open import Store, copy_ledger, open_store

MANIFEST, ABOUT, LEDGER, VAULT_LIST = "manifest-sha256.txt", "backup.json", "postwatch.db", "vault.txt"
_FORMAT = 1
_SECRETS = "secrets"
"""The folder in config/ whose files are secrets."""

Told = Callable[[int, int], None]
"""Is told how many files are done, of how many."""


@dataclass
class Made:
    """What a backup holds."""

    folder: Path
    files: int = 0
    bytes: int = 0
    left_out: list[str] = field(default_factory=list)
    """Secrets, which never leave the home."""
    damaged: list[str] = field(default_factory=list)
    """Files of the vault that are missing, or whose bytes no longer have their hash: not in the backup."""


def back_up(places: Places, store: Store, to: Path, *, media: bool, agent: str, told: Told | None = None) -> Made:
    """Writes a backup to a folder that does not exist yet. Raises WrongUse, or StorageFull when the disk has no room."""
    to = to.absolute()
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise WrongUse(f"{to} exists already: name a new folder, one a backup")
    part = to.with_name(f".{to.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
        with store.change():
            custody.append(
                store, "replication", "home", {"to": to.name, "media": "yes" if media else "no"}, agent=agent
            )
        made = _fill(places, store, part, media=media, told=told)
        _write_manifest(part)
        if to.exists():
            to.rmdir()
        durable.move(part, to)
    except OSError as exc:
        raise StorageFull(f"{to}: {exc.strerror or exc}: make room, or name another place") from exc
    finally:
        shutil.rmtree(part, ignore_errors=True)
    made.folder = to
    return made


def _fill(places: Places, store: Store, part: Path, *, media: bool, told: Told | None) -> Made:
    made = Made(part)
    copy_ledger(store, part / LEDGER)
    for source in sorted((places.home / "config").rglob("*")):
        name = source.relative_to(places.home)
        if source.is_symlink() or not source.is_file():
            continue
        if name.parts[1] == _SECRETS or source.suffix == ".secret":
            made.left_out.append(str(name))
            continue
        target = part / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(0o600)
    _copy_vault(Vault(places.vault), part, made, media=media, told=told)
    about = {
        "format": _FORMAT,
        "made_at": clock.text(clock.now()),
        "postwatch": __version__,
        "media": media,
        "files": made.files,
        "bytes": made.bytes,
        "damaged": made.damaged,
        "secrets_left_out": made.left_out,
    }
    (part / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return made


def _copy_vault(vault: Vault, part: Path, made: Made, *, media: bool, told: Told | None) -> None:
    # The copy's rows, not the ledger's: what was kept since then belongs to the next backup.
    with Store(part / LEDGER) as ledger:
        wanted = [
            (row["sha256"], row["size"])
            for row in ledger.all("SELECT sha256, size FROM object WHERE purged_at IS NULL ORDER BY sha256")
        ]
    with (part / VAULT_LIST).open("w", encoding="ascii") as listed:
        for n, (digest, size) in enumerate(wanted, 1):
            source = vault.path_of(digest)
            name = source.relative_to(vault.root)
            listed.write(f"{digest}  media/{name}\n")
            if media and _copy(source, part / "media" / name, digest):
                made.files, made.bytes = made.files + 1, made.bytes + size
            elif media:
                made.damaged.append(digest)
            if told is not None:
                told(n, len(wanted))


def _copy(source: Path, target: Path, digest: str) -> bool:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, target, follow_symlinks=False)
    except FileNotFoundError:
        return False
    if target.is_symlink() or hash_of(target)[0] != digest:
        target.unlink()
        return False
    target.chmod(0o444)
    return True


def _write_manifest(part: Path) -> None:
    lines = [f"{hash_of(path)[0]}  {path.relative_to(part)}\n" for path in _files(part)]
    (part / MANIFEST).write_text("".join(lines), encoding="utf-8")
    for path in _files(part):
        durable.sync_file(path, path.stat().st_mode & 0o777)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


@dataclass(frozen=True)
class Restored:
    """What a restored home lacks."""

    home: Path
    made_at: str
    missing: int
    """Files of the vault that the ledger names and the backup does not hold."""
    secrets: tuple[str, ...]
    """Files with secrets that were left out of the backup."""


def restore(folder: Path, home: Path, *, agent: str, told: Told | None = None) -> Restored:
    """Makes a home from a backup, every file checked against the manifest first.

    Raises WrongUse when the home holds a ledger or settings already, NotUnderstood when the backup is not whole.
    """
    folder, home = folder.absolute(), home.absolute()
    about = _about(folder)
    for name in ("storage/postwatch.db", "config/postwatch.toml", "config/watches.toml"):
        if (home / name).exists():
            raise WrongUse(f"{home} holds {name} already: name a new folder with --home")
    names = _checked(folder, told)
    storage = home / "storage"
    if (folder / "config").is_dir():
        shutil.copytree(folder / "config", home / "config", dirs_exist_ok=True)
    for name in names:
        if name.startswith("media/"):
            target = storage / name
            durable.make_folder(target.parent)
            shutil.copyfile(folder / name, target)
            durable.sync_file(target, 0o444)
    storage.mkdir(parents=True, exist_ok=True)
    # The ledger comes last: a home without one is not yet a home.
    shutil.copyfile(folder / LEDGER, storage / f"{LEDGER}.part")
    durable.sync_file(storage / f"{LEDGER}.part", 0o644)
    durable.move(storage / f"{LEDGER}.part", storage / LEDGER)
    with open_store(storage / LEDGER) as store, store.change():
        custody.append(store, "replication", "home", {"restored_from": str(about["made_at"])}, agent=agent)
        vault = Vault(storage / "media")
        missing = sum(
            not vault.has(row["sha256"]) for row in store.all("SELECT sha256 FROM object WHERE purged_at IS NULL")
        )
    left_out = about.get("secrets_left_out")
    secrets = tuple(map(str, left_out)) if isinstance(left_out, list) else ()
    return Restored(home, str(about["made_at"]), missing, secrets)


def _about(folder: Path) -> dict[str, object]:
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WrongUse(
            f"{folder} is no backup (it has no {ABOUT}): name a folder that `postwatch backup` wrote"
        ) from None
    except (OSError, ValueError) as exc:
        raise NotUnderstood(f"{folder / ABOUT} cannot be read: {exc}") from exc
    if not isinstance(about, dict) or about.get("format") != _FORMAT:
        raise NotUnderstood(
            f"{folder} is a backup of a format that this version does not read: use the one that wrote it"
        )
    return about


def _checked(folder: Path, told: Told | None) -> list[str]:
    """The names in the manifest, each file there and of the right hash."""
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    except OSError as exc:
        raise NotUnderstood(f"{folder / MANIFEST}: {exc.strerror}: the backup is not whole; use another") from exc
    wrong, names = [], []
    for n, line in enumerate(lines, 1):
        digest, _, name = line.partition("  ")
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file() or hash_of(path)[0] != digest:
            wrong.append(name)
        names.append(name)
        if told is not None:
            told(n, len(lines))
    if wrong or LEDGER not in names:
        raise NotUnderstood(
            f"{folder} is damaged: {len(wrong)} files are missing or changed, such as {wrong[:1] or LEDGER}; "
            "nothing was restored: use another backup"
        )
    return names
