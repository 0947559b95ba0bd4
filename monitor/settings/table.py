"""What every table of the settings is."""

from pydantic import BaseModel, ConfigDict

Tags = tuple[str, ...]


class Table(BaseModel):
    """A TOML table that knows all its keys and never changes once read."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_default=False)
