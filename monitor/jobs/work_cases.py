"""The desk's work on a case: opened once, then appended to. For pages, programs and the command line alike.

1. Whoever changes a part says which version of the case they saw; if the part was changed since, they are told (`Raced`).
2. The row is appended; the database takes the case to its next state, and refuses the same person's second signature.
3. The audit has a line in the same transaction; what a court may ask for (opened, verdict, sign-off, reopened) is in the custody log, too.
"""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from monitor import clock
from monitor.errors import WrongUse
from monitor.evidence.custody import EventKind
from monitor.model.case import CONFIDENCES, FINDING_KINDS, RIGHT_STATES, Finding, Hand, Plan, Right, Verdict
from monitor.store import audit, cases, cases_parts, custody, people
from monitor.store.cases_parts import Refused
from monitor.store.jobs import enqueue
from monitor.store.open import Store
from monitor.verify.verdicts import OUTCOMES, faults

_LONGEST = 20_000


class Raced(WrongUse):
    """Somebody changed the same part since `seen`; `part` names it as the dossier does."""

    def __init__(self, part: str, seen: int) -> None:
        super().__init__("somebody changed this while you wrote: look at both, then send yours again or leave theirs")
        self.part, self.seen = part, seen


class NotSigned(WrongUse):
    """The sign-off was refused; the text says why."""


@dataclass(frozen=True, slots=True)
class Work:
    """A hand at work on a case, and the version of it that they saw."""

    store: Store
    case: int
    hand: Hand
    seen: int

    def note(self, action: str, now: datetime, **detail: object) -> None:
        """A line of the audit."""
        audit.note(self.store, self.hand.author, action, f"case:{self.case}", now, detail=detail)

    def log(self, kind: EventKind, /, **fields: object) -> None:
        """An event of the custody log."""
        custody.append(self.store, kind, f"case:{self.case}", fields, agent=self.hand.author)

    def unraced(self, part: str, table: str, where: str = "1", *values: object) -> None:
        """Raises Raced when the part has a newer row than was seen."""
        if cases_parts.last_version(self.store, table, self.case, where, *values) > self.seen:
            raise Raced(part, self.seen)

    def own(self) -> dict[str, object]:
        """The case's own row. Raises WrongUse when there is none."""
        row = cases.raw(self.store, self.case)
        if row is None:
            raise WrongUse(f"there is no case {self.case}")
        return dict(row)


def replan(work: Work, plan: Plan) -> None:
    """Another title, priority, assignee, time; the switch that lets links out; closed or not. Raises Raced, WrongUse."""
    if not plan.title.strip():
        raise WrongUse("title: a case needs a name")
    if plan.assignee is not None and people.named(work.store, plan.assignee) is None:
        raise WrongUse(f"assignee: there is nobody named {plan.assignee}")
    now = clock.now()
    with work.store.change():
        before = work.own()
        if not cases.replan(work.store, work.case, plan, work.seen, now):
            raise Raced("plan", work.seen)
        after = work.own()
        names = ("title", "priority", "assignee", "due_at", "outside", "state")
        changed = {n: [before[n], after[n]] for n in names if before[n] != after[n]}
        work.note("change case", now, **changed)
        if (before["state"] == "closed") != (after["state"] == "closed"):
            work.log("case-closed" if plan.closed else "case-changed", state=str(after["state"]))


def answer(work: Work, question: str, words: str, confidence: str) -> None:
    """An answer to a question of the case's template. Raises Raced, WrongUse."""
    template = int(str(work.own()["template"]))
    if question not in {str(q["key"]) for q in cases.questions(work.store, template)}:
        raise WrongUse(f"question: there is none named {question[:60]}")
    if confidence not in CONFIDENCES:
        raise WrongUse(f"confidence: one of {', '.join(CONFIDENCES)}")
    now = clock.now()
    with work.store.change():
        work.unraced("answer", "case_answer", "question = ?", question)
        cases_parts.answer(
            work.store,
            work.case,
            work.hand,
            now,
            template=template,
            question=question,
            words=_words(words, "answer"),
            confidence=confidence,
        )
        work.note("answer", now, question=question, confidence=confidence)


def add_finding(work: Work, found: Finding, *, copy: bool = False) -> int:
    """Something found out; with `copy` its address is kept by the collector, if the case lets anything out. Raises WrongUse."""
    if found.kind not in FINDING_KINDS:
        raise WrongUse(f"kind: one of {', '.join(FINDING_KINDS)}")
    if not found.note.strip() and not found.url and not found.sha256:
        raise WrongUse("note: say what was found, or give an address or a file")
    if found.url and not _is_web(found.url):
        raise WrongUse("url: an address that begins with http:// or https://")
    now = clock.now()
    with work.store.change():
        number = cases_parts.finding(work.store, work.case, work.hand, found, now)
        work.note("finding", now, finding=number, kind=found.kind, sha256=found.sha256)
        if copy and found.url:
            ask_copy(work, number)
    return number


def ask_copy(work: Work, finding: int) -> None:
    """Lets the collector keep the address of a finding. Raises WrongUse while nothing may leave the house."""
    row = work.store.one("SELECT url FROM case_finding WHERE id = ? AND case_id = ?", finding, work.case)
    if row is None or not row["url"]:
        raise WrongUse(f"finding {finding} has no address to keep")
    if not work.own()["outside"]:
        raise WrongUse("nothing of this case leaves the house: switch that on first, then keep a copy")
    now = clock.now()
    with work.store.change():
        enqueue(work.store, "keep_finding", str(finding), {"finding": finding}, now=now, priority=2)
        work.note("ask for a copy", now, finding=finding, url=row["url"])


def set_place(work: Work, latitude: float, longitude: float, precision_m: int, note: str) -> None:
    """Where it was recorded. Raises Raced, WrongUse."""
    if precision_m <= 0:
        raise WrongUse("precision_m: metres, more than none")
    now = clock.now()
    with work.store.change():
        work.own()
        work.unraced("place", "case_place")
        cases_parts.place(
            work.store,
            work.case,
            work.hand,
            now,
            latitude=latitude,
            longitude=longitude,
            precision_m=precision_m,
            note=_words(note, "note", needed=False),
        )
        work.note("place", now, latitude=f"{latitude:.6f}", longitude=f"{longitude:.6f}", precision_m=precision_m)


def decide(work: Work, said: Verdict) -> int:
    """A verdict, which waits for a second person; gives its number. Raises Raced when the evidence or the verdict is newer, WrongUse."""
    wrong = faults(said.material, said.claim, said.codes, said.rationale)
    if said.original_url and not _is_web(said.original_url):
        wrong.append("original_url: an address that begins with http:// or https://")
    if wrong:
        raise WrongUse("; ".join(wrong))
    now = clock.now()
    with work.store.change():
        if int(str(work.own()["evidence"])) > work.seen:
            raise Raced("evidence", work.seen)
        work.unraced("verdict", "case_verdict")
        number = cases_parts.verdict(work.store, work.case, work.hand, said, now)
        fields = {"n": number, "material": said.material, "claim": said.claim, "codes": list(said.codes)}
        work.note("verdict", now, **fields)
        work.log("verdict", **fields, claim_text=said.claim_text, rationale=said.rationale)
    return number


def sign_off(work: Work, number: int, outcome: str, note: str) -> None:
    """A second person's word on a verdict. Raises NotSigned, in the database's own words."""
    if outcome not in OUTCOMES:
        raise WrongUse(f"outcome: one of {', '.join(OUTCOMES)}")
    if outcome == "disagree" and not note.strip():
        raise WrongUse("note: say what you disagree with")
    now = clock.now()
    try:
        with work.store.change():
            work.own()
            cases_parts.signoff(
                work.store, work.case, work.hand, now, number=number, outcome=outcome, note=note[:_LONGEST]
            )
            work.note("sign off", now, n=number, outcome=outcome)
            work.log("signoff", n=number, outcome=outcome, note=note[:_LONGEST])
    except Refused as exc:
        raise NotSigned(str(exc)) from exc


def comment(work: Work, body: str) -> None:
    """A word among colleagues. Raises WrongUse."""
    now = clock.now()
    with work.store.change():
        work.own()
        cases_parts.comment(work.store, work.case, work.hand, now, _words(body, "comment"))
        work.note("comment", now)


def note_right(work: Work, told: Right) -> None:
    """How it stands with a holder of rights. Raises WrongUse."""
    if told.state not in RIGHT_STATES:
        raise WrongUse(f"state: one of {', '.join(RIGHT_STATES)}")
    if not told.holder.strip():
        raise WrongUse("holder: say who was asked")
    now = clock.now()
    with work.store.change():
        work.own()
        cases_parts.right(work.store, work.case, work.hand, told, now)
        work.note("rights", now, state=told.state, licence=told.licence)


def note_upstream(store: Store, post: int | None, kind: str, detail: str, *, agent: str) -> int:
    """The post was edited, taken away or brought back: its cases learn of it, and decided ones are open again. Gives how many.

    Call it inside the change of the fact.
    """
    touched = cases.of_post(store, post) if post is not None else []
    for number in touched:
        work, now = Work(store, number, Hand(agent, agent), 0), clock.now()
        before = work.own()["state"]
        cases_parts.upstream(store, number, work.hand, now, kind=kind, detail=detail)
        after = work.own()["state"]
        work.note(f"post {kind}", now, detail=detail)
        if after != before:
            work.log("case-changed", state=str(after), why=f"post {kind}")
    return len(touched)


def _words(text: str, name: str, *, needed: bool = True) -> str:
    found = text.strip()
    if needed and not found:
        raise WrongUse(f"{name}: write something")
    if len(found) > _LONGEST:
        raise WrongUse(f"{name}: {_LONGEST} characters at most")
    return found


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= 2000
