-- Generated from monitor/store/migrations by `make docs`; a test keeps it current.

CREATE TABLE content (
            sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, codec TEXT NOT NULL CHECK (codec IN ('zlib', 'plain')), bytes BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

CREATE TABLE wording (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT;

CREATE VIRTUAL TABLE wording_fts USING fts5 (
            text, content='wording', content_rowid='id', tokenize="unicode61 remove_diacritics 2");

CREATE TABLE capture (
            id INTEGER PRIMARY KEY, subject TEXT NOT NULL, method TEXT NOT NULL, url_asked TEXT NOT NULL, url_final TEXT NOT NULL,
            status INTEGER, headers TEXT NOT NULL, body_sha256 TEXT, body_size INTEGER NOT NULL, file_sha256 TEXT, outcome TEXT NOT NULL,
            error TEXT, tools TEXT NOT NULL, asked_by TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT NOT NULL
        ) STRICT;

CREATE TABLE answer (
            body_sha256 TEXT PRIMARY KEY, glue_sha256 TEXT NOT NULL, parts INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

CREATE TABLE answer_part (
            body_sha256 TEXT NOT NULL REFERENCES answer, n INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT NOT NULL,
            PRIMARY KEY (body_sha256, n)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE custody_event (
            seq INTEGER PRIMARY KEY, subject TEXT NOT NULL, ssn INTEGER NOT NULL, body BLOB NOT NULL, leaf BLOB NOT NULL,
            UNIQUE (subject, ssn)
        ) STRICT;

CREATE TABLE account (
            id INTEGER PRIMARY KEY, platform TEXT NOT NULL, platform_id TEXT NOT NULL, handle TEXT, name TEXT, url TEXT,
            protected INTEGER NOT NULL DEFAULT 0, created_at TEXT, first_seen_at TEXT NOT NULL, last_seen_at TEXT NOT NULL,
            UNIQUE (platform, platform_id)
        ) STRICT;

CREATE TABLE account_handle (
            id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account, handle TEXT NOT NULL, name TEXT,
            first_seen_at TEXT NOT NULL, UNIQUE (account_id, handle, name, first_seen_at)
        ) STRICT;

CREATE TABLE watch (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('account', 'feed', 'article', 'post')), platform TEXT NOT NULL,
            target TEXT NOT NULL, url TEXT, handle TEXT, post_id TEXT, account_id INTEGER REFERENCES account,
            every_seconds INTEGER NOT NULL CHECK (every_seconds >= 1), tags TEXT NOT NULL DEFAULT '[]', desk TEXT NOT NULL DEFAULT '',
            purpose TEXT NOT NULL DEFAULT '', backfill TEXT NOT NULL DEFAULT '24h', tell_backfill INTEGER NOT NULL DEFAULT 0,
            replies INTEGER NOT NULL DEFAULT 0, reposts INTEGER NOT NULL DEFAULT 0, own INTEGER NOT NULL DEFAULT 0,
            origin TEXT NOT NULL CHECK (origin IN ('file', 'cli', 'desk', 'citation')), origin_place TEXT NOT NULL DEFAULT '',
            state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'waiting', 'broken', 'done')),
            state_reason TEXT NOT NULL DEFAULT '', cursor TEXT NOT NULL DEFAULT '{}', first_look_done INTEGER NOT NULL DEFAULT 0,
            next_look_at TEXT NOT NULL, last_look_at TEXT, last_success_at TEXT, failures INTEGER NOT NULL DEFAULT 0,
            last_error TEXT, created_at TEXT NOT NULL, list_kind TEXT NOT NULL DEFAULT '', pattern TEXT NOT NULL DEFAULT '', retention TEXT NOT NULL DEFAULT '', UNIQUE (kind, target)
        ) STRICT;

CREATE TABLE feed_entry (
            watch_id INTEGER NOT NULL REFERENCES watch ON DELETE CASCADE, entry_id TEXT NOT NULL, seen_at TEXT NOT NULL, change TEXT,
            PRIMARY KEY (watch_id, entry_id)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE gap (
            id INTEGER PRIMARY KEY, watch_id INTEGER NOT NULL REFERENCES watch ON DELETE CASCADE, reason TEXT NOT NULL, detail TEXT NOT NULL,
            began_at TEXT NOT NULL, ended_at TEXT
        ) STRICT;

CREATE TABLE post (
            id INTEGER PRIMARY KEY, platform TEXT NOT NULL, post_id TEXT NOT NULL, account_id INTEGER NOT NULL REFERENCES account,
            url TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('post', 'reply', 'quote', 'repost')), latest_version_id TEXT NOT NULL,
            language TEXT, sensitive INTEGER NOT NULL DEFAULT 0, posted_at TEXT, id_time TEXT, editable_until TEXT, seen_at TEXT NOT NULL,
            found_by TEXT NOT NULL, UNIQUE (platform, post_id)
        ) STRICT;

CREATE TABLE post_version (
            id INTEGER PRIMARY KEY, post INTEGER NOT NULL REFERENCES post (id), platform TEXT NOT NULL, version_id TEXT NOT NULL,
            text_sha256 TEXT NOT NULL, raw_sha256 TEXT NOT NULL, posted_at TEXT, seen_at TEXT NOT NULL, UNIQUE (platform, version_id)
        ) STRICT;

CREATE TABLE post_chain (
            platform TEXT NOT NULL, version_id TEXT NOT NULL, post INTEGER NOT NULL REFERENCES post (id), PRIMARY KEY (platform, version_id)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE post_reference (
            post INTEGER NOT NULL REFERENCES post (id), kind TEXT NOT NULL, post_id TEXT NOT NULL, PRIMARY KEY (post, kind, post_id)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE observation (
            id INTEGER PRIMARY KEY, platform TEXT NOT NULL, post_id TEXT NOT NULL, method TEXT NOT NULL, at TEXT NOT NULL,
            seen TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '', raw_sha256 TEXT, metrics TEXT NOT NULL DEFAULT '{}',
            capture_id INTEGER REFERENCES capture
        , shown TEXT, author TEXT, control TEXT) STRICT;

CREATE TABLE object (
            sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, kind TEXT NOT NULL, mime TEXT NOT NULL, extension TEXT NOT NULL,
            duration_s REAL, width INTEGER, height INTEGER, video_codec TEXT, audio_codec TEXT, damaged TEXT, kept_at TEXT NOT NULL
        , purged_at TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE media (
            id INTEGER PRIMARY KEY AUTOINCREMENT, post INTEGER NOT NULL REFERENCES post (id), key TEXT NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL,
            url TEXT, preview_url TEXT, variants TEXT NOT NULL DEFAULT '[]', duration_s REAL, width INTEGER, height INTEGER, alt_text TEXT,
            state TEXT NOT NULL CHECK (state IN ('queued', 'kept', 'failed', 'too_large', 'gone')), reason TEXT NOT NULL DEFAULT '',
            sha256 TEXT REFERENCES object, capture_id INTEGER REFERENCES capture, updated_at TEXT NOT NULL, UNIQUE (post, key)
        ) STRICT;

CREATE TABLE derivative (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, from_sha256 TEXT NOT NULL REFERENCES object (sha256),
            to_sha256 TEXT NOT NULL REFERENCES object (sha256), tool TEXT NOT NULL, arguments TEXT NOT NULL, at TEXT NOT NULL,
            UNIQUE (kind, from_sha256, to_sha256)
        ) STRICT;

CREATE TABLE article (
            id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, title TEXT, authors TEXT NOT NULL DEFAULT '[]', publisher TEXT NOT NULL DEFAULT '',
            desk TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '[]', own INTEGER NOT NULL DEFAULT 0, language TEXT,
            status TEXT NOT NULL DEFAULT 'published' CHECK (status IN ('draft', 'published', 'withdrawn')),
            published_at TEXT, modified_at TEXT, seen_at TEXT NOT NULL, last_read_at TEXT, feed_watch_id INTEGER REFERENCES watch,
            etag TEXT, last_modified TEXT, warnings TEXT NOT NULL DEFAULT '[]'
        , published_precision TEXT, modified_precision TEXT, corrections TEXT NOT NULL DEFAULT '[]', flagged TEXT NOT NULL DEFAULT '', next_read_at TEXT) STRICT;

CREATE TABLE article_address (
            url TEXT PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES article, seen_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

CREATE TABLE article_version (
            id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES article, n INTEGER NOT NULL, text_sha256 TEXT NOT NULL,
            reading_sha256 TEXT NOT NULL, body_sha256 TEXT NOT NULL, warc_sha256 TEXT NOT NULL REFERENCES object (sha256),
            capture_id INTEGER NOT NULL REFERENCES capture, seen_at TEXT NOT NULL, UNIQUE (article_id, n)
        ) STRICT;

CREATE TABLE citation (
            id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES article, key TEXT NOT NULL, platform TEXT NOT NULL,
            cited_post_id TEXT, url TEXT, kind TEXT NOT NULL, handle TEXT, confidence REAL NOT NULL, reason TEXT NOT NULL DEFAULT '',
            first_version INTEGER NOT NULL, last_version INTEGER NOT NULL, seen_at TEXT NOT NULL, UNIQUE (article_id, key)
        ) STRICT;

CREATE TABLE citation_place (
            citation_id INTEGER NOT NULL REFERENCES citation, version INTEGER NOT NULL, n INTEGER NOT NULL, paragraph INTEGER,
            place TEXT NOT NULL, kind TEXT NOT NULL, form TEXT NOT NULL, text_sha256 TEXT NOT NULL, PRIMARY KEY (citation_id, version, n)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE link (
            citation_id INTEGER PRIMARY KEY REFERENCES citation, post INTEGER REFERENCES post (id),
            state TEXT NOT NULL CHECK (state IN ('confirmed', 'suggested', 'unresolved')), score REAL, evidence TEXT NOT NULL DEFAULT '{}',
            updated_at TEXT NOT NULL
        ) STRICT;

CREATE TABLE link_decision (
            id INTEGER PRIMARY KEY, citation_id INTEGER NOT NULL REFERENCES citation, post INTEGER REFERENCES post (id),
            decision TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;

CREATE TABLE job (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, open_key TEXT UNIQUE, payload TEXT NOT NULL DEFAULT '{}',
            host TEXT NOT NULL DEFAULT '', priority INTEGER NOT NULL DEFAULT 5, state TEXT NOT NULL DEFAULT 'queued'
            CHECK (state IN ('queued', 'leased', 'done', 'failed')), attempts INTEGER NOT NULL DEFAULT 0, not_before TEXT NOT NULL,
            lease_until TEXT, owner TEXT, last_error TEXT, created_at TEXT NOT NULL, finished_at TEXT
        ) STRICT;

CREATE TABLE schedule_event (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, task TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL
        ) STRICT;

CREATE TABLE alert (
            id TEXT PRIMARY KEY, kind TEXT NOT NULL, priority TEXT NOT NULL CHECK (priority IN ('flash', 'urgent', 'normal', 'info')),
            dedup_key TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, payload TEXT NOT NULL, created_at TEXT NOT NULL
        , n INTEGER NOT NULL DEFAULT 0, facets TEXT NOT NULL DEFAULT '{}', rules TEXT NOT NULL DEFAULT '[]', about TEXT NOT NULL DEFAULT '', happened_at TEXT, acked_at TEXT, acked_by TEXT, snoozed_until TEXT, resolved_at TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE delivery (
            id INTEGER PRIMARY KEY, alert_id TEXT NOT NULL REFERENCES alert, channel TEXT NOT NULL, step INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL CHECK (state IN ('pending', 'leased', 'sent', 'failed', 'dead', 'suppressed')),
            not_before TEXT NOT NULL, lease_until TEXT, attempts INTEGER NOT NULL DEFAULT 0, last_error TEXT, sent_at TEXT, queued_at TEXT NOT NULL DEFAULT '', planned_at TEXT NOT NULL DEFAULT '', held TEXT NOT NULL DEFAULT '', bundle_id TEXT REFERENCES bundle,
            UNIQUE (alert_id, channel, step)
        ) STRICT;

CREATE TABLE spend (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, day TEXT NOT NULL, provider TEXT NOT NULL, endpoint TEXT NOT NULL, purpose TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('reserved', 'settled', 'abandoned')), reserved_micro INTEGER NOT NULL,
            settled_micro INTEGER NOT NULL DEFAULT 0, posts INTEGER NOT NULL DEFAULT 0, users INTEGER NOT NULL DEFAULT 0, settled_at TEXT
        ) STRICT;

CREATE TABLE billed (
            day TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, spend_id INTEGER NOT NULL REFERENCES spend, PRIMARY KEY (day, kind, id)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE received (
            id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES object (sha256), said_to_be TEXT NOT NULL, platform TEXT, post_id TEXT,
            from_whom TEXT NOT NULL, note TEXT NOT NULL, file_name TEXT NOT NULL, received_at TEXT NOT NULL, agent TEXT NOT NULL
        ) STRICT;

CREATE TABLE robots (
            origin TEXT PRIMARY KEY, body TEXT NOT NULL DEFAULT '', good_at TEXT, expires_at TEXT NOT NULL, failing_since TEXT,
            error TEXT NOT NULL DEFAULT ''
        ) STRICT, WITHOUT ROWID;

CREATE TABLE host_wait (host TEXT PRIMARY KEY, until TEXT NOT NULL, why TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE left_out (
            id INTEGER PRIMARY KEY, site TEXT NOT NULL, url TEXT NOT NULL, watch_id INTEGER REFERENCES watch ON DELETE SET NULL,
            reason TEXT NOT NULL, detail TEXT NOT NULL, silent INTEGER NOT NULL DEFAULT 0, first_at TEXT NOT NULL, last_at TEXT NOT NULL,
            ended_at TEXT
        ) STRICT;

CREATE TABLE feed_part (
            watch_id INTEGER NOT NULL REFERENCES watch ON DELETE CASCADE, url TEXT NOT NULL, parent TEXT NOT NULL DEFAULT '',
            listed TEXT NOT NULL DEFAULT '', read TEXT, old INTEGER NOT NULL DEFAULT 0, etag TEXT, last_modified TEXT, read_at TEXT,
            not_before TEXT, PRIMARY KEY (watch_id, url)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE sight (
            id INTEGER PRIMARY KEY, platform TEXT NOT NULL, post_id TEXT NOT NULL, url TEXT, post INTEGER REFERENCES post (id),
            state TEXT NOT NULL DEFAULT 'unknown' CHECK (state IN ('available', 'suspect', 'gone', 'restored', 'unknown')),
            reason TEXT, since TEXT, evidence TEXT NOT NULL DEFAULT '', before_us INTEGER NOT NULL DEFAULT 0,
            pinned INTEGER NOT NULL DEFAULT 0, cited_at TEXT NOT NULL, last_look_at TEXT, next_look_at TEXT NOT NULL,
            misses INTEGER NOT NULL DEFAULT 0, UNIQUE (platform, post_id)
        ) STRICT;

CREATE TABLE sight_verdict (
            id INTEGER PRIMARY KEY, platform TEXT NOT NULL, post_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, since TEXT NOT NULL,
            evidence TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;

CREATE TABLE hold (
            id INTEGER PRIMARY KEY, post INTEGER NOT NULL REFERENCES post (id), reason TEXT NOT NULL, person TEXT NOT NULL, until TEXT,
            at TEXT NOT NULL, released_at TEXT, released_by TEXT, release_reason TEXT NOT NULL DEFAULT ''
        ) STRICT;

CREATE TABLE decision (
            id INTEGER PRIMARY KEY, post INTEGER NOT NULL REFERENCES post (id),
            kind TEXT NOT NULL CHECK (kind IN ('deleted-upstream', 'takedown', 'erasure', 'review')), detail TEXT NOT NULL DEFAULT '',
            opened_at TEXT NOT NULL, due_at TEXT NOT NULL, outcome TEXT CHECK (outcome IN ('kept', 'purged')), person TEXT,
            reason TEXT NOT NULL DEFAULT '', decided_at TEXT
        ) STRICT;

CREATE TABLE tombstone (
            id INTEGER PRIMARY KEY, post INTEGER NOT NULL REFERENCES post (id), what TEXT NOT NULL CHECK (what IN ('media', 'everything')),
            reason TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;

CREATE TABLE suggestion (
            id INTEGER PRIMARY KEY, article_id INTEGER NOT NULL REFERENCES article, post INTEGER NOT NULL REFERENCES post (id),
            citation_id INTEGER REFERENCES citation, version INTEGER NOT NULL, score REAL NOT NULL,
            level TEXT NOT NULL CHECK (level IN ('strong', 'weak')), paragraph INTEGER, evidence TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'rejected')), made_at TEXT NOT NULL,
            updated_at TEXT NOT NULL, odds REAL NOT NULL DEFAULT 0, UNIQUE (article_id, post)
        ) STRICT;

CREATE TABLE judgement (
            id INTEGER PRIMARY KEY, suggestion_id INTEGER NOT NULL, article_id INTEGER NOT NULL REFERENCES article,
            post INTEGER NOT NULL REFERENCES post (id), citation_id INTEGER REFERENCES citation,
            decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'rejected', 'undone')), actor TEXT NOT NULL, reason TEXT NOT NULL,
            score REAL NOT NULL, level TEXT NOT NULL, evidence_sha256 TEXT NOT NULL, at TEXT NOT NULL
        ) STRICT;

CREATE TABLE learned_alias (
            account_id INTEGER NOT NULL REFERENCES account, name TEXT NOT NULL, written TEXT NOT NULL,
            judgement_id INTEGER NOT NULL REFERENCES judgement, PRIMARY KEY (account_id, name)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE article_scoring (
            article_id INTEGER PRIMARY KEY REFERENCES article, version INTEGER NOT NULL DEFAULT 0, post_mark INTEGER NOT NULL DEFAULT 0,
            wanted INTEGER NOT NULL DEFAULT 1, scored_at TEXT, searched_at TEXT
        , silent INTEGER NOT NULL DEFAULT 0, searched_version INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE scoring_mark (name TEXT PRIMARY KEY, row INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE account_key (
            key TEXT NOT NULL, account_id INTEGER NOT NULL REFERENCES account, PRIMARY KEY (key, account_id)
        ) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE wording_word USING fts5vocab(wording_fts, 'row');

CREATE TABLE person (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, shown_name TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('viewer', 'verifier', 'editor', 'archivist', 'admin')), active INTEGER NOT NULL DEFAULT 1,
            password_hash TEXT, totp_nonce TEXT, totp_last INTEGER NOT NULL DEFAULT 0, oidc_subject TEXT UNIQUE,
            preferences TEXT NOT NULL DEFAULT '{}', created_at TEXT NOT NULL, created_by TEXT NOT NULL
        ) STRICT;

CREATE TABLE entry_link (
            secret_sha256 TEXT PRIMARY KEY, person_id INTEGER REFERENCES person, created_by TEXT NOT NULL, created_at TEXT NOT NULL,
            expires_at TEXT NOT NULL, used_at TEXT
        ) STRICT, WITHOUT ROWID;

CREATE TABLE desk_session (
            id INTEGER PRIMARY KEY, secret_sha256 TEXT NOT NULL UNIQUE, person_id INTEGER NOT NULL REFERENCES person, browser TEXT NOT NULL,
            address TEXT NOT NULL, created_at TEXT NOT NULL, seen_at TEXT NOT NULL, ended_at TEXT, ended_why TEXT NOT NULL DEFAULT ''
        ) STRICT;

CREATE TABLE api_token (
            id TEXT PRIMARY KEY, secret_sha256 TEXT NOT NULL, name TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('viewer', 'verifier', 'editor', 'archivist', 'admin')), scopes TEXT NOT NULL,
            created_by TEXT NOT NULL, created_at TEXT NOT NULL, expires_at TEXT, last_used_at TEXT, revoked_at TEXT
        ) STRICT, WITHOUT ROWID;

CREATE TABLE login_failure (id INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, at TEXT NOT NULL) STRICT;

CREATE TABLE audit (
            seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, object TEXT NOT NULL,
            detail TEXT NOT NULL DEFAULT '{}', address TEXT NOT NULL DEFAULT '', request TEXT NOT NULL DEFAULT ''
        ) STRICT;

CREATE TABLE request_once (
            actor TEXT NOT NULL, key TEXT NOT NULL, request_sha256 TEXT NOT NULL, status INTEGER, answer TEXT, at TEXT NOT NULL,
            PRIMARY KEY (actor, key)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE desk_state (name TEXT PRIMARY KEY, value TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE bundle (
            id TEXT PRIMARY KEY, channel TEXT NOT NULL,
            slot TEXT NOT NULL CHECK (slot IN ('group', 'hourly', 'daily', 'quiet', 'storm', 'backlog')),
            opened_at TEXT NOT NULL, closes_at TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;

CREATE TABLE channel_state (
            channel TEXT PRIMARY KEY, address_sha256 TEXT NOT NULL, failing_since TEXT, failures INTEGER NOT NULL DEFAULT 0,
            last_error TEXT, last_sent_at TEXT, disabled_at TEXT, disabled_why TEXT NOT NULL DEFAULT ''
        ) STRICT, WITHOUT ROWID;

CREATE TABLE trouble (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT NOT NULL, since TEXT NOT NULL, alert_id TEXT,
            ended_at TEXT
        ) STRICT;

CREATE TABLE mute (
            id INTEGER PRIMARY KEY,
            what TEXT NOT NULL CHECK (what IN ('rule', 'kind', 'account', 'tag', 'article', 'publisher', 'desk', 'about', 'channel')),
            value TEXT NOT NULL, until TEXT, reason TEXT NOT NULL DEFAULT '', actor TEXT NOT NULL, at TEXT NOT NULL, ended_at TEXT,
            ended_by TEXT
        ) STRICT;

CREATE TABLE alert_act (
            id INTEGER PRIMARY KEY, alert_id TEXT NOT NULL REFERENCES alert, act TEXT NOT NULL CHECK (act IN ('ack', 'snooze', 'replay')),
            actor TEXT NOT NULL, detail TEXT NOT NULL DEFAULT '', at TEXT NOT NULL
        ) STRICT;

CREATE TABLE saved_search (
            name TEXT PRIMARY KEY, words TEXT NOT NULL, type TEXT NOT NULL CHECK (type IN ('', 'post', 'article')), tag TEXT NOT NULL,
            actor TEXT NOT NULL, created_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

CREATE TABLE wall_column (
            id INTEGER PRIMARY KEY, owner INTEGER NOT NULL REFERENCES person, name TEXT NOT NULL, wanted TEXT NOT NULL,
            on_wall INTEGER NOT NULL DEFAULT 0, feed_sha256 TEXT UNIQUE, created_at TEXT NOT NULL, UNIQUE (owner, name)
        ) STRICT;

CREATE TABLE put_aside (
            person_id INTEGER NOT NULL REFERENCES person, subject TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (person_id, subject)
        ) STRICT, WITHOUT ROWID;

CREATE TABLE case_template (version INTEGER PRIMARY KEY, questions TEXT NOT NULL, made_at TEXT NOT NULL) STRICT;

CREATE TABLE desk_case (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('post', 'citation', 'article')), subject TEXT NOT NULL UNIQUE,
        platform TEXT, post_id TEXT, post INTEGER REFERENCES post (id), citation_id INTEGER REFERENCES citation, article_id INTEGER REFERENCES article,
        title TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'working', 'needs_second', 'decided', 'reopened', 'closed')),
        priority INTEGER NOT NULL DEFAULT 1 CHECK (priority BETWEEN 0 AND 3), assignee TEXT, due_at TEXT,
        outside INTEGER NOT NULL DEFAULT 0 CHECK (outside IN (0, 1)), template INTEGER NOT NULL REFERENCES case_template, opened_by TEXT NOT NULL, opened_at TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1, evidence INTEGER NOT NULL DEFAULT 1, fields INTEGER NOT NULL DEFAULT 1, updated_at TEXT NOT NULL,
        reopened_at TEXT, reopened_why TEXT NOT NULL DEFAULT '',
        urgency TEXT GENERATED ALWAYS AS ((3 - priority) || ' ' || coalesce(due_at, '9999')) VIRTUAL
    ) STRICT;

CREATE TABLE case_answer (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES desk_case, version INTEGER NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, template INTEGER NOT NULL REFERENCES case_template, question TEXT NOT NULL, answer TEXT NOT NULL,
        confidence TEXT NOT NULL CHECK (confidence IN ('high', 'some', 'low', 'not applicable'))
    ) STRICT;

CREATE TABLE case_finding (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES desk_case, version INTEGER NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, note TEXT NOT NULL, url TEXT, sha256 TEXT REFERENCES object,
        from_sha256 TEXT REFERENCES object (sha256), at_seconds REAL, file_name TEXT
    ) STRICT;

CREATE TABLE case_copy (
        id INTEGER PRIMARY KEY, finding_id INTEGER NOT NULL REFERENCES case_finding, state TEXT NOT NULL CHECK (state IN ('kept', 'failed')),
        capture_id INTEGER REFERENCES capture, sha256 TEXT REFERENCES object, reason TEXT NOT NULL DEFAULT '', at TEXT NOT NULL
    ) STRICT;

CREATE TABLE case_place (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES desk_case, version INTEGER NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, latitude REAL NOT NULL CHECK (latitude BETWEEN -90 AND 90),
        longitude REAL NOT NULL CHECK (longitude BETWEEN -180 AND 180), precision_m INTEGER NOT NULL CHECK (precision_m > 0), note TEXT NOT NULL
    ) STRICT;

CREATE TABLE case_upstream (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES desk_case, version INTEGER NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('edited', 'gone', 'restored')), detail TEXT NOT NULL
    ) STRICT;

CREATE TABLE case_comment (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES desk_case, version INTEGER NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL
    ) STRICT;

CREATE TABLE case_right (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES desk_case, version INTEGER NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, holder TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'no answer', 'withdrawn')), licence TEXT NOT NULL, credit TEXT NOT NULL,
        asked_at TEXT, expires_at TEXT, note TEXT NOT NULL
    ) STRICT;

CREATE TABLE case_verdict (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES desk_case, version INTEGER NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, n INTEGER NOT NULL, material TEXT NOT NULL, claim TEXT NOT NULL, claim_text TEXT NOT NULL, codes TEXT NOT NULL,
        context TEXT NOT NULL, original_url TEXT NOT NULL, rationale TEXT NOT NULL, evidence INTEGER NOT NULL, UNIQUE (case_id, n)
    ) STRICT;

CREATE TABLE case_signoff (
        id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES desk_case, version INTEGER NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, verdict_id INTEGER NOT NULL REFERENCES case_verdict, outcome TEXT NOT NULL CHECK (outcome IN ('agree', 'disagree')),
        note TEXT NOT NULL, UNIQUE (verdict_id, person)
    ) STRICT;

CREATE INDEX capture_by_subject ON capture (subject);

CREATE INDEX capture_by_body ON capture (body_sha256);

CREATE INDEX answer_part_by_key ON answer_part (kind, key);

CREATE INDEX account_by_handle ON account (platform, handle COLLATE NOCASE);

CREATE INDEX watch_due ON watch (state, next_look_at);

CREATE UNIQUE INDEX gap_open ON gap (watch_id, reason) WHERE ended_at IS NULL;

CREATE INDEX post_by_account ON post (account_id, posted_at);

CREATE INDEX post_by_seen ON post (seen_at);

CREATE INDEX post_version_by_post ON post_version (post);

CREATE INDEX post_version_by_text ON post_version (text_sha256);

CREATE INDEX observation_by_post ON observation (platform, post_id, at);

CREATE INDEX media_by_object ON media (sha256);

CREATE INDEX article_by_seen ON article (seen_at);

CREATE INDEX article_version_by_text ON article_version (text_sha256);

CREATE INDEX citation_by_post ON citation (platform, cited_post_id);

CREATE INDEX link_by_post ON link (post);

CREATE INDEX job_due ON job (state, not_before, priority);

CREATE INDEX alert_by_time ON alert (created_at);

CREATE INDEX delivery_due ON delivery (state, not_before);

CREATE INDEX spend_by_day ON spend (day);

CREATE INDEX received_by_post ON received (platform, post_id);

CREATE INDEX received_by_object ON received (sha256);

CREATE UNIQUE INDEX left_out_open ON left_out (url, reason, coalesce(watch_id, 0)) WHERE ended_at IS NULL;

CREATE INDEX left_out_by_site ON left_out (site) WHERE ended_at IS NULL;

CREATE INDEX sight_due ON sight (next_look_at);

CREATE INDEX sight_by_post ON sight (post);

CREATE INDEX sight_verdict_by_post ON sight_verdict (platform, post_id);

CREATE INDEX job_by_turn ON job (priority, not_before, id, host, kind) WHERE state = 'queued';

CREATE INDEX hold_open ON hold (post) WHERE released_at IS NULL;

CREATE UNIQUE INDEX decision_open ON decision (post, kind) WHERE outcome IS NULL;

CREATE INDEX tombstone_by_post ON tombstone (post);

CREATE INDEX alert_by_n ON alert (n);

CREATE INDEX suggestion_by_post ON suggestion (post);

CREATE INDEX suggestion_by_citation ON suggestion (citation_id);

CREATE INDEX suggestion_open ON suggestion (level, score) WHERE state = 'open';

CREATE INDEX judgement_by_pair ON judgement (article_id, post);

CREATE INDEX judgement_by_post ON judgement (post);

CREATE INDEX article_scoring_wanted ON article_scoring (article_id) WHERE wanted;

CREATE INDEX post_by_time ON post (coalesce(posted_at, id_time));

CREATE INDEX article_by_publication ON article (published_at);

CREATE INDEX desk_session_by_person ON desk_session (person_id);

CREATE INDEX login_failure_by_time ON login_failure (at);

CREATE INDEX audit_by_object ON audit (object, seq);

CREATE INDEX alert_by_about ON alert (about, n);

CREATE INDEX bundle_open ON bundle (channel, slot, closes_at) WHERE attempts = 0;

CREATE INDEX delivery_by_channel ON delivery (channel, queued_at);

CREATE INDEX delivery_by_bundle ON delivery (bundle_id) WHERE bundle_id IS NOT NULL;

CREATE UNIQUE INDEX trouble_open ON trouble (key) WHERE ended_at IS NULL;

CREATE INDEX mute_open ON mute (what, value) WHERE ended_at IS NULL;

CREATE INDEX alert_act_by_alert ON alert_act (alert_id);

CREATE INDEX sight_gone ON sight (since) WHERE state IN ('gone', 'suspect');

CREATE INDEX post_edited ON post (id) WHERE latest_version_id != post_id;

CREATE INDEX desk_case_by_post ON desk_case (post) WHERE post IS NOT NULL;

CREATE INDEX desk_case_by_article ON desk_case (article_id) WHERE article_id IS NOT NULL;

CREATE INDEX desk_case_by_state ON desk_case (state, urgency, id);

CREATE INDEX desk_case_open ON desk_case (urgency, id) WHERE state NOT IN ('decided', 'closed');

CREATE INDEX desk_case_by_assignee ON desk_case (assignee, urgency, id) WHERE state NOT IN ('decided', 'closed');

CREATE INDEX desk_case_by_due ON desk_case (due_at, id) WHERE state NOT IN ('decided', 'closed');

CREATE INDEX case_answer_by_case ON case_answer (case_id, question, id);

CREATE INDEX case_finding_by_case ON case_finding (case_id, id);

CREATE INDEX case_finding_by_object ON case_finding (sha256) WHERE sha256 IS NOT NULL;

CREATE INDEX case_copy_by_finding ON case_copy (finding_id);

CREATE INDEX case_place_by_case ON case_place (case_id, id);

CREATE INDEX case_upstream_by_case ON case_upstream (case_id, id);

CREATE INDEX case_comment_by_case ON case_comment (case_id, id);

CREATE INDEX case_right_by_case ON case_right (case_id, id);

CREATE INDEX case_signoff_by_case ON case_signoff (case_id, id);

CREATE INDEX article_due ON article (next_read_at) WHERE next_read_at IS NOT NULL;

CREATE TRIGGER wording_ai AFTER INSERT ON wording BEGIN
            INSERT INTO wording_fts (rowid, text) VALUES (new.id, new.text); END;

CREATE TRIGGER wording_ad AFTER DELETE ON wording BEGIN
            INSERT INTO wording_fts (wording_fts, rowid, text) VALUES ('delete', old.id, old.text); END;

CREATE TRIGGER wording_no_update BEFORE UPDATE ON wording BEGIN SELECT RAISE(ABORT, 'wording is named by its hash'); END;

CREATE TRIGGER capture_no_update BEFORE UPDATE ON capture BEGIN SELECT RAISE(ABORT, 'capture is append-only'); END;

CREATE TRIGGER capture_no_delete BEFORE DELETE ON capture BEGIN SELECT RAISE(ABORT, 'capture is append-only'); END;

CREATE TRIGGER answer_no_update BEFORE UPDATE ON answer BEGIN SELECT RAISE(ABORT, 'answer is append-only'); END;

CREATE TRIGGER answer_no_delete BEFORE DELETE ON answer BEGIN SELECT RAISE(ABORT, 'answer is append-only'); END;

CREATE TRIGGER answer_part_no_update BEFORE UPDATE ON answer_part BEGIN SELECT RAISE(ABORT, 'answer_part is append-only'); END;

CREATE TRIGGER answer_part_no_delete BEFORE DELETE ON answer_part BEGIN SELECT RAISE(ABORT, 'answer_part is append-only'); END;

CREATE TRIGGER custody_event_no_update BEFORE UPDATE ON custody_event BEGIN SELECT RAISE(ABORT, 'custody_event is append-only'); END;

CREATE TRIGGER custody_event_no_delete BEFORE DELETE ON custody_event BEGIN SELECT RAISE(ABORT, 'custody_event is append-only'); END;

CREATE TRIGGER post_version_no_update BEFORE UPDATE ON post_version BEGIN SELECT RAISE(ABORT, 'post_version is append-only'); END;

CREATE TRIGGER post_version_no_delete BEFORE DELETE ON post_version BEGIN SELECT RAISE(ABORT, 'post_version is append-only'); END;

CREATE TRIGGER observation_no_update BEFORE UPDATE ON observation BEGIN SELECT RAISE(ABORT, 'observation is append-only'); END;

CREATE TRIGGER observation_no_delete BEFORE DELETE ON observation BEGIN SELECT RAISE(ABORT, 'observation is append-only'); END;

CREATE TRIGGER derivative_no_update BEFORE UPDATE ON derivative BEGIN SELECT RAISE(ABORT, 'derivative is append-only'); END;

CREATE TRIGGER derivative_no_delete BEFORE DELETE ON derivative BEGIN SELECT RAISE(ABORT, 'derivative is append-only'); END;

CREATE TRIGGER article_version_no_update BEFORE UPDATE ON article_version BEGIN SELECT RAISE(ABORT, 'article_version is append-only'); END;

CREATE TRIGGER article_version_no_delete BEFORE DELETE ON article_version BEGIN SELECT RAISE(ABORT, 'article_version is append-only'); END;

CREATE TRIGGER citation_place_no_update BEFORE UPDATE ON citation_place BEGIN SELECT RAISE(ABORT, 'citation_place is append-only'); END;

CREATE TRIGGER citation_place_no_delete BEFORE DELETE ON citation_place BEGIN SELECT RAISE(ABORT, 'citation_place is append-only'); END;

CREATE TRIGGER link_decision_no_update BEFORE UPDATE ON link_decision BEGIN SELECT RAISE(ABORT, 'link_decision is append-only'); END;

CREATE TRIGGER link_decision_no_delete BEFORE DELETE ON link_decision BEGIN SELECT RAISE(ABORT, 'link_decision is append-only'); END;

CREATE TRIGGER received_no_update BEFORE UPDATE ON received BEGIN SELECT RAISE(ABORT, 'received is append-only'); END;

CREATE TRIGGER received_no_delete BEFORE DELETE ON received BEGIN SELECT RAISE(ABORT, 'received is append-only'); END;

CREATE TRIGGER sight_verdict_no_update BEFORE UPDATE ON sight_verdict BEGIN SELECT RAISE(ABORT, 'sight_verdict is append-only'); END;

CREATE TRIGGER sight_verdict_no_delete BEFORE DELETE ON sight_verdict BEGIN SELECT RAISE(ABORT, 'sight_verdict is append-only'); END;

CREATE TRIGGER tombstone_no_update BEFORE UPDATE ON tombstone BEGIN SELECT RAISE(ABORT, 'tombstone is append-only'); END;

CREATE TRIGGER tombstone_no_delete BEFORE DELETE ON tombstone BEGIN SELECT RAISE(ABORT, 'tombstone is append-only'); END;

CREATE TRIGGER judgement_no_update BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'judgement is append-only'); END;

CREATE TRIGGER judgement_no_delete BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'judgement is append-only'); END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER alert_act_no_update BEFORE UPDATE ON alert_act BEGIN SELECT RAISE(ABORT, 'alert_act is append-only'); END;

CREATE TRIGGER alert_act_no_delete BEFORE DELETE ON alert_act BEGIN SELECT RAISE(ABORT, 'alert_act is append-only'); END;

CREATE TRIGGER case_verdict_of_present_evidence BEFORE INSERT ON case_verdict
        WHEN NEW.evidence IS NOT (SELECT evidence FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the evidence has changed since'); END;

CREATE TRIGGER case_signoff_by_another BEFORE INSERT ON case_signoff
        WHEN EXISTS (SELECT 1 FROM case_verdict v WHERE v.id = NEW.verdict_id AND (v.person = NEW.person OR v.author = NEW.author))
        BEGIN SELECT RAISE(ABORT, 'a verdict is signed off by another person than the one who gave it'); END;

CREATE TRIGGER case_signoff_of_present_verdict BEFORE INSERT ON case_signoff
        WHEN NOT EXISTS (SELECT 1 FROM case_verdict v JOIN desk_case c ON c.id = v.case_id WHERE v.id = NEW.verdict_id AND c.id = NEW.case_id
            AND c.state = 'needs_second' AND v.evidence = c.evidence
            AND v.n = (SELECT max(n) FROM case_verdict w WHERE w.case_id = v.case_id))
        BEGIN SELECT RAISE(ABORT, 'this is not the verdict that waits for a second person'); END;

CREATE TRIGGER desk_case_decided_by_two BEFORE UPDATE OF state ON desk_case WHEN NEW.state = 'decided' AND OLD.state != 'decided'
        AND NOT EXISTS (SELECT 1 FROM case_signoff s JOIN case_verdict v ON v.id = s.verdict_id WHERE s.case_id = NEW.id AND s.outcome = 'agree'
            AND v.evidence = NEW.evidence AND v.n = (SELECT max(n) FROM case_verdict w WHERE w.case_id = NEW.id))
        BEGIN SELECT RAISE(ABORT, 'a case is decided by the sign-off of a second person'); END;

CREATE TRIGGER desk_case_begins_new BEFORE INSERT ON desk_case WHEN NEW.state != 'new' OR NEW.version != 1
        BEGIN SELECT RAISE(ABORT, 'a case begins as new'); END;

CREATE TRIGGER desk_case_no_delete BEFORE DELETE ON desk_case BEGIN SELECT RAISE(ABORT, 'cases stay'); END;

CREATE TRIGGER case_answer_version BEFORE INSERT ON case_answer
        WHEN NEW.version IS NOT (SELECT version + 1 FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the case has another version by now'); END;

CREATE TRIGGER case_answer_moves AFTER INSERT ON case_answer BEGIN
        UPDATE desk_case SET version = NEW.version, updated_at = NEW.at, state = CASE WHEN state = 'new' THEN 'working' WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END, evidence = NEW.version,
            reopened_at = CASE WHEN (CASE WHEN state = 'new' THEN 'working' WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END) = 'reopened' AND state != 'reopened' THEN NEW.at ELSE reopened_at END, reopened_why = CASE WHEN (CASE WHEN state = 'new' THEN 'working' WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END) = 'reopened' AND state != 'reopened' THEN 'answered anew after the verdict' ELSE reopened_why END
        WHERE id = NEW.case_id; END;

CREATE TRIGGER case_finding_version BEFORE INSERT ON case_finding
        WHEN NEW.version IS NOT (SELECT version + 1 FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the case has another version by now'); END;

CREATE TRIGGER case_finding_moves AFTER INSERT ON case_finding BEGIN
        UPDATE desk_case SET version = NEW.version, updated_at = NEW.at, state = CASE WHEN state = 'new' THEN 'working' WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END, evidence = NEW.version,
            reopened_at = CASE WHEN (CASE WHEN state = 'new' THEN 'working' WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END) = 'reopened' AND state != 'reopened' THEN NEW.at ELSE reopened_at END, reopened_why = CASE WHEN (CASE WHEN state = 'new' THEN 'working' WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END) = 'reopened' AND state != 'reopened' THEN 'a finding came after the verdict' ELSE reopened_why END
        WHERE id = NEW.case_id; END;

CREATE TRIGGER case_place_version BEFORE INSERT ON case_place
        WHEN NEW.version IS NOT (SELECT version + 1 FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the case has another version by now'); END;

CREATE TRIGGER case_place_moves AFTER INSERT ON case_place BEGIN
        UPDATE desk_case SET version = NEW.version, updated_at = NEW.at, state = CASE WHEN state = 'new' THEN 'working' WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END, evidence = NEW.version,
            reopened_at = CASE WHEN (CASE WHEN state = 'new' THEN 'working' WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END) = 'reopened' AND state != 'reopened' THEN NEW.at ELSE reopened_at END, reopened_why = CASE WHEN (CASE WHEN state = 'new' THEN 'working' WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END) = 'reopened' AND state != 'reopened' THEN 'another place was set after the verdict' ELSE reopened_why END
        WHERE id = NEW.case_id; END;

CREATE TRIGGER case_upstream_version BEFORE INSERT ON case_upstream
        WHEN NEW.version IS NOT (SELECT version + 1 FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the case has another version by now'); END;

CREATE TRIGGER case_upstream_moves AFTER INSERT ON case_upstream BEGIN
        UPDATE desk_case SET version = NEW.version, updated_at = NEW.at, state = CASE WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END, evidence = NEW.version,
            reopened_at = CASE WHEN (CASE WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END) = 'reopened' AND state != 'reopened' THEN NEW.at ELSE reopened_at END, reopened_why = CASE WHEN (CASE WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END) = 'reopened' AND state != 'reopened' THEN 'the post was ' || CASE NEW.kind WHEN 'gone' THEN 'taken away' ELSE NEW.kind END || ' after the verdict' ELSE reopened_why END
        WHERE id = NEW.case_id; END;

CREATE TRIGGER case_comment_version BEFORE INSERT ON case_comment
        WHEN NEW.version IS NOT (SELECT version + 1 FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the case has another version by now'); END;

CREATE TRIGGER case_comment_moves AFTER INSERT ON case_comment BEGIN
        UPDATE desk_case SET version = NEW.version, updated_at = NEW.at, state = state,
            reopened_at = CASE WHEN (state) = 'reopened' AND state != 'reopened' THEN NEW.at ELSE reopened_at END, reopened_why = CASE WHEN (state) = 'reopened' AND state != 'reopened' THEN '' ELSE reopened_why END
        WHERE id = NEW.case_id; END;

CREATE TRIGGER case_right_version BEFORE INSERT ON case_right
        WHEN NEW.version IS NOT (SELECT version + 1 FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the case has another version by now'); END;

CREATE TRIGGER case_right_moves AFTER INSERT ON case_right BEGIN
        UPDATE desk_case SET version = NEW.version, updated_at = NEW.at, state = state,
            reopened_at = CASE WHEN (state) = 'reopened' AND state != 'reopened' THEN NEW.at ELSE reopened_at END, reopened_why = CASE WHEN (state) = 'reopened' AND state != 'reopened' THEN '' ELSE reopened_why END
        WHERE id = NEW.case_id; END;

CREATE TRIGGER case_verdict_version BEFORE INSERT ON case_verdict
        WHEN NEW.version IS NOT (SELECT version + 1 FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the case has another version by now'); END;

CREATE TRIGGER case_verdict_moves AFTER INSERT ON case_verdict BEGIN
        UPDATE desk_case SET version = NEW.version, updated_at = NEW.at, state = 'needs_second',
            reopened_at = CASE WHEN ('needs_second') = 'reopened' AND state != 'reopened' THEN NEW.at ELSE reopened_at END, reopened_why = CASE WHEN ('needs_second') = 'reopened' AND state != 'reopened' THEN '' ELSE reopened_why END
        WHERE id = NEW.case_id; END;

CREATE TRIGGER case_signoff_version BEFORE INSERT ON case_signoff
        WHEN NEW.version IS NOT (SELECT version + 1 FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the case has another version by now'); END;

CREATE TRIGGER case_signoff_moves AFTER INSERT ON case_signoff BEGIN
        UPDATE desk_case SET version = NEW.version, updated_at = NEW.at, state = CASE NEW.outcome WHEN 'agree' THEN 'decided' ELSE 'reopened' END,
            reopened_at = CASE WHEN (CASE NEW.outcome WHEN 'agree' THEN 'decided' ELSE 'reopened' END) = 'reopened' AND state != 'reopened' THEN NEW.at ELSE reopened_at END, reopened_why = CASE WHEN (CASE NEW.outcome WHEN 'agree' THEN 'decided' ELSE 'reopened' END) = 'reopened' AND state != 'reopened' THEN 'the second person disagrees' ELSE reopened_why END
        WHERE id = NEW.case_id; END;

CREATE TRIGGER case_template_no_update BEFORE UPDATE ON case_template BEGIN SELECT RAISE(ABORT, 'case_template is append-only'); END;

CREATE TRIGGER case_template_no_delete BEFORE DELETE ON case_template BEGIN SELECT RAISE(ABORT, 'case_template is append-only'); END;

CREATE TRIGGER case_answer_no_update BEFORE UPDATE ON case_answer BEGIN SELECT RAISE(ABORT, 'case_answer is append-only'); END;

CREATE TRIGGER case_answer_no_delete BEFORE DELETE ON case_answer BEGIN SELECT RAISE(ABORT, 'case_answer is append-only'); END;

CREATE TRIGGER case_finding_no_update BEFORE UPDATE ON case_finding BEGIN SELECT RAISE(ABORT, 'case_finding is append-only'); END;

CREATE TRIGGER case_finding_no_delete BEFORE DELETE ON case_finding BEGIN SELECT RAISE(ABORT, 'case_finding is append-only'); END;

CREATE TRIGGER case_copy_no_update BEFORE UPDATE ON case_copy BEGIN SELECT RAISE(ABORT, 'case_copy is append-only'); END;

CREATE TRIGGER case_copy_no_delete BEFORE DELETE ON case_copy BEGIN SELECT RAISE(ABORT, 'case_copy is append-only'); END;

CREATE TRIGGER case_place_no_update BEFORE UPDATE ON case_place BEGIN SELECT RAISE(ABORT, 'case_place is append-only'); END;

CREATE TRIGGER case_place_no_delete BEFORE DELETE ON case_place BEGIN SELECT RAISE(ABORT, 'case_place is append-only'); END;

CREATE TRIGGER case_upstream_no_update BEFORE UPDATE ON case_upstream BEGIN SELECT RAISE(ABORT, 'case_upstream is append-only'); END;

CREATE TRIGGER case_upstream_no_delete BEFORE DELETE ON case_upstream BEGIN SELECT RAISE(ABORT, 'case_upstream is append-only'); END;

CREATE TRIGGER case_comment_no_update BEFORE UPDATE ON case_comment BEGIN SELECT RAISE(ABORT, 'case_comment is append-only'); END;

CREATE TRIGGER case_comment_no_delete BEFORE DELETE ON case_comment BEGIN SELECT RAISE(ABORT, 'case_comment is append-only'); END;

CREATE TRIGGER case_right_no_update BEFORE UPDATE ON case_right BEGIN SELECT RAISE(ABORT, 'case_right is append-only'); END;

CREATE TRIGGER case_right_no_delete BEFORE DELETE ON case_right BEGIN SELECT RAISE(ABORT, 'case_right is append-only'); END;

CREATE TRIGGER case_verdict_no_update BEFORE UPDATE ON case_verdict BEGIN SELECT RAISE(ABORT, 'case_verdict is append-only'); END;

CREATE TRIGGER case_verdict_no_delete BEFORE DELETE ON case_verdict BEGIN SELECT RAISE(ABORT, 'case_verdict is append-only'); END;

CREATE TRIGGER case_signoff_no_update BEFORE UPDATE ON case_signoff BEGIN SELECT RAISE(ABORT, 'case_signoff is append-only'); END;

CREATE TRIGGER case_signoff_no_delete BEFORE DELETE ON case_signoff BEGIN SELECT RAISE(ABORT, 'case_signoff is append-only'); END;
