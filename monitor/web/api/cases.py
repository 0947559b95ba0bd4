"""Cases for programs: what the page shows and does. If-Match takes the ETag of the case; what changed since is answered 412."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Path, Query, Request, Response

from monitor.errors import PostwatchError, WrongUse
from monitor.jobs import keep_findings, open_cases, work_cases
from monitor.jobs.review_cases import review_of
from monitor.jobs.work_cases import NotSigned, Raced, Work
from monitor.model.case import CaseState, Finding, Plan, Right, Verdict
from monitor.model.desk import Actor
from monitor.store.open import Store
from monitor.web import batches
from monitor.web.api import case_shapes as shapes
from monitor.web.api.answers import answer, api_router, part, problems, unchanged
from monitor.web.api.once import once
from monitor.web.api.shapes import Part
from monitor.web.asking import May, desk_of
from monitor.web.batches import Chosen
from monitor.web.case_view import dossier
from monitor.web.pages.cases import hand_of, opening
from monitor.web.problems import Problem

router = api_router("cases")
Number = Annotated[int, Path(ge=1, le=2**53)]
Worker = Annotated[Actor, Depends(May("verify"))]
Row = dict[str, object]
_NEVER = 2**53
_PROBLEMS = problems(404, 409, 412)


@router.get("/cases", response_model=Part[shapes.CaseRow], dependencies=[Depends(May("look"))])
def cases(
    request: Request,
    chosen: Annotated[Chosen, Depends(batches.chosen)],
    state: CaseState | None = None,
    assignee: Annotated[str | None, Query(max_length=80)] = None,
) -> Response:
    """Cases, the newest first."""
    with desk_of(request).store() as store:
        return part(request, batches.of_cases(store, chosen, state=state, assignee=assignee))


@router.post("/cases", response_model=shapes.CasePage, responses=problems(409))
def open_case(request: Request, sent: shapes.OpenCase, actor: Worker) -> Response:
    """Opens a case, or gives the one that there is."""

    def work() -> Row:
        with desk_of(request).store() as store:
            about = opening(store, sent.kind, sent.platform, sent.post_id, str(sent.number or ""))
            number, _ = open_cases.run(store, about, hand_of(store, actor))
            return dossier(store, number)

    return once(request, actor, sent.model_dump(mode="json"), work)


@router.get(
    "/cases/{number}", response_model=shapes.CasePage, dependencies=[Depends(May("look"))], responses=problems(404)
)
def case(request: Request, number: Number) -> Response:
    """One case with its answers, findings, verdicts, sign-offs; its ETag is what If-Match takes."""
    with desk_of(request).store() as store:
        return answer(request, dossier(store, number))


@router.get(
    "/cases/{number}/mediareview",
    response_model=shapes.Review,
    dependencies=[Depends(May("look"))],
    responses=problems(404),
)
def review(request: Request, number: Number) -> Response:
    """The signed-off verdict as schema.org's MediaReview; 404 while it is not signed off, or has no code."""
    with desk_of(request).store() as store:
        found = review_of(store, dossier(store, number))
    if found is None:
        raise Problem(404, "no present verdict of this case is signed off with a code of MediaReview")
    return answer(request, found)


def _done(
    request: Request, actor: Actor, number: int, sent: shapes.Sent, do: Callable[[Work], object], *, status: int = 201
) -> Response:
    """Does it once, if the case is as the program saw it, and answers with the case."""

    def work() -> Row:
        with desk_of(request).store() as store:
            try:
                with store.change():
                    _as_seen(request, store, number)
                    do(Work(store, number, hand_of(store, actor), _NEVER if sent.version is None else sent.version))
                    return dossier(store, number)
            except (Raced, NotSigned) as exc:
                raise Problem(409, str(exc)) from exc
            except WrongUse as exc:
                raise Problem(422, str(exc)) from exc

    return once(request, actor, sent.model_dump(mode="json"), work, status=status)


def _as_seen(request: Request, store: Store, number: int) -> None:
    unchanged(request, dossier(store, number))


@router.patch("/cases/{number}", response_model=shapes.CasePage, responses=_PROBLEMS)
def plan(request: Request, number: Number, sent: shapes.SentPlan, actor: Worker) -> Response:
    """Title, priority, assignee, time, the switch that lets links out, closed or open."""

    def do(work: Work) -> None:
        own = work.own()
        given = sent.model_fields_set
        due = datetime.fromisoformat(str(own["due_at"])) if own["due_at"] else None
        work_cases.replan(
            work,
            Plan(
                title=sent.title or str(own["title"]),
                priority=int(str(own["priority"])) if sent.priority is None else sent.priority,
                assignee=(sent.assignee or None) if "assignee" in given else _text(own["assignee"]),
                due_at=_utc(sent.due_at, "due_at") if "due_at" in given else due,
                outside=bool(own["outside"]) if sent.outside is None else sent.outside,
                closed=own["state"] == "closed" if sent.closed is None else sent.closed,
            ),
        )

    return _done(request, actor, number, sent, do, status=200)


@router.post("/cases/{number}/answers", response_model=shapes.CasePage, status_code=201, responses=_PROBLEMS)
def add_answer(request: Request, number: Number, sent: shapes.SentAnswer, actor: Worker) -> Response:
    """An answer; earlier ones stay."""
    return _done(
        request, actor, number, sent, lambda work: work_cases.answer(work, sent.question, sent.answer, sent.confidence)
    )


@router.post("/cases/{number}/findings", response_model=shapes.CasePage, status_code=201, responses=_PROBLEMS)
def add_finding(request: Request, number: Number, sent: shapes.SentFinding, actor: Worker) -> Response:
    """Something found out, at an address that the collector keeps if wanted."""
    found = Finding(sent.kind, sent.note, sent.url or None)
    return _done(request, actor, number, sent, lambda work: work_cases.add_finding(work, found, copy=sent.copy_))


@router.post("/cases/{number}/frames", response_model=shapes.CasePage, status_code=201, responses=_PROBLEMS)
def add_frame(request: Request, number: Number, sent: shapes.SentFrame, actor: Worker) -> Response:
    """The exact frame of one of our files at full size, as a finding."""
    vault = keep_findings.vault_of(desk_of(request).settings)

    def work() -> Row:
        with desk_of(request).store() as store:
            _as_seen(request, store, number)
            # Decoding takes seconds: not while the ledger's lock is held.
            try:
                keep_findings.cut(
                    Work(store, number, hand_of(store, actor), _NEVER), vault, sent.sha256, sent.at_seconds, sent.note
                )
            except PostwatchError as exc:
                raise Problem(422, str(exc)) from exc
            return dossier(store, number)

    return once(request, actor, sent.model_dump(mode="json"), work, status=201)


@router.post("/cases/{number}/places", response_model=shapes.CasePage, status_code=201, responses=_PROBLEMS)
def set_place(request: Request, number: Number, sent: shapes.SentPlace, actor: Worker) -> Response:
    """Where it was recorded."""
    return _done(
        request,
        actor,
        number,
        sent,
        lambda work: work_cases.set_place(work, sent.latitude, sent.longitude, sent.precision_m, sent.note),
    )


@router.post("/cases/{number}/verdicts", response_model=shapes.CasePage, status_code=201, responses=_PROBLEMS)
def give_verdict(request: Request, number: Number, sent: shapes.SentVerdict, actor: Worker) -> Response:
    """A verdict, which waits for a second person."""
    said = Verdict(
        material=sent.material,
        claim=sent.claim,
        claim_text=sent.claim_text,
        codes=tuple(sent.codes),
        context=sent.context,
        original_url=sent.original_url,
        rationale=sent.rationale,
    )
    return _done(request, actor, number, sent, lambda work: work_cases.decide(work, said))


@router.post("/cases/{number}/signoffs", response_model=shapes.CasePage, status_code=201, responses=_PROBLEMS)
def sign_off(
    request: Request, number: Number, sent: shapes.SentSignoff, actor: Annotated[Actor, Depends(May("sign off"))]
) -> Response:
    """A second person's word on the present verdict; 409 for whoever gave it, and for one that is not current."""
    return _done(request, actor, number, sent, lambda work: work_cases.sign_off(work, sent.n, sent.outcome, sent.note))


@router.post("/cases/{number}/comments", response_model=shapes.CasePage, status_code=201, responses=_PROBLEMS)
def add_comment(request: Request, number: Number, sent: shapes.SentComment, actor: Worker) -> Response:
    """A word among colleagues."""
    return _done(request, actor, number, sent, lambda work: work_cases.comment(work, sent.body))


@router.post("/cases/{number}/rights", response_model=shapes.CasePage, status_code=201, responses=_PROBLEMS)
def note_right(request: Request, number: Number, sent: shapes.SentRight, actor: Worker) -> Response:
    """How it stands with a holder of rights."""
    told = Right(
        holder=sent.holder,
        state=sent.state,
        licence=sent.licence,
        credit=sent.credit,
        asked_at=_utc(sent.asked_at, "asked_at"),
        expires_at=_utc(sent.expires_at, "expires_at"),
        note=sent.note,
    )
    return _done(request, actor, number, sent, lambda work: work_cases.note_right(work, told))


def _utc(moment: datetime | None, name: str) -> datetime | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise Problem(422, f"{name}: say the zone, as in 2026-11-20T18:00:00Z")
    return moment.astimezone(UTC)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
