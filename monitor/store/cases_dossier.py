"""All that is known of one case: what its page shows, its twin for programs, and what a package holds of it."""

import json
import sqlite3

from monitor.model.case import PILLARS, light
from monitor.store import audit, cases
from monitor.store.open import Store

Row = dict[str, object]
_LINES = 200


def case(store: Store, number: int) -> Row | None:
    """The row of `cases --json` and all that hangs on it, parts oldest first; None when there is no such case."""
    found = cases.listing(store, row=number)
    own = cases.raw(store, number)
    if not found or own is None:
        return None
    answers = _part(store, "case_answer", number)
    questions = [_asked(question, answers) for question in cases.questions(store, own["template"])]
    return {
        **found[0],
        "template": own["template"],
        "pillars": {pillar: _light(questions, pillar) for pillar in PILLARS},
        "checklist": questions,
        "finds": _finds(store, number),
        "places": _part(store, "case_place", number),
        "upstream": _part(store, "case_upstream", number),
        "verdicts": _verdicts(store, number),
        "rights": _part(store, "case_right", number),
        "comments": _part(store, "case_comment", number),
    }


def history(store: Store, number: int) -> list[Row]:
    """Who did what, newest first."""
    return audit.listing(store, limit=_LINES, about=f"case:{number}")


def _asked(question: Row, answers: list[Row]) -> Row:
    given = [answer for answer in answers if answer["question"] == question["key"]]
    return {**question, "answers": given, "last": given[-1] if given else None}


def _light(questions: list[Row], pillar: str) -> str:
    last = [q["last"] for q in questions if q["pillar"] == pillar and q["last"]]
    return light([str(answer["confidence"]) for answer in last if isinstance(answer, dict)])


def _finds(store: Store, number: int) -> list[Row]:
    rows = store.all(
        """SELECT f.id, f.version, f.author, f.at, f.kind, f.note, f.url, f.sha256, f.from_sha256, f.at_seconds, f.file_name, o.extension, o.size,
            o.width, o.height, o.kind AS object_kind, o.purged_at, c.state AS copy_state, c.sha256 AS copy_sha256, c.reason AS copy_reason, c.at AS copy_at
        FROM case_finding f LEFT JOIN object o ON o.sha256 = f.sha256
        LEFT JOIN case_copy c ON c.id = (SELECT max(id) FROM case_copy x WHERE x.finding_id = f.id) WHERE f.case_id = ? ORDER BY f.id""",
        number,
    )
    waiting = {
        row[0]
        for row in store.all(
            "SELECT open_key FROM job WHERE open_key IN (SELECT 'keep_finding:' || id FROM case_finding WHERE case_id = ?)",
            number,
        )
    }
    return [{**dict(r), "waiting": f"keep_finding:{r['id']}" in waiting} for r in rows]


def _verdicts(store: Store, number: int) -> list[Row]:
    own = cases.raw(store, number)
    signed: dict[int, list[Row]] = {}
    for row in store.all(
        "SELECT verdict_id, author, outcome, note, at FROM case_signoff WHERE case_id = ? ORDER BY id", number
    ):
        signed.setdefault(row["verdict_id"], []).append({k: row[k] for k in ("author", "outcome", "note", "at")})
    rows = store.all("SELECT * FROM case_verdict WHERE case_id = ? ORDER BY n", number)
    return [
        {
            **_plain(r),
            "codes": json.loads(r["codes"]),
            "current": own is not None and r["evidence"] == own["evidence"] and r is rows[-1],
            "signoffs": signed.get(r["id"], []),
        }
        for r in rows
    ]


def _part(store: Store, table: str, number: int) -> list[Row]:
    return [_plain(row) for row in store.all(f"SELECT * FROM {table} WHERE case_id = ? ORDER BY id", number)]


def _plain(row: sqlite3.Row) -> Row:
    return {key: row[key] for key in row.keys() if key not in ("case_id", "person")}  # noqa: SIM118  # a Row iterates over values
