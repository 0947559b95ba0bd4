"""Cases: opened once a subject, found in queues, changed by who saw the present version. Their parts: `cases_parts.py`."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from monitor import clock
from monitor.model.case import Hand, Opening, Plan
from monitor.store.open import Store

Row = dict[str, object]
VIEWS = ("mine", "second", "overdue", "free", "open", "done")
"""Queues: assigned to me; waiting for a second pair of eyes; late; nobody's; all that is open; what is decided or closed."""


def open_case(
    store: Store, about: Opening, hand: Hand, questions: Sequence[Row], template: int, now: datetime
) -> tuple[int, bool]:
    """The case about this, and whether it is new. Keeps the words of its questions."""
    with store.change() as db:
        known = find(store, about.subject)
        if known is not None:
            return known, False
        db.execute(
            "INSERT OR IGNORE INTO case_template (version, questions, made_at) VALUES (?, ?, ?)",
            (template, json.dumps(list(questions), ensure_ascii=False), clock.text(now)),
        )
        row = db.execute(
            """INSERT INTO desk_case (kind, subject, platform, post_id, post, citation_id, article_id, title, template, opened_by, opened_at,
            updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                *(
                    about.kind,
                    about.subject,
                    about.platform,
                    about.post_id,
                    about.post,
                    about.citation_id,
                    about.article_id,
                ),
                *(about.title, template, hand.author, clock.text(now), clock.text(now)),
            ),
        )
    return int(row.lastrowid or 0), True


def find(store: Store, subject: str) -> int | None:
    """The case about a subject ("post:x:100"), or None."""
    row = store.one("SELECT id FROM desk_case WHERE subject = ?", subject)
    return None if row is None else int(row[0])


def raw(store: Store, case: int) -> sqlite3.Row | None:
    """The case's own row, or None."""
    return store.one("SELECT * FROM desk_case WHERE id = ?", case)


def of_post(store: Store, post: int) -> list[int]:
    """Cases about a post, or about a citation of it."""
    return [row[0] for row in store.all("SELECT id FROM desk_case WHERE post = ? ORDER BY id", post)]


def of_article(store: Store, article: int) -> list[int]:
    """Cases about an article, or about what it cites."""
    return [row[0] for row in store.all("SELECT id FROM desk_case WHERE article_id = ? ORDER BY id", article)]


def questions(store: Store, template: int) -> list[Row]:
    """The questions of a version of the template, in order."""
    found = store.value_text("SELECT questions FROM case_template WHERE version = ?", template)
    return list(json.loads(found)) if found else []


def replan(store: Store, case: int, plan: Plan, seen: int, now: datetime) -> bool:
    """Changes the case's own fields; False when they were changed after the version that was seen."""
    due = clock.text(plan.due_at) if plan.due_at else None
    with store.change() as db:
        done = db.execute(
            """UPDATE desk_case SET title = ?, priority = ?, assignee = ?, due_at = ?, outside = ?, version = version + 1,
            fields = version + 1, updated_at = ?, state = CASE WHEN ? THEN 'closed' WHEN state = 'closed' THEN 'reopened' ELSE state END,
            reopened_at = CASE WHEN NOT ? AND state = 'closed' THEN ? ELSE reopened_at END,
            reopened_why = CASE WHEN NOT ? AND state = 'closed' THEN 'taken up again' ELSE reopened_why END
            WHERE id = ? AND fields <= ?""",
            (
                *(plan.title, plan.priority, plan.assignee, due, int(plan.outside), clock.text(now)),
                *(int(plan.closed), int(plan.closed), clock.text(now), int(plan.closed), case, seen),
            ),
        )
    return done.rowcount == 1


def person_behind(store: Store, agent: str) -> str:
    """Who stands behind "user:ada" or "token:KEY": a token that somebody made at the desk is theirs; else itself."""
    kind, _, key = agent.partition(":")
    if kind != "token":
        return agent
    maker = store.value_text("SELECT created_by FROM api_token WHERE id = ?", key)
    name = (maker or "").removeprefix("user:")
    known = store.value("SELECT 1 FROM person WHERE name = ?", name) if maker and maker.startswith("user:") else None
    return str(maker) if known else agent


# Listings

_COLUMNS = """c.*, a.url AS article_url, a.title AS article_title, p.url AS post_url, t.handle, t.name AS author_name,
    (SELECT count(DISTINCT question) FROM case_answer x WHERE x.case_id = c.id) AS answered,
    (SELECT count(*) FROM case_finding x WHERE x.case_id = c.id) AS findings,
    json_array_length(q.questions) AS questions, v.n AS verdict_n, v.id AS verdict_id, v.material, v.claim, v.codes, v.author AS verdict_author,
    v.person AS verdict_person, v.at AS verdict_at, v.evidence AS verdict_evidence,
    (SELECT s.author FROM case_signoff s WHERE s.verdict_id = v.id AND s.outcome = 'agree') AS signed_by,
    (SELECT s.at FROM case_signoff s WHERE s.verdict_id = v.id AND s.outcome = 'agree') AS signed_at,
    (SELECT m.sha256 FROM media m WHERE m.post = c.post AND m.state = 'kept' ORDER BY m.n LIMIT 1) AS copy"""
_FROM = """desk_case c JOIN case_template q ON q.version = c.template LEFT JOIN article a ON a.id = c.article_id
    LEFT JOIN post p ON p.id = c.post LEFT JOIN account t ON t.id = p.account_id
    LEFT JOIN case_verdict v ON v.case_id = c.id AND v.n = (SELECT max(n) FROM case_verdict w WHERE w.case_id = c.id)"""
_OPEN = "c.state NOT IN ('decided', 'closed')"


def listing(
    store: Store,
    *,
    limit: int | None = None,
    since: str | None = None,
    before: int | None = None,
    state: str | None = None,
    assignee: str | None = None,
    row: int | None = None,
) -> list[Row]:
    """The rows of `cases --json`, in the order in which they were opened; a limit takes the newest."""
    where, values = ["c.opened_at >= ?"], [since or ""]
    for clause, value in (
        ("c.id < ?", before),
        ("c.state = ?", state),
        ("c.assignee = ?", assignee),
        ("c.id = ?", row),
    ):
        if value is not None:
            where.append(clause)
            values.append(value)  # type: ignore[arg-type]  # numbers, too
    found = store.all(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE {' AND '.join(where)} ORDER BY c.id DESC LIMIT ?",
        *values,
        -1 if limit is None else limit,
    )
    return [_told(r) for r in found[::-1]]


def queue(
    store: Store, view: str, *, me: str, now: datetime, limit: int, after: tuple[str, int] | None = None
) -> list[Row]:
    """One queue, the most urgent first (what is done: the newest); `after` the (urgency, id) of the last row goes on from there."""
    moment = clock.text(now)
    where, values = {
        "mine": (f"c.assignee = ? AND {_OPEN}", [me]),
        "second": ("c.state = 'needs_second' AND v.person != ?", [f"user:{me}"]),
        "overdue": (f"c.due_at < ? AND {_OPEN}", [moment]),
        "free": (f"c.assignee IS NULL AND {_OPEN}", []),
        "open": (_OPEN, []),
        "done": ("c.state IN ('decided', 'closed')", []),
    }[view]
    urgency, number = after or ("", 0)
    onward, order = "(c.urgency, c.id) > (?, ?)", "c.urgency, c.id"
    if view == "done":
        onward, order, number = "c.urgency >= ? AND c.id < ?", "c.id DESC", number or 2**62
        urgency = ""
    rows = store.all(
        f"SELECT {_COLUMNS} FROM {_FROM} WHERE {where} AND {onward} ORDER BY {order} LIMIT ?",
        *values,
        urgency,
        number,
        limit,
    )
    return [{**_told(r), "urgency": r["urgency"]} for r in rows]


def counts(store: Store, me: str, now: datetime, most: int = 100) -> dict[str, int]:
    """How many stand in each queue, no further than `most` is counted."""
    sql = {
        "mine": (f"SELECT 1 FROM desk_case c WHERE c.assignee = ? AND {_OPEN} LIMIT ?", [me]),
        "second": (
            """SELECT 1 FROM desk_case c JOIN case_verdict v ON v.case_id = c.id AND v.n = (SELECT max(n) FROM case_verdict w WHERE w.case_id = c.id)
            WHERE c.state = 'needs_second' AND v.person != ? LIMIT ?""",
            [f"user:{me}"],
        ),
        "overdue": (f"SELECT 1 FROM desk_case c WHERE c.due_at < ? AND {_OPEN} LIMIT ?", [clock.text(now)]),
        "free": (f"SELECT 1 FROM desk_case c WHERE c.assignee IS NULL AND {_OPEN} LIMIT ?", []),
        "open": (f"SELECT 1 FROM desk_case c WHERE {_OPEN} LIMIT ?", []),
    }
    return {view: len(store.all(text, *values, most)) for view, (text, values) in sql.items()}


def _told(r: sqlite3.Row) -> Row:
    verdict = None
    if r["verdict_n"] is not None:
        verdict = {
            "n": r["verdict_n"],
            "material": r["material"],
            "claim": r["claim"],
            "codes": json.loads(r["codes"]),
            "author": r["verdict_author"],
            "at": r["verdict_at"],
            "current": r["verdict_evidence"] == r["evidence"],
            "signed_by": r["signed_by"],
            "signed_at": r["signed_at"],
        }
    return {
        "id": r["id"],
        "kind": r["kind"],
        "state": r["state"],
        "title": r["title"],
        "platform": r["platform"],
        "post_id": r["post_id"],
        "handle": r["handle"],
        "url": r["post_url"],
        "article_url": r["article_url"],
        "article_title": r["article_title"],
        "article_id": r["article_id"],
        "priority": r["priority"],
        "assignee": r["assignee"],
        "due_at": r["due_at"],
        "opened_by": r["opened_by"],
        "opened_at": r["opened_at"],
        "updated_at": r["updated_at"],
        "reopened_at": r["reopened_at"],
        "reopened_why": r["reopened_why"] or None,
        "outside": bool(r["outside"]),
        "answered": r["answered"],
        "questions": r["questions"],
        "findings": r["findings"],
        "verdict": verdict,
        "copy": r["copy"],
        "version": r["version"],
    }
