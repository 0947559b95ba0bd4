"""The history of an article: each version that we saw, and what it changed against the one before."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from monitor import clock
from monitor.articles.changes import compared
from monitor.articles.tracking import without_tracking
from monitor.model.edition import Changes, CitationChange, Cited, Version
from monitor.store import articles, editions
from monitor.store.open import Store

Row = dict[str, object]


def history(store: Store, url: str) -> list[Row] | None:
    """A row a version, oldest first; None when no article has this address. A version whose words were purged tells its hashes."""
    article_id = articles.find(store, url) or articles.find(store, without_tracking(url))
    if article_id is None:
        return None
    article = str(store.value("SELECT url FROM article WHERE id = ?", article_id))
    seen = editions.versions(store, article_id)
    told = [_row(article, seen[0], None)] if seen else []
    return [*told, *(_row(article, new, _changes(old, new)) for old, new in pairwise(seen))]


def _changes(before: Version, after: Version) -> Row | None:
    if before.edition is None or after.edition is None:
        return None
    same = before.page_sha256 == after.page_sha256
    return {"same_page": same, **_told(compared(before.edition, after.edition))}


def _row(article: str, version: Version, changes: Row | None) -> Row:
    edition = version.edition
    return {
        "article_url": article,
        "version": version.number,
        "seen_at": clock.text(version.seen_at),
        "title": edition.title if edition else None,
        "published_at": _time(edition.published_at) if edition else None,
        "modified_at": _time(edition.modified_at) if edition else None,
        "paragraphs": len(edition.paragraphs) if edition else None,
        "citations": len(edition.citations) if edition else None,
        "sha256": {
            "page": version.page_sha256,
            "warc": version.warc_sha256,
            "text": version.text_sha256,
            "edition": version.edition_sha256,
        },
        "changes": changes,
    }


def _told(changes: Changes) -> Row:
    dates = {"published_at": changes.published_at, "modified_at": changes.modified_at}
    return {
        "title": _pair(changes.title),
        **{name: _pair(tuple(map(_time, pair)) if pair else None) for name, pair in dates.items()},
        "paragraphs": [
            {
                "kind": change.kind,
                "before": change.before,
                "after": change.after,
                "words": [[piece.kind, piece.text] for piece in change.pieces],
            }
            for change in changes.paragraphs
        ],
        "citations": list(_citations(changes)),
    }


def _citations(changes: Changes) -> Iterator[Row]:
    for change in changes.citations:
        yield {
            "kind": change.kind,
            **_cited(change.cited),
            **_places(change),
            "by": _cited(change.by) if change.by else None,
        }


def _places(change: CitationChange) -> Row:
    return {"before": list(change.before), "after": list(change.after), "with_text": change.with_text}


def _cited(cited: Cited) -> Row:
    return {"platform": cited.platform, "post_id": cited.post_id, "url": cited.url, "citation": cited.kind}


def _pair(pair: tuple[str | None, ...] | None) -> Row | None:
    return {"before": pair[0], "after": pair[1]} if pair else None


def _time(moment: datetime | None) -> str | None:
    return clock.text_or_none(moment)
