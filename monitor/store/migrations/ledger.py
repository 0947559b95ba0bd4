"""Steps 1 to 6: content, evidence, watches, posts, articles, and the queue of work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store.migrations.base import append_only, migrations, run

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations()
def m001_content(db: Database) -> None:
    """Bytes and texts by their hash, and the full-text index."""
    run(
        db,
        """CREATE TABLE content (
            sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, codec TEXT NOT NULL CHECK (codec IN ('zlib', 'plain')), bytes BLOB NOT NULL
        ) STRICT, WITHOUT ROWID""",
        "CREATE TABLE wording (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT",
        """CREATE VIRTUAL TABLE wording_fts USING fts5 (
            text, content='wording', content_rowid='id', tokenize="unicode61 remove_diacritics 2")""",
        """CREATE TRIGGER wording_ai AFTER INSERT ON wording BEGIN
            INSERT INTO wording_fts (rowid, text) VALUES (new.id, new.text); END""",
        """CREATE TRIGGER wording_ad AFTER DELETE ON wording BEGIN
            INSERT INTO wording_fts (wording_fts, rowid, text) VALUES ('delete', old.id, old.text); END""",
        "CREATE TRIGGER wording_no_update BEFORE UPDATE ON wording BEGIN SELECT RAISE(ABORT, 'wording is named by its hash'); END",
    )


@migrations()
def m002_evidence(db: Database) -> None:
    """Captures (one exchange each), the parts of their answers, and the custody log."""
    run(
        db,
        """CREATE TABLE capture (
            id INTEGER PRIMARY KEY, subject TEXT NOT NULL, method TEXT NOT NULL, url_asked TEXT NOT NULL, url_final TEXT NOT NULL,
            status INTEGER, headers TEXT NOT NULL, body_sha256 TEXT, body_size INTEGER NOT NULL, file_sha256 TEXT, outcome TEXT NOT NULL,
            error TEXT, tools TEXT NOT NULL, asked_by TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX capture_by_subject ON capture (subject)",
        "CREATE INDEX capture_by_body ON capture (body_sha256)",
        # An answer is its glue (content.sha256 = glue_sha256: a JSON list of texts) with the parts between them, in order.
        """CREATE TABLE answer (
            body_sha256 TEXT PRIMARY KEY, glue_sha256 TEXT NOT NULL, parts INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE answer_part (
            body_sha256 TEXT NOT NULL REFERENCES answer, n INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL,
            PRIMARY KEY (body_sha256, n)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX answer_part_by_key ON answer_part (kind, key)",
        """CREATE TABLE custody_event (
            seq INTEGER PRIMARY KEY, subject TEXT NOT NULL, ssn INTEGER NOT NULL, body BLOB NOT NULL, leaf BLOB NOT NULL,
            UNIQUE (subject, ssn)
        ) STRICT""",
        *append_only(("capture", "answer", "answer_part", "custody_event")),
    )


@migrations()
def m003_accounts_and_watches(db: Database) -> None:
    """Who posts, and what we look at."""
    run(
        db,
        """CREATE TABLE account (
            id INTEGER PRIMARY KEY, platform TEXT NOT NULL, platform_id TEXT NOT NULL, handle TEXT, name TEXT, url TEXT,
            protected INTEGER NOT NULL DEFAULT 0, created_at TEXT, first_seen_at TEXT NOT NULL, last_seen_at TEXT NOT NULL,
            UNIQUE (platform, platform_id)
        ) STRICT""",
        "CREATE INDEX account_by_handle ON account (platform, handle COLLATE NOCASE)",
        """CREATE TABLE account_handle (
            id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account, handle TEXT NOT NULL, name TEXT,
            first_seen_at TEXT NOT NULL, UNIQUE (account_id, handle, name, first_seen_at)
        ) STRICT""",
        """CREATE TABLE watch (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('account', 'feed', 'article', 'post')), platform TEXT NOT NULL,
            target TEXT NOT NULL, url TEXT, handle TEXT, post_id TEXT, account_id INTEGER REFERENCES account,
            every_seconds INTEGER NOT NULL CHECK (every_seconds >= 1), tags TEXT NOT NULL DEFAULT '[]', desk TEXT NOT NULL DEFAULT '',
            purpose TEXT NOT NULL DEFAULT '', backfill TEXT NOT NULL DEFAULT '24h', tell_backfill INTEGER NOT NULL DEFAULT 0,
            replies INTEGER NOT NULL DEFAULT 0, reposts INTEGER NOT NULL DEFAULT 0, own INTEGER NOT NULL DEFAULT 0,
            origin TEXT NOT NULL CHECK (origin IN ('file', 'cli', 'desk', 'citation')), origin_place TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'waiting', 'broken', 'done')),
            state_reason TEXT NOT NULL DEFAULT '', cursor TEXT NOT NULL DEFAULT '{}', first_look_done INTEGER NOT NULL DEFAULT 0,
            next_look_at TEXT NOT NULL, last_look_at TEXT, last_success_at TEXT, failures INTEGER NOT NULL DEFAULT 0,
            last_error TEXT, created_at TEXT NOT NULL, UNIQUE (kind, target)
        ) STRICT""",
        "CREATE INDEX watch_due ON watch (state, next_look_at)",
        # What a feed has shown us, so that an entry passed over once is not new the next time.
        """CREATE TABLE feed_entry (
            watch_id INTEGER NOT NULL REFERENCES watch ON DELETE CASCADE, entry_id TEXT NOT NULL, seen_at TEXT NOT NULL,
            PRIMARY KEY (watch_id, entry_id)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE gap (
            id INTEGER PRIMARY KEY, watch_id INTEGER NOT NULL REFERENCES watch ON DELETE CASCADE, reason TEXT NOT NULL, detail TEXT NOT NULL,
            began_at TEXT NOT NULL, ended_at TEXT
        ) STRICT""",
        "CREATE UNIQUE INDEX gap_open ON gap (watch_id, reason) WHERE ended_at IS NULL",
    )


@migrations()
def m004_posts(db: Database) -> None:
    """Posts, their versions, our looks at them, and their media."""
    run(
        db,
        """CREATE TABLE post (
            id INTEGER PRIMARY KEY, platform TEXT NOT NULL, post_id TEXT NOT NULL, account_id INTEGER NOT NULL REFERENCES account,
            url TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('post', 'reply', 'quote', 'repost')), latest_version_id TEXT NOT NULL,
            language TEXT, sensitive INTEGER NOT NULL DEFAULT 0, posted_at TEXT, id_time TEXT, editable_until TEXT, seen_at TEXT NOT NULL,
            found_by TEXT NOT NULL, UNIQUE (platform, post_id)
        ) STRICT""",
        "CREATE INDEX post_by_account ON post (account_id, posted_at)",
        "CREATE INDEX post_by_seen ON post (seen_at)",
        """CREATE TABLE post_version (
            id INTEGER PRIMARY KEY, post INTEGER NOT NULL REFERENCES post (id), platform TEXT NOT NULL, version_id TEXT NOT NULL,
            text_sha256 TEXT NOT NULL, raw_sha256 TEXT NOT NULL, posted_at TEXT, seen_at TEXT NOT NULL, UNIQUE (platform, version_id)
        ) STRICT""",
        "CREATE INDEX post_version_by_post ON post_version (post)",
        "CREATE INDEX post_version_by_text ON post_version (text_sha256)",
        # Ids of an edit chain other than the first: any of them may be cited.
        """CREATE TABLE post_chain (
            platform TEXT NOT NULL, version_id TEXT NOT NULL, post INTEGER NOT NULL REFERENCES post (id), PRIMARY KEY (platform, version_id)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE post_reference (
            post INTEGER NOT NULL REFERENCES post (id), kind TEXT NOT NULL, post_id TEXT NOT NULL, PRIMARY KEY (post, kind, post_id)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE observation (
            id INTEGER PRIMARY KEY, platform TEXT NOT NULL, post_id TEXT NOT NULL, method TEXT NOT NULL, at TEXT NOT NULL,
            seen TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '', raw_sha256 TEXT, metrics TEXT NOT NULL DEFAULT '{}',
            capture_id INTEGER REFERENCES capture
        ) STRICT""",
        "CREATE INDEX observation_by_post ON observation (platform, post_id, at)",
        """CREATE TABLE object (
            sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, kind TEXT NOT NULL, mime TEXT NOT NULL, extension TEXT NOT NULL,
            duration_s REAL, width INTEGER, height INTEGER, video_codec TEXT, audio_codec TEXT, damaged TEXT, kept_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE media (
            id INTEGER PRIMARY KEY AUTOINCREMENT, post INTEGER NOT NULL REFERENCES post (id), key TEXT NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL,
            url TEXT, preview_url TEXT, variants TEXT NOT NULL DEFAULT '[]', duration_s REAL, width INTEGER, height INTEGER, alt_text TEXT,
            state TEXT NOT NULL CHECK (state IN ('queued', 'kept', 'failed', 'too_large', 'gone')), reason TEXT NOT NULL DEFAULT '',
            sha256 TEXT REFERENCES object, capture_id INTEGER REFERENCES capture, updated_at TEXT NOT NULL, UNIQUE (post, key)
        ) STRICT""",
        "CREATE INDEX media_by_object ON media (sha256)",
        """CREATE TABLE derivative (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, from_sha256 TEXT NOT NULL REFERENCES object (sha256),
            to_sha256 TEXT NOT NULL REFERENCES object (sha256), tool TEXT NOT NULL, arguments TEXT NOT NULL, at TEXT NOT NULL,
            UNIQUE (kind, from_sha256, to_sha256)
        ) STRICT""",
        *append_only(("post_version", "observation", "derivative")),
    )


@migrations()
def m005_articles(db: Database) -> None:
    """Articles, their versions, what they cite, and the links to posts."""
    run(
        db,
        """CREATE TABLE article (
            id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT, authors TEXT NOT NULL DEFAULT '[]', publisher TEXT NOT NULL DEFAULT '',
            desk TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '[]', own INTEGER NOT NULL DEFAULT 0, language TEXT,
            status TEXT NOT NULL DEFAULT 'published' CHECK (status IN ('draft', 'published', 'withdrawn')),
            published_at TEXT, modified_at TEXT, seen_at TEXT NOT NULL, last_read_at TEXT, feed_watch_id INTEGER REFERENCES watch,
            etag TEXT, last_modified TEXT, warnings TEXT NOT NULL DEFAULT '[]'
        ) STRICT""",
        "CREATE INDEX article_by_seen ON article (seen_at)",
        # Other addresses that led to the article: from feeds, redirects, watches.
        """CREATE TABLE article_address (
            url TEXT PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES article, seen_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE article_version (
            id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES article, n INTEGER NOT NULL, text_sha256 TEXT NOT NULL,
            reading_sha256 TEXT NOT NULL, body_sha256 TEXT NOT NULL, warc_sha256 TEXT NOT NULL REFERENCES object (sha256),
            capture_id INTEGER NOT NULL REFERENCES capture, seen_at TEXT NOT NULL, UNIQUE (article_id, n)
        ) STRICT""",
        "CREATE INDEX article_version_by_text ON article_version (text_sha256)",
        """CREATE TABLE citation (
            id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES article, key TEXT NOT NULL, platform TEXT NOT NULL,
            cited_post_id TEXT, url TEXT, kind TEXT NOT NULL, handle TEXT, confidence REAL NOT NULL, reason TEXT NOT NULL DEFAULT '',
            first_version INTEGER NOT NULL, last_version INTEGER NOT NULL, seen_at TEXT NOT NULL, UNIQUE (article_id, key)
        ) STRICT""",
        "CREATE INDEX citation_by_post ON citation (platform, cited_post_id)",
        """CREATE TABLE citation_place (
            citation_id INTEGER NOT NULL REFERENCES citation, version INTEGER NOT NULL, n INTEGER NOT NULL, paragraph INTEGER,
            place TEXT NOT NULL, kind TEXT NOT NULL, form TEXT NOT NULL, text_sha256 TEXT NOT NULL, PRIMARY KEY (citation_id, version, n)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE link (
            citation_id INTEGER PRIMARY KEY REFERENCES citation, post INTEGER REFERENCES post (id),
            state TEXT NOT NULL CHECK (state IN ('confirmed', 'suggested', 'unresolved')), score REAL, evidence TEXT NOT NULL DEFAULT '{}',
            updated_at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX link_by_post ON link (post)",
        """CREATE TABLE link_decision (
            id INTEGER PRIMARY KEY, citation_id INTEGER NOT NULL REFERENCES citation, post INTEGER REFERENCES post (id),
            decision TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT""",
        *append_only(("article_version", "citation_place", "link_decision")),
    )


@migrations()
def m006_work(db: Database) -> None:
    """Jobs, alerts, deliveries and spend."""
    run(
        db,
        """CREATE TABLE job (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, open_key TEXT UNIQUE, payload TEXT NOT NULL DEFAULT '{}',
            host TEXT NOT NULL DEFAULT '', priority INTEGER NOT NULL DEFAULT 5, state TEXT NOT NULL DEFAULT 'queued'
            CHECK (state IN ('queued', 'leased', 'done', 'failed')), attempts INTEGER NOT NULL DEFAULT 0, not_before TEXT NOT NULL,
            lease_until TEXT, owner TEXT, last_error TEXT, created_at TEXT NOT NULL, finished_at TEXT
        ) STRICT""",
        "CREATE INDEX job_due ON job (state, not_before, priority)",
        """CREATE TABLE schedule_event (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, task TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE alert (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, priority TEXT NOT NULL CHECK (priority IN ('flash', 'urgent', 'normal', 'info')),
            dedup_key TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, payload TEXT NOT NULL, created_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX alert_by_time ON alert (created_at)",
        """CREATE TABLE delivery (
            id INTEGER PRIMARY KEY, alert_id TEXT NOT NULL REFERENCES alert, channel TEXT NOT NULL, step INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL CHECK (state IN ('pending', 'leased', 'sent', 'failed', 'dead', 'suppressed')),
            not_before TEXT NOT NULL, lease_until TEXT, attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT, sent_at TEXT,
            UNIQUE (alert_id, channel, step)
        ) STRICT""",
        "CREATE INDEX delivery_due ON delivery (state, not_before)",
        """CREATE TABLE spend (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, day TEXT NOT NULL, provider TEXT NOT NULL, endpoint TEXT NOT NULL, purpose TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('reserved', 'settled', 'abandoned')), reserved_micro INTEGER NOT NULL,
            settled_micro INTEGER NOT NULL DEFAULT 0, posts INTEGER NOT NULL DEFAULT 0, users INTEGER NOT NULL DEFAULT 0, settled_at TEXT
        ) STRICT""",
        "CREATE INDEX spend_by_day ON spend (day)",
        """CREATE TABLE billed (
            day TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, spend_id INTEGER NOT NULL REFERENCES spend, PRIMARY KEY (day, kind, id)
        ) STRICT, WITHOUT ROWID""",
    )
