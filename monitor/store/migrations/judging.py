"""Steps 15 to 20: suggested links, the desk and its people, telling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store.migrations.base import append_only, migrations, run

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations()
def m015_suggestions(db: Database) -> None:
    """Posts that articles seem to speak of in words only, what people said of them, and what that taught."""
    run(
        db,
        # `citation_id` is the mention that it answers; NULL where no sentence of the article names the platform.
        """CREATE TABLE suggestion (
            id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES article, post INTEGER NOT NULL REFERENCES post (id),
            citation_id INTEGER REFERENCES citation, version INTEGER NOT NULL, score REAL NOT NULL,
            level TEXT NOT NULL CHECK (level IN ('strong', 'weak')), paragraph INTEGER, evidence TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'rejected')), made_at TEXT NOT NULL,
            updated_at TEXT NOT NULL, UNIQUE (article_id, post)
        ) STRICT""",
        "CREATE INDEX suggestion_by_post ON suggestion (post)",
        "CREATE INDEX suggestion_by_citation ON suggestion (citation_id)",
        "CREATE INDEX suggestion_open ON suggestion (level, score) WHERE state = 'open'",
        # The evidence as it was shown is content under its SHA-256, so that it can be purged with the post.
        """CREATE TABLE judgement (
            id INTEGER PRIMARY KEY, suggestion_id INTEGER NOT NULL, article_id INTEGER NOT NULL REFERENCES article,
            post INTEGER NOT NULL REFERENCES post (id), citation_id INTEGER REFERENCES citation,
            decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'rejected', 'undone')), actor TEXT NOT NULL, reason TEXT NOT NULL,
            score REAL NOT NULL, level TEXT NOT NULL, evidence_sha256 TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX judgement_by_pair ON judgement (article_id, post)",
        "CREATE INDEX judgement_by_post ON judgement (post)",
        *append_only(("judgement",)),
        # `name` as link/names.py writes names plainly, `written` as the article wrote it.
        """CREATE TABLE learned_alias (
            account_id INTEGER NOT NULL REFERENCES account, name TEXT NOT NULL, written TEXT NOT NULL,
            judgement_id INTEGER NOT NULL REFERENCES judgement, PRIMARY KEY (account_id, name)
        ) STRICT, WITHOUT ROWID""",
        # Which version of an article was last scored, and up to which row of `post`; `wanted` asks for another time.
        """CREATE TABLE article_scoring (
            article_id INTEGER PRIMARY KEY REFERENCES article, version INTEGER NOT NULL DEFAULT 0, post_mark INTEGER NOT NULL DEFAULT 0,
            wanted INTEGER NOT NULL DEFAULT 1, scored_at TEXT, searched_at TEXT
        ) STRICT""",
        "CREATE INDEX article_scoring_wanted ON article_scoring (article_id) WHERE wanted",
        "INSERT INTO article_scoring (article_id) SELECT id FROM article",
        # How far the ledger's rows have been taken in: 'post', 'account_handle'.
        "CREATE TABLE scoring_mark (name TEXT PRIMARY KEY, row INTEGER NOT NULL) STRICT, WITHOUT ROWID",
        # What accounts are looked up by: the keys of their names and handles (link/accounts.py).
        """CREATE TABLE account_key (
            key TEXT NOT NULL, account_id INTEGER NOT NULL REFERENCES account, PRIMARY KEY (key, account_id)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX post_by_time ON post (coalesce(posted_at, id_time))",
        "CREATE INDEX article_by_publication ON article (published_at)",
        "CREATE VIRTUAL TABLE wording_word USING fts5vocab(wording_fts, 'row')",
    )


@migrations()
def m016_desk(db: Database) -> None:
    """Who may come to the desk, how they came in, and what they did there."""
    run(
        db,
        """CREATE TABLE person (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, shown_name TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('viewer', 'verifier', 'editor', 'archivist', 'admin')), active INTEGER NOT NULL DEFAULT 1,
            password_hash TEXT, totp_nonce TEXT, totp_last INTEGER NOT NULL DEFAULT 0, oidc_subject TEXT UNIQUE,
            preferences TEXT NOT NULL DEFAULT '{}', created_at TEXT NOT NULL, created_by TEXT NOT NULL
        ) STRICT""",
        # person_id NULL: whoever opens it becomes the first administrator.
        """CREATE TABLE entry_link (
            secret_sha256 TEXT PRIMARY KEY, person_id INTEGER REFERENCES person, created_by TEXT NOT NULL, created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL, used_at TEXT
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE desk_session (
            id INTEGER PRIMARY KEY, secret_sha256 TEXT NOT NULL UNIQUE, person_id INTEGER NOT NULL REFERENCES person, browser TEXT NOT NULL,
            address TEXT NOT NULL, created_at TEXT NOT NULL, seen_at TEXT NOT NULL, ended_at TEXT, ended_why TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        "CREATE INDEX desk_session_by_person ON desk_session (person_id)",
        """CREATE TABLE api_token (
            id TEXT PRIMARY KEY, secret_sha256 TEXT NOT NULL, name TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('viewer', 'verifier', 'editor', 'archivist', 'admin')), scopes TEXT NOT NULL,
            created_by TEXT NOT NULL, created_at TEXT NOT NULL, expires_at TEXT, last_used_at TEXT, revoked_at TEXT
        ) STRICT, WITHOUT ROWID""",
        # Only failures: what a login limit counts.
        "CREATE TABLE login_failure (id INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, at TEXT NOT NULL) STRICT",
        "CREATE INDEX login_failure_by_time ON login_failure (at)",
        """CREATE TABLE audit (
            seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL,
            detail TEXT NOT NULL DEFAULT '{}', address TEXT NOT NULL DEFAULT '', request TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        "CREATE INDEX audit_by_object ON audit (object, seq)",
        *append_only(("audit",)),
        """CREATE TABLE request_once (
            actor TEXT NOT NULL, key TEXT NOT NULL, request_sha256 TEXT NOT NULL, status INTEGER, answer TEXT, at TEXT NOT NULL,
            PRIMARY KEY (actor, key)
        ) STRICT, WITHOUT ROWID""",
        "CREATE TABLE desk_state (name TEXT PRIMARY KEY, value TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID",
    )


@migrations()
def m017_telling(db: Database) -> None:
    """Who heard of what, when and why: bundles of deliveries, acknowledgements, mutes, channels that fail, saved searches."""
    run(
        db,
        # `facets` is what rules saw of the fact, for dry runs; `about` what the alert is about, the same for all that follows.
        "ALTER TABLE alert ADD COLUMN facets TEXT NOT NULL DEFAULT '{}'",
        "ALTER TABLE alert ADD COLUMN rules TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE alert ADD COLUMN about TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE alert ADD COLUMN happened_at TEXT",
        "ALTER TABLE alert ADD COLUMN acked_at TEXT",
        "ALTER TABLE alert ADD COLUMN acked_by TEXT",
        "ALTER TABLE alert ADD COLUMN snoozed_until TEXT",
        "ALTER TABLE alert ADD COLUMN resolved_at TEXT",
        "CREATE INDEX alert_by_about ON alert (about, n)",
        # Several deliveries over one channel that go out as one message, under the bundle's id.
        """CREATE TABLE bundle (
            id TEXT PRIMARY KEY, channel TEXT NOT NULL,
            slot TEXT NOT NULL CHECK (slot IN ('group', 'hourly', 'daily', 'quiet', 'storm', 'backlog')),
            opened_at TEXT NOT NULL, closes_at TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX bundle_open ON bundle (channel, slot, closes_at) WHERE attempts = 0",
        # `planned_at` is when it was meant to go, `held` why not at once.
        "ALTER TABLE delivery ADD COLUMN queued_at TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE delivery ADD COLUMN planned_at TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE delivery ADD COLUMN held TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE delivery ADD COLUMN bundle_id TEXT REFERENCES bundle",
        "CREATE INDEX delivery_by_channel ON delivery (channel, queued_at)",
        "CREATE INDEX delivery_by_bundle ON delivery (bundle_id) WHERE bundle_id IS NOT NULL",
        # `address_sha256` lets a channel that was switched off (410) come back with a new address.
        """CREATE TABLE channel_state (
            channel TEXT PRIMARY KEY, address_sha256 TEXT NOT NULL, failing_since TEXT, failures INTEGER NOT NULL DEFAULT 0,
            last_error TEXT, last_sent_at TEXT, disabled_at TEXT, disabled_why TEXT NOT NULL DEFAULT ''
        ) STRICT, WITHOUT ROWID""",
        # What is wrong with us: told once when it begins, and to the same people when it ends.
        """CREATE TABLE trouble (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL, since TEXT NOT NULL, alert_id TEXT,
            ended_at TEXT
        ) STRICT""",
        "CREATE UNIQUE INDEX trouble_open ON trouble (key) WHERE ended_at IS NULL",
        """CREATE TABLE mute (
            id INTEGER PRIMARY KEY,
            what TEXT NOT NULL CHECK (what IN ('rule', 'kind', 'account', 'tag', 'article', 'publisher', 'desk', 'about', 'channel')),
            value TEXT NOT NULL, until TEXT, reason TEXT NOT NULL DEFAULT '', actor TEXT NOT NULL, at TEXT NOT NULL, ended_at TEXT,
            ended_by TEXT
        ) STRICT""",
        "CREATE INDEX mute_open ON mute (what, value) WHERE ended_at IS NULL",
        """CREATE TABLE alert_act (
            id INTEGER PRIMARY KEY, alert_id TEXT NOT NULL REFERENCES alert, act TEXT NOT NULL CHECK (act IN ('ack', 'snooze', 'replay')),
            actor TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '', at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX alert_act_by_alert ON alert_act (alert_id)",
        # `tag` is what the ids of its feed begin with: they must never change, whatever the home is called later.
        """CREATE TABLE saved_search (
            name TEXT PRIMARY KEY, words TEXT NOT NULL, type TEXT NOT NULL CHECK (type IN ('', 'post', 'article')), tag TEXT NOT NULL,
            actor TEXT NOT NULL, created_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID""",
        *append_only(("alert_act",)),
    )


@migrations()
def m018_claims(db: Database) -> None:
    """Each suggestion's own claim to its post, and articles whose suggestions are told to nobody: those of a first look."""
    run(
        db,
        "ALTER TABLE suggestion ADD COLUMN odds REAL NOT NULL DEFAULT 0",
        "ALTER TABLE article_scoring ADD COLUMN silent INTEGER NOT NULL DEFAULT 0",
    )


@migrations()
def m019_columns(db: Database) -> None:
    """Searches that people keep, and what they have put aside."""
    run(
        db,
        """CREATE TABLE wall_column (
            id INTEGER PRIMARY KEY, owner INTEGER NOT NULL REFERENCES person, name TEXT NOT NULL, wanted TEXT NOT NULL,
            on_wall INTEGER NOT NULL DEFAULT 0, feed_sha256 TEXT UNIQUE, created_at TEXT NOT NULL, UNIQUE (owner, name)
        ) STRICT""",
        """CREATE TABLE put_aside (
            person_id INTEGER NOT NULL REFERENCES person, subject TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (person_id, subject)
        ) STRICT, WITHOUT ROWID""",
    )


@migrations()
def m020_needs(db: Database) -> None:
    """What the desk's first page asks for, along an index each: posts that are gone, posts that were edited."""
    run(
        db,
        "CREATE INDEX sight_gone ON sight (since) WHERE state IN ('gone', 'suspect')",
        "CREATE INDEX post_edited ON post (id) WHERE latest_version_id != post_id",
    )
