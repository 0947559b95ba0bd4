"""What each version of an article says and cites, as bytes under their SHA-256."""

import json
from datetime import datetime

from monitor import clock
from monitor.model.edition import Cited, Edition, Version
from monitor.store import contents
from monitor.store.open import Store


def keep(store: Store, edition: Edition) -> str:
    """Keeps an edition; gives the SHA-256 of its JSON."""
    return contents.keep(store, _bytes(edition))


def find(store: Store, digest: str) -> Edition | None:
    """The edition of a hash, or None when its bytes were purged."""
    found = contents.find(store, digest)
    return None if found is None else _edition(found)


def versions(store: Store, article_id: int) -> list[Version]:
    """An article's versions, oldest first."""
    rows = store.all("SELECT * FROM article_version WHERE article_id = ? ORDER BY n", article_id)
    return [
        Version(
            r["n"],
            clock.parse(r["seen_at"]),
            find(store, r["reading_sha256"]),
            r["body_sha256"],
            r["warc_sha256"],
            r["text_sha256"],
            r["reading_sha256"],
        )
        for r in rows
    ]


def _bytes(edition: Edition) -> bytes:
    value = {
        "title": edition.title,
        "published_at": clock.text_or_none(edition.published_at),
        "modified_at": clock.text_or_none(edition.modified_at),
        "paragraphs": edition.paragraphs,
        "citations": [[c.key, c.platform, c.post_id, c.url, c.kind, c.paragraphs] for c in edition.citations],
    }
    return json.dumps(value, ensure_ascii=False).encode()


def _edition(content: bytes) -> Edition:
    value = json.loads(content)
    return Edition(
        value["title"],
        _time(value["published_at"]),
        _time(value["modified_at"]),
        tuple(value["paragraphs"]),
        tuple(
            Cited(key, platform, post_id, url, kind, tuple(paragraphs))
            for key, platform, post_id, url, kind, paragraphs in value["citations"]
        ),
    )


def _time(text: str | None) -> datetime | None:
    return clock.parse(text) if text else None
