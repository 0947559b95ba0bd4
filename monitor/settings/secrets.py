"""Secrets: from an environment variable NAME, or from the file that NAME_FILE names; never printed."""

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

    def __repr__(self) -> str:
        return "Secrets(...)"

    def values(self) -> tuple[str, ...]:
        """Every secret text, longest first, for masking logs."""
        found = {self.x_token or "", *self.channel_urls.values(), *self.channel_secrets.values()}
        for names in self.headers.values():
            found.update(names.values())
        return tuple(sorted((v for v in found if len(v) >= 6), key=len, reverse=True))


def read_secret(name: str, environment: Mapping[str, str]) -> tuple[str | None, str | None]:
    """(value, mistake) of a secret: the variable, else the file; both None when neither is set."""
    if environment.get(name):
        return environment[name].strip(), None
    path = environment.get(f"{name}_FILE")
    if not path:
        return None, None
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as exc:
        reason = os.strerror(exc.errno) if isinstance(exc, OSError) and exc.errno else "not text"
        return None, f"environment: {name}_FILE: cannot read {path} ({reason}): write the secret into that file"
    if not value:
        return None, f"environment: {name}_FILE: {path} is empty: write the secret into that file"
    return value, None
