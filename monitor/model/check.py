"""What `check` finds: articles, the posts they cite, and what became of each."""

from dataclasses import dataclass
from datetime import datetime

from monitor import clock
from monitor.model.availability import Cited, Seen


@dataclass(frozen=True, slots=True)
class Copy:
    """What our home keeps of a post. `sha256` is its first kept file's, else that of its raw answer."""

    sha256: str
    text: str
    seen_at: datetime
    file: bool
    """Whether `sha256` names a file in the vault."""
    picture: str | None = None
    """SHA-256 of a picture in the vault that shows it: a contact sheet, or a kept photo."""
    missing: int = 0
    """How many of its files are not here yet, or could not be fetched."""


@dataclass(frozen=True, slots=True)
class Citing:
    """An article's citation of a post: where and how, with the words around it."""

    cited: Cited
    kind: str
    paragraph: int | None
    where: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it was read. `error` says why it could not be; then nothing else is known but its address."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    citing: tuple[Citing, ...] = ()
    mentions: int = 0
    """How many posts it tells of in words only, without an address."""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A citation and what became of its post."""

    article_url: str
    citing: Citing
    seen: Seen
    posted_at: datetime | None = None
    copy: Copy | None = None

    def row(self) -> dict[str, object]:
        """The line of `check --json`."""
        cited = self.citing.cited
        return {
            "article_url": self.article_url,
            "paragraph": self.citing.paragraph,
            "kind": self.citing.kind,
            "platform": cited.platform,
            "post_id": cited.post_id,
            "url": cited.url,
            "handle": self.seen.handle or cited.handle,
            "posted_at": clock.text_or_none(self.posted_at),
            "state": self.seen.state,
            "reason": self.seen.reason or None,
            "copy": self.copy.sha256 if self.copy else None,
        }
