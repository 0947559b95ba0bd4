"""Articles, their versions, and what each version cites."""

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from monitor import clock
from monitor.model.article import Citation, Reading
from monitor.model.edition import edition_of
from monitor.store import contents, editions, scoring
from monitor.store.conditions import Conditions
from monitor.store.open import Store


@dataclass(frozen=True, slots=True)
class Origin:
    """Who asked for an article, and what the desk knows of it beforehand."""

    watch_id: int | None = None
    own: bool = False
    desk: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCitation:
    """A citation that no version of the article has held before."""

    row: int
    citation: Citation


def find(store: Store, url: str) -> int | None:
    """The article that has this address as its canonical or any other, or None."""
    row = store.value("SELECT article_id FROM article_address WHERE url = ?", url)
    return None if row is None else int(str(row))


def ensure(store: Store, url: str, addresses: tuple[str, ...], origin: Origin, now: datetime) -> int:
    """The article of a canonical address, made when new; other addresses are remembered. Gives its row."""
    moment = clock.text(now)
    with store.change() as db:
        for address in (url, *addresses):
            known = find(store, address)
            if known is not None:
                break
        else:
            known = int(
                db.execute(
                    """INSERT INTO article (url, publisher, desk, tags, own, seen_at, feed_watch_id) VALUES (?, ?, ?, ?, ?, ?, ?)
                    RETURNING id""",
                    (
                        url,
                        urlsplit(url).hostname or "",
                        origin.desk,
                        json.dumps(list(origin.tags), ensure_ascii=False),
                        int(origin.own),
                        moment,
                        origin.watch_id,
                    ),
                ).fetchone()[0]
            )
        db.executemany(
            "INSERT OR IGNORE INTO article_address (url, article_id, seen_at) VALUES (?, ?, ?)",
            [(address, known, moment) for address in (url, *addresses)],
        )
        if origin.own:
            db.execute("UPDATE article SET own = 1 WHERE id = ?", (known,))
    return known


def conditions(store: Store, url: str) -> tuple[str | None, str | None]:
    """(ETag, Last-Modified) of the article's last good answer."""
    row = store.one(
        "SELECT a.etag, a.last_modified FROM article a JOIN article_address d ON d.article_id = a.id WHERE d.url = ?",
        url,
    )
    return (row["etag"], row["last_modified"]) if row else (None, None)


def note_read(store: Store, article_id: int, etag: str | None, last_modified: str | None, now: datetime) -> None:
    """The page was asked for again."""
    with store.change() as db:
        db.execute(
            """UPDATE article SET last_read_at = ?, etag = coalesce(?, etag), last_modified = coalesce(?, last_modified) WHERE id = ?""",
            (clock.text(now), etag, last_modified, article_id),
        )


def add_version(
    store: Store,
    article_id: int,
    reading: Reading,
    *,
    body_sha256: str,
    warc_sha256: str,
    capture_id: int,
    now: datetime,
) -> list[NewCitation]:
    """Stores a reading as a new version unless a reader would find what the last one says; gives the citations it adds.

    A page that has lost all its text says nothing of the article: its last version stays, with a warning.
    """
    edition = edition_of(reading, now)
    last = store.one("SELECT * FROM article_version WHERE article_id = ? ORDER BY n DESC LIMIT 1", article_id)
    known = editions.find(store, last["reading_sha256"]) if last is not None else None
    if known is not None and known.paragraphs and not edition.paragraphs:
        _warn(store, article_id, f"read without any text at {clock.text(now)}: the version before stays")
        return []
    _describe(store, article_id, reading)
    if known is not None and known.says_the_same(edition):
        return []
    text_sha256 = contents.keep_text(store, "\n\n".join(filter(None, (reading.title, reading.text))))
    n = 1 if last is None else last["n"] + 1
    with store.change() as db:
        db.execute(
            """INSERT INTO article_version (article_id, n, text_sha256, reading_sha256, body_sha256, warc_sha256, capture_id, seen_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                article_id,
                n,
                text_sha256,
                editions.keep(store, edition),
                body_sha256,
                warc_sha256,
                capture_id,
                clock.text(now),
            ),
        )
        scoring.want(store, [article_id])
        return [new for c in reading.citations if (new := _add_citation(store, article_id, c, n, now))]


def _describe(store: Store, article_id: int, reading: Reading) -> None:
    published, modified = reading.published, reading.modified
    with store.change() as db:
        db.execute(
            """UPDATE article SET title = ?, authors = ?, published_at = ?, published_precision = ?, modified_at = ?,
            modified_precision = ?, language = ?, corrections = ?, warnings = ? WHERE id = ?""",
            (
                reading.title,
                json.dumps(reading.authors, ensure_ascii=False),
                clock.text_or_none(reading.published_at),
                published.precision if published else None,
                clock.text_or_none(reading.modified_at),
                modified.precision if modified else None,
                reading.language,
                json.dumps([note.text for note in reading.corrections], ensure_ascii=False),
                json.dumps(reading.warnings, ensure_ascii=False),
                article_id,
            ),
        )


def _warn(store: Store, article_id: int, warning: str) -> None:
    with store.change() as db:
        db.execute("UPDATE article SET warnings = ? WHERE id = ?", (json.dumps([warning]), article_id))


def _add_citation(store: Store, article_id: int, citation: Citation, version: int, now: datetime) -> NewCitation | None:
    db = store.connection
    known = store.one("SELECT id, confidence FROM citation WHERE article_id = ? AND key = ?", article_id, citation.key)
    if known is None:
        row = int(
            db.execute(
                """INSERT INTO citation (article_id, key, platform, cited_post_id, url, kind, handle, confidence, reason, first_version,
                last_version, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                (
                    article_id,
                    citation.key,
                    citation.platform,
                    citation.post_id,
                    citation.url,
                    citation.kind,
                    citation.handle,
                    citation.confidence,
                    citation.reason,
                    version,
                    version,
                    clock.text(now),
                ),
            ).fetchone()[0]
        )
    else:
        row = known["id"]
        db.execute(
            # What somebody confirmed is no doubtful mention any more, whatever a later reading makes of its words.
            """UPDATE citation SET last_version = ?1, kind = ?2, reason = ?3, confidence = CASE WHEN ?2 = 'mention' AND EXISTS
            (SELECT 1 FROM link WHERE citation_id = ?5 AND state = 'confirmed') THEN confidence ELSE ?4 END WHERE id = ?5""",
            (version, citation.kind, citation.reason, citation.confidence, row),
        )
    db.executemany(
        """INSERT OR IGNORE INTO citation_place (citation_id, version, n, paragraph, place, kind, form, text_sha256)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (row, version, n, p.paragraph, p.where, p.kind, p.form, contents.keep_text(store, p.text))
            for n, p in enumerate(citation.places)
        ],
    )
    is_new = known is None or known["confidence"] < 0.5 <= citation.confidence
    return NewCitation(row, citation) if is_new else None


def listing(
    store: Store,
    *,
    limit: int | None = None,
    since: str | None = None,
    before: int | None = None,
    row: int | None = None,
    own: bool | None = None,
    publisher: str | None = None,
) -> list[dict[str, object]]:
    """The rows of `articles --json`, oldest first; a limit takes the newest; `before` those older than a row; `row` one of them."""
    wanted = Conditions().maybe("a.seen_at >= ?", since).maybe("a.id < ?", before).maybe("a.id = ?", row)
    wanted.maybe("a.own = ?", None if own is None else int(own)).maybe("a.publisher = ?", publisher)
    rows = store.all(
        f"""SELECT * FROM (SELECT a.*, (SELECT count(*) FROM article_version v WHERE v.article_id = a.id) AS versions,
            (SELECT count(*) FROM citation c WHERE c.article_id = a.id AND c.confidence >= 0.5) AS citations
        FROM article a WHERE {wanted} ORDER BY a.id DESC LIMIT ?) ORDER BY id""",
        *wanted.values,
        -1 if limit is None else limit,
    )
    return [
        {
            "url": r["url"],
            "title": r["title"],
            "published_at": r["published_at"],
            "published_precision": r["published_precision"],
            "modified_at": r["modified_at"],
            "versions": r["versions"],
            "citations": r["citations"],
            "id": r["id"],
            "authors": json.loads(r["authors"]),
            "language": r["language"],
            "publisher": r["publisher"],
            "desk": r["desk"],
            "own": bool(r["own"]),
            "status": r["status"],
            "seen_at": r["seen_at"],
            "last_read_at": r["last_read_at"],
            "corrections": json.loads(r["corrections"]),
            "warnings": json.loads(r["warnings"]),
        }
        for r in rows
    ]
