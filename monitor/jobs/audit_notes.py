"""What an audit has found so far, in a file beside its report, so that an interrupted one goes on where it stopped.

A line of JSON each; a line that a crash cut short is passed over. Answers that a later try may better are asked for again.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self, TextIO

from monitor import clock
from monitor.model.availability import Cited, Seen
from monitor.model.check import Article, Citing

_STALE = timedelta(days=7)
_PASSING = ("network", "throttled", "server error", "stopped")


@dataclass(slots=True)
class Notes:
    """The notes of one audit. `articles` by the address that the site lists; `seen` by platform and id."""

    path: Path | None
    articles: dict[str, Article] = field(default_factory=dict)
    seen: dict[tuple[str, str], Seen] = field(default_factory=dict)
    began_at: datetime = field(default_factory=clock.now)
    _file: TextIO | None = None

    @classmethod
    def opened(cls, path: Path | None, about: dict[str, object]) -> Self:
        """Notes at a path, taken up again when they are of the same audit and not a week old. None keeps them in memory."""
        notes = cls(path)
        if path is None:
            return notes
        going_on = notes._read(about)
        notes._file = path.open("a" if going_on else "w", encoding="utf-8")
        if going_on:
            # Ends a line that a crash cut short, so that the next one stands by itself.
            notes._file.write("\n")
        else:
            notes._write({"about": about, "began_at": clock.text(notes.began_at)})
        return notes

    def add_article(self, listed: str, article: Article) -> None:
        """An article that was read, or could not be."""
        self.articles[listed] = article
        told = {**asdict(article), "published_at": clock.text_or_none(article.published_at)}
        self._write({"listed": listed, "article": told})

    def add_seen(self, cited: Cited, seen: Seen) -> None:
        """What became of a post."""
        self.seen[cited.platform, cited.post_id] = seen
        told = {**asdict(seen), "posted_at": clock.text_or_none(seen.posted_at)}
        self._write({"platform": cited.platform, "post_id": cited.post_id, "seen": told})

    def close(self, *, done: bool) -> None:
        """Ends writing; of an audit that is done the file goes."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if done and self.path is not None:
            self.path.unlink(missing_ok=True)

    def _write(self, line: dict[str, object]) -> None:
        if self._file is not None:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()

    def _read(self, about: dict[str, object]) -> bool:
        assert self.path is not None
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
            head = json.loads(lines[0])
            began_at = clock.parse(head["began_at"])
        except (OSError, ValueError, IndexError, KeyError, TypeError):
            return False
        if head.get("about") != about or clock.now() - began_at > _STALE:
            return False
        self.began_at = began_at
        for line in lines[1:]:
            self._take_up(line)
        return True

    def _take_up(self, line: str) -> None:
        try:
            told: dict[str, Any] = json.loads(line)
            if "article" in told:
                article = _article(told["article"])
                if article.error is None:
                    self.articles[told["listed"]] = article
            else:
                seen = _seen(told["seen"])
                if not seen.reason.startswith(_PASSING):
                    self.seen[told["platform"], told["post_id"]] = seen
        except (ValueError, KeyError, TypeError):
            return


def _article(told: dict[str, Any]) -> Article:
    citing = tuple(Citing(**{**one, "cited": Cited(**one["cited"])}) for one in told["citing"])
    return Article(**{**told, "citing": citing, "published_at": clock.parse_or_none(told["published_at"])})


def _seen(told: dict[str, Any]) -> Seen:
    return Seen(**{**told, "posted_at": clock.parse_or_none(told["posted_at"])})
