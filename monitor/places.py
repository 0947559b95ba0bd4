"""Where a home keeps what: known by its folder alone, before any file of it is read."""

from dataclasses import dataclass
from pathlib import Path

from monitor.errors import UnusableSettings


@dataclass(frozen=True)
class Places:
    """The folders and files of a home."""

    home: Path

    @property
    def storage(self) -> Path:
        """What the tool remembers."""
        return self.home / "storage"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.storage / "postwatch.db"

    @property
    def vault(self) -> Path:
        """The root of the content-addressed files."""
        return self.storage / "media"


def has_home(home: Path) -> bool:
    """Whether the folder holds a Postwatch home."""
    return (home / "config" / "postwatch.toml").exists() or (home / "config" / "watches.toml").exists()


def no_home(home: Path) -> UnusableSettings:
    """What to say of a folder that holds none."""
    return UnusableSettings(
        [
            f"{home}: no Postwatch home here (config/postwatch.toml is missing): run `postwatch init`, or name one with --home"
        ]
    )
