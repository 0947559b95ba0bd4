"""The log: JSON lines in storage/logs, one object a line, secrets masked, files rotated."""

import contextlib
import json
import logging
import logging.handlers
import sys
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


class _Lines(logging.handlers.RotatingFileHandler):
    """A full disk costs lines of the log, and never the work or the message about it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Passes over what could not be written; faults of our own are shown as ever."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)

    def close(self) -> None:
        """Closes the file, whatever of it could not be written."""
        with contextlib.suppress(OSError):
            super().close()


@contextmanager
def logging_to(settings: Settings) -> Iterator[None]:
    """Writes our log, and the libraries' warnings, to storage/logs/postwatch.jsonl."""
    folder = settings.storage / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    options = settings.options.log
    handler = _Lines(
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
