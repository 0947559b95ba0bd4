"""Step 21: cases, whose rules the database itself enforces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from monitor.store.migrations.base import append_only, migrations, run

if TYPE_CHECKING:
    from sqlite_utils import Database


_CASE_PART = """case_id INTEGER NOT NULL REFERENCES desk_case, version INTEGER NOT NULL, author TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL"""
_OPEN = "WHERE state NOT IN ('decided', 'closed')"
_CASES = (
    "CREATE TABLE case_template (version INTEGER PRIMARY KEY, questions TEXT NOT NULL, made_at TEXT NOT NULL) STRICT",
    # `version` grows with every change; `evidence` and `fields` are the version of the last change of that sort.
    """CREATE TABLE desk_case (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('post', 'citation', 'article')), subject TEXT NOT NULL UNIQUE,
        platform TEXT, post_id TEXT, post INTEGER REFERENCES post (id), citation_id INTEGER REFERENCES citation, article_id INTEGER REFERENCES article,
        title TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'working', 'needs_second', 'decided', 'reopened', 'closed')),
        priority INTEGER NOT NULL DEFAULT 1 CHECK (priority BETWEEN 0 AND 3), assignee TEXT, due_at TEXT,
        outside INTEGER NOT NULL DEFAULT 0 CHECK (outside IN (0, 1)), template INTEGER NOT NULL REFERENCES case_template, opened_by TEXT NOT NULL, opened_at TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1, evidence INTEGER NOT NULL DEFAULT 1, fields INTEGER NOT NULL DEFAULT 1, updated_at TEXT NOT NULL,
        reopened_at TEXT, reopened_why TEXT NOT NULL DEFAULT '',
        urgency TEXT GENERATED ALWAYS AS ((3 - priority) || ' ' || coalesce(due_at, '9999')) VIRTUAL
    ) STRICT""",
    "CREATE INDEX desk_case_by_post ON desk_case (post) WHERE post IS NOT NULL",
    "CREATE INDEX desk_case_by_article ON desk_case (article_id) WHERE article_id IS NOT NULL",
    "CREATE INDEX desk_case_by_state ON desk_case (state, urgency, id)",
    f"CREATE INDEX desk_case_open ON desk_case (urgency, id) {_OPEN}",
    f"CREATE INDEX desk_case_by_assignee ON desk_case (assignee, urgency, id) {_OPEN}",
    f"CREATE INDEX desk_case_by_due ON desk_case (due_at, id) {_OPEN}",
)

_PARTS = (
    f"""CREATE TABLE case_answer (
        id INTEGER PRIMARY KEY, {_CASE_PART}, template INTEGER NOT NULL REFERENCES case_template, question TEXT NOT NULL, answer TEXT NOT NULL,
        confidence TEXT NOT NULL CHECK (confidence IN ('high', 'some', 'low', 'not applicable'))
    ) STRICT""",
    "CREATE INDEX case_answer_by_case ON case_answer (case_id, question, id)",
    # `sha256` is a file given or cut; the copy of an address comes later, in `case_copy`.
    f"""CREATE TABLE case_finding (
        id INTEGER PRIMARY KEY, {_CASE_PART}, kind TEXT NOT NULL, note TEXT NOT NULL, url TEXT, sha256 TEXT REFERENCES object,
        from_sha256 TEXT REFERENCES object (sha256), at_seconds REAL, file_name TEXT
    ) STRICT""",
    "CREATE INDEX case_finding_by_case ON case_finding (case_id, id)",
    "CREATE INDEX case_finding_by_object ON case_finding (sha256) WHERE sha256 IS NOT NULL",
    """CREATE TABLE case_copy (
        id INTEGER PRIMARY KEY, finding_id INTEGER NOT NULL REFERENCES case_finding, state TEXT NOT NULL CHECK (state IN ('kept', 'failed')),
        capture_id INTEGER REFERENCES capture, sha256 TEXT REFERENCES object, reason TEXT NOT NULL DEFAULT '', at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX case_copy_by_finding ON case_copy (finding_id)",
    f"""CREATE TABLE case_place (
        id INTEGER PRIMARY KEY, {_CASE_PART}, latitude REAL NOT NULL CHECK (latitude BETWEEN -90 AND 90),
        longitude REAL NOT NULL CHECK (longitude BETWEEN -180 AND 180), precision_m INTEGER NOT NULL CHECK (precision_m > 0), note TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX case_place_by_case ON case_place (case_id, id)",
    f"""CREATE TABLE case_upstream (
        id INTEGER PRIMARY KEY, {_CASE_PART}, kind TEXT NOT NULL CHECK (kind IN ('edited', 'gone', 'restored')), detail TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX case_upstream_by_case ON case_upstream (case_id, id)",
    f"""CREATE TABLE case_comment (
        id INTEGER PRIMARY KEY, {_CASE_PART}, body TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX case_comment_by_case ON case_comment (case_id, id)",
    f"""CREATE TABLE case_right (
        id INTEGER PRIMARY KEY, {_CASE_PART}, holder TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'no answer', 'withdrawn')), licence TEXT NOT NULL, credit TEXT NOT NULL,
        asked_at TEXT, expires_at TEXT, note TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX case_right_by_case ON case_right (case_id, id)",
)

_VERDICTS = (
    f"""CREATE TABLE case_verdict (
        id INTEGER PRIMARY KEY, {_CASE_PART}, n INTEGER NOT NULL, material TEXT NOT NULL, claim TEXT NOT NULL, claim_text TEXT NOT NULL, codes TEXT NOT NULL,
        context TEXT NOT NULL, original_url TEXT NOT NULL, rationale TEXT NOT NULL, evidence INTEGER NOT NULL, UNIQUE (case_id, n)
    ) STRICT""",
    f"""CREATE TABLE case_signoff (
        id INTEGER PRIMARY KEY, {_CASE_PART}, verdict_id INTEGER NOT NULL REFERENCES case_verdict, outcome TEXT NOT NULL CHECK (outcome IN ('agree', 'disagree')),
        note TEXT NOT NULL, UNIQUE (verdict_id, person)
    ) STRICT""",
    "CREATE INDEX case_signoff_by_case ON case_signoff (case_id, id)",
)

_SECOND_PERSON = (
    """CREATE TRIGGER case_verdict_of_present_evidence BEFORE INSERT ON case_verdict
        WHEN NEW.evidence IS NOT (SELECT evidence FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the evidence has changed since'); END""",
    """CREATE TRIGGER case_signoff_by_another BEFORE INSERT ON case_signoff
        WHEN EXISTS (SELECT 1 FROM case_verdict v WHERE v.id = NEW.verdict_id AND (v.person = NEW.person OR v.author = NEW.author))
        BEGIN SELECT RAISE(ABORT, 'a verdict is signed off by another person than the one who gave it'); END""",
    """CREATE TRIGGER case_signoff_of_present_verdict BEFORE INSERT ON case_signoff
        WHEN NOT EXISTS (SELECT 1 FROM case_verdict v JOIN desk_case c ON c.id = v.case_id WHERE v.id = NEW.verdict_id AND c.id = NEW.case_id
            AND c.state = 'needs_second' AND v.evidence = c.evidence
            AND v.n = (SELECT max(n) FROM case_verdict w WHERE w.case_id = v.case_id))
        BEGIN SELECT RAISE(ABORT, 'this is not the verdict that waits for a second person'); END""",
    """CREATE TRIGGER desk_case_decided_by_two BEFORE UPDATE OF state ON desk_case WHEN NEW.state = 'decided' AND OLD.state != 'decided'
        AND NOT EXISTS (SELECT 1 FROM case_signoff s JOIN case_verdict v ON v.id = s.verdict_id WHERE s.case_id = NEW.id AND s.outcome = 'agree'
            AND v.evidence = NEW.evidence AND v.n = (SELECT max(n) FROM case_verdict w WHERE w.case_id = NEW.id))
        BEGIN SELECT RAISE(ABORT, 'a case is decided by the sign-off of a second person'); END""",
    """CREATE TRIGGER desk_case_begins_new BEFORE INSERT ON desk_case WHEN NEW.state != 'new' OR NEW.version != 1
        BEGIN SELECT RAISE(ABORT, 'a case begins as new'); END""",
    "CREATE TRIGGER desk_case_no_delete BEFORE DELETE ON desk_case BEGIN SELECT RAISE(ABORT, 'cases stay'); END",
)

_APPENDED = (
    "case_template",
    "case_answer",
    "case_finding",
    "case_copy",
    "case_place",
    "case_upstream",
    "case_comment",
    "case_right",
    "case_verdict",
    "case_signoff",
)


def _moves_case(table: str, state: str, *, evidence: bool, why: str = "''") -> Iterable[str]:
    """Every row of a part takes the case's next version: whoever saw an older one is refused. `state` is SQL for the state that follows."""
    yield f"""CREATE TRIGGER {table}_version BEFORE INSERT ON {table}
        WHEN NEW.version IS NOT (SELECT version + 1 FROM desk_case WHERE id = NEW.case_id)
        BEGIN SELECT RAISE(ABORT, 'the case has another version by now'); END"""
    back = f"({state}) = 'reopened' AND state != 'reopened'"
    yield f"""CREATE TRIGGER {table}_moves AFTER INSERT ON {table} BEGIN
        UPDATE desk_case SET version = NEW.version, updated_at = NEW.at, state = {state}{", evidence = NEW.version" if evidence else ""},
            reopened_at = CASE WHEN {back} THEN NEW.at ELSE reopened_at END, reopened_why = CASE WHEN {back} THEN {why} ELSE reopened_why END
        WHERE id = NEW.case_id; END"""


def _moves() -> Iterable[str]:
    """What each part does to its case."""
    evidence = "CASE WHEN state = 'new' THEN 'working' WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END"
    yield from _moves_case("case_answer", evidence, evidence=True, why="'answered anew after the verdict'")
    yield from _moves_case("case_finding", evidence, evidence=True, why="'a finding came after the verdict'")
    yield from _moves_case("case_place", evidence, evidence=True, why="'another place was set after the verdict'")
    yield from _moves_case(
        "case_upstream",
        "CASE WHEN state IN ('needs_second', 'decided') THEN 'reopened' ELSE state END",
        evidence=True,
        why="'the post was ' || CASE NEW.kind WHEN 'gone' THEN 'taken away' ELSE NEW.kind END || ' after the verdict'",
    )
    yield from _moves_case("case_comment", "state", evidence=False)
    yield from _moves_case("case_right", "state", evidence=False)
    yield from _moves_case("case_verdict", "'needs_second'", evidence=False)
    yield from _moves_case(
        "case_signoff",
        "CASE NEW.outcome WHEN 'agree' THEN 'decided' ELSE 'reopened' END",
        evidence=False,
        why="'the second person disagrees'",
    )


@migrations()
def m021_cases(db: Database) -> None:
    """What the desk works on: cases, and all that is appended to them. The second person is demanded here."""
    run(db, *_CASES, *_PARTS, *_VERDICTS, *_SECOND_PERSON, *_moves(), *append_only(_APPENDED))
