"""The log: JSON lines in storage/logs, one object a line, secrets masked, files rotated."""

import json
import logging
import logging.handlers
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from monitor import clock
from monitor.settings import Settings


class _JsonLines(logging.Formatter):
    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": clock.text(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname,
            "from": record.name,
            "message": self.masked(record.getMessage()),
        }
        if record.exc_info:
            line["trace"] = self.masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)

    def masked(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text


@contextmanager
def logging_to(settings: Settings) -> Iterator[None]:
    """Writes our log, and the libraries' warnings, to storage/logs/postwatch.jsonl."""
    folder = settings.storage / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    options = settings.options.log
    handler = logging.handlers.RotatingFileHandler(
        folder / "postwatch.jsonl",
        maxBytes=options.max_bytes,
        backupCount=options.keep,
        encoding="utf-8",
        errors="replace",
    )
    handler.setFormatter(_JsonLines(settings.secrets.values()))
    root, own = logging.getLogger(), logging.getLogger("postwatch")
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    own.setLevel(options.level)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
