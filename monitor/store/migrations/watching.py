"""Steps 7 to 14: what came by hand, manners towards hosts, observing, retention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.store.migrations.base import append_only, migrations, run

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations()
def m007_received(db: Database) -> None:
    """Material that came by hand, apart from what we captured."""
    run(
        db,
        """CREATE TABLE received (
            id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES object (sha256), said_to_be TEXT NOT NULL, platform TEXT, post_id TEXT,
            from_whom TEXT NOT NULL, note TEXT NOT NULL, file_name TEXT NOT NULL, received_at TEXT NOT NULL, agent TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX received_by_post ON received (platform, post_id)",
        "CREATE INDEX received_by_object ON received (sha256)",
        *append_only(("received",)),
    )


@migrations()
def m008_politeness(db: Database) -> None:
    """What sites ask of us, and what we therefore did not read."""
    run(
        db,
        # `body` is what the rules are read from ('' where a site has none); `expires_at` is when it is asked for again.
        """CREATE TABLE robots (
            origin TEXT PRIMARY KEY, body TEXT NOT NULL DEFAULT '', good_at TEXT, expires_at TEXT NOT NULL, failing_since TEXT,
            error TEXT NOT NULL DEFAULT ''
        ) STRICT, WITHOUT ROWID""",
        # `host` is "host:port": it asked us to come back no sooner.
        "CREATE TABLE host_wait (host TEXT PRIMARY KEY, until TEXT NOT NULL, why TEXT NOT NULL) STRICT, WITHOUT ROWID",
        # What a list named and we did not read; `ended_at` is set when it was read, or queued, after all.
        """CREATE TABLE left_out (
            id INTEGER PRIMARY KEY, site TEXT NOT NULL, url TEXT NOT NULL, watch_id INTEGER REFERENCES watch ON DELETE SET NULL,
            reason TEXT NOT NULL, detail TEXT NOT NULL, silent INTEGER NOT NULL DEFAULT 0, first_at TEXT NOT NULL, last_at TEXT NOT NULL,
            ended_at TEXT
        ) STRICT""",
        "CREATE UNIQUE INDEX left_out_open ON left_out (url, reason, coalesce(watch_id, 0)) WHERE ended_at IS NULL",
        "CREATE INDEX left_out_by_site ON left_out (site) WHERE ended_at IS NULL",
    )


@migrations()
def m009_lists(db: Database) -> None:
    """Lists of every kind: their patterns, the parts they consist of, and when an entry changed."""
    run(
        db,
        # `list_kind` is what the operator forces; '' lets the content tell.
        "ALTER TABLE watch ADD COLUMN list_kind TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE watch ADD COLUMN pattern TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE feed_entry ADD COLUMN change TEXT",
        # A sitemap of an index, or a file of a folder. `listed` is its mark of change as its list last told it, `read` the
        # one it had when it was last read; `old` says that a first look passed it over as too old.
        """CREATE TABLE feed_part (
            watch_id INTEGER NOT NULL REFERENCES watch ON DELETE CASCADE, url TEXT NOT NULL, parent TEXT NOT NULL DEFAULT '',
            listed TEXT NOT NULL DEFAULT '', read TEXT, old INTEGER NOT NULL DEFAULT 0, etag TEXT, last_modified TEXT, read_at TEXT,
            not_before TEXT, PRIMARY KEY (watch_id, url)
        ) STRICT, WITHOUT ROWID""",
    )


@migrations()
def m010_observing(db: Database) -> None:
    """What is observed, what each look saw in which circumstances, and every verdict that there was."""
    run(
        db,
        # `shown` is the look in our own words, `author` the author's state in that minute, `control` a post seen live beside it.
        "ALTER TABLE observation ADD COLUMN shown TEXT",
        "ALTER TABLE observation ADD COLUMN author TEXT",
        "ALTER TABLE observation ADD COLUMN control TEXT",
        """CREATE TABLE sight (
            id INTEGER PRIMARY KEY, platform TEXT NOT NULL, post_id TEXT NOT NULL, url TEXT, post INTEGER REFERENCES post (id),
            state TEXT NOT NULL DEFAULT 'unknown' CHECK (state IN ('available', 'suspect', 'gone', 'restored', 'unknown')),
            reason TEXT, since TEXT, evidence TEXT NOT NULL DEFAULT '', before_us INTEGER NOT NULL DEFAULT 0,
            pinned INTEGER NOT NULL DEFAULT 0, cited_at TEXT NOT NULL, last_look_at TEXT, next_look_at TEXT NOT NULL,
            misses INTEGER NOT NULL DEFAULT 0, UNIQUE (platform, post_id)
        ) STRICT""",
        "CREATE INDEX sight_due ON sight (next_look_at)",
        "CREATE INDEX sight_by_post ON sight (post)",
        """CREATE TABLE sight_verdict (
            id INTEGER PRIMARY KEY, platform TEXT NOT NULL, post_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, since TEXT NOT NULL,
            evidence TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX sight_verdict_by_post ON sight_verdict (platform, post_id)",
        *append_only(("sight_verdict",)),
    )


@migrations()
def m011_turns(db: Database) -> None:
    """The queue in the order of its turns: a long one (a whole site's articles) costs a claim nothing."""
    run(
        db,
        "CREATE INDEX job_by_turn ON job (priority, not_before, id, host, kind) WHERE state = 'queued'",
    )


@migrations()
def m012_dates_and_notes(db: Database) -> None:
    """How exactly an article tells its dates, and its publisher's notes of correction."""
    run(
        db,
        "ALTER TABLE article ADD COLUMN published_precision TEXT",
        "ALTER TABLE article ADD COLUMN modified_precision TEXT",
        "ALTER TABLE article ADD COLUMN corrections TEXT NOT NULL DEFAULT '[]'",
    )


@migrations()
def m013_retention(db: Database) -> None:
    """What must stay, what waits for somebody's decision, and what went."""
    run(
        db,
        # '' takes what the settings say; see watching/retention.py.
        "ALTER TABLE watch ADD COLUMN retention TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE object ADD COLUMN purged_at TEXT",
        """CREATE TABLE hold (
            id INTEGER PRIMARY KEY, post INTEGER NOT NULL REFERENCES post (id), reason TEXT NOT NULL, person TEXT NOT NULL, until TEXT,
            at TEXT NOT NULL, released_at TEXT, released_by TEXT, release_reason TEXT NOT NULL DEFAULT ''
        ) STRICT""",
        "CREATE INDEX hold_open ON hold (post) WHERE released_at IS NULL",
        """CREATE TABLE decision (
            id INTEGER PRIMARY KEY, post INTEGER NOT NULL REFERENCES post (id),
            kind TEXT NOT NULL CHECK (kind IN ('deleted-upstream', 'takedown', 'erasure', 'review')), detail TEXT NOT NULL DEFAULT '',
            opened_at TEXT NOT NULL, due_at TEXT NOT NULL, outcome TEXT CHECK (outcome IN ('kept', 'purged')), person TEXT,
            reason TEXT NOT NULL DEFAULT '', decided_at TEXT
        ) STRICT""",
        "CREATE UNIQUE INDEX decision_open ON decision (post, kind) WHERE outcome IS NULL",
        """CREATE TABLE tombstone (
            id INTEGER PRIMARY KEY, post INTEGER NOT NULL REFERENCES post (id), what TEXT NOT NULL CHECK (what IN ('media', 'everything')),
            reason TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX tombstone_by_post ON tombstone (post)",
        *append_only(("tombstone",)),
    )


@migrations()
def m014_order_of_alerts(db: Database) -> None:
    """Alerts in the order in which they were written: many are of one moment."""
    run(
        db,
        "ALTER TABLE alert ADD COLUMN n INTEGER NOT NULL DEFAULT 0",
        "CREATE INDEX alert_by_n ON alert (n)",
    )
