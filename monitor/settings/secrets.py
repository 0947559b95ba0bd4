"""Secrets: from an environment variable NAME, else from the file that NAME_FILE names, else from config/secrets/NAME.

They are never printed.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

X_TOKEN = "POSTWATCH_X_BEARER_TOKEN"  # noqa: S105 - the name of the variable, not the token


@dataclass(frozen=True, repr=False)
class Secrets:
    """All secrets that the settings name. Its repr shows none of them."""

    x_token: str | None = None
    channel_urls: Mapping[str, str] = field(default_factory=dict)
    channel_secrets: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Host -> header name -> value."""
    heartbeat_url: str = ""

    def __repr__(self) -> str:
        return "Secrets(...)"

    def values(self) -> tuple[str, ...]:
        """Every secret text, longest first, for masking logs."""
        found = {self.x_token or "", self.heartbeat_url, *self.channel_urls.values(), *self.channel_secrets.values()}
        for names in self.headers.values():
            found.update(names.values())
        return tuple(sorted((v for v in found if len(v) >= 6), key=len, reverse=True))


def read_secret(name: str, environment: Mapping[str, str], folder: Path | None = None) -> tuple[str | None, str | None]:
    """(value, mistake) of a secret; both None when it is set nowhere. `folder` is the home's config/secrets."""
    if environment.get(name):
        return environment[name].strip(), None
    named = environment.get(f"{name}_FILE")
    path = Path(named) if named else folder / name if folder is not None else None
    if path is None or (not named and not path.exists()):
        return None, None
    where = f"environment: {name}_FILE" if named else f"config/secrets/{name}"
    try:
        value = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        reason = os.strerror(exc.errno) if isinstance(exc, OSError) and exc.errno else "not text"
        return None, f"{where}: cannot read {path} ({reason}): write the secret into that file"
    if not value:
        return None, f"{where}: {path} is empty: write the secret into that file"
    return value, None


def write_secret(folder: Path, name: str, value: str) -> Path:
    """Writes config/secrets/NAME, readable by its owner alone, in a folder that git ignores. Never overwrites."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n", encoding="ascii")
    path = folder / name
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(value + "\n")
    return path
