"""What is sent from the page of a case: each form carries the version of the case that its page showed."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from monitor.errors import PostwatchError, WrongUse
from monitor.jobs import keep_findings, work_cases
from monitor.jobs.work_cases import NotSigned, Work
from monitor.model.case import Finding, Plan, Right, Verdict
from monitor.model.desk import Actor
from monitor.verify.places import coordinates
from monitor.web.asking import May, desk_of, field, form_of
from monitor.web.case_view import conflict_page, dossier
from monitor.web.pages.cases import hand_of
from monitor.web.problems import Problem

router = APIRouter(prefix="/cases/{number}", include_in_schema=False)
Worker = Annotated[Actor, Depends(May("verify"))]
Second = Annotated[Actor, Depends(May("sign off"))]
_LARGEST_FILE = 8_000_000


def _done(request: Request, actor: Actor, number: int, do: Callable[[Work], object], anchor: str = "") -> Response:
    """Does it and shows the case; what cannot be done is told with all that was typed."""
    seen = field(request, "version")
    with desk_of(request).store() as store:
        dossier(store, number)
        work = Work(store, number, hand_of(store, actor), int(seen) if seen.isdigit() and len(seen) < 18 else 0)
        try:
            do(work)
        except NotSigned as exc:
            raise Problem(409, str(exc)) from exc
        except PostwatchError as exc:
            return conflict_page(request, number, _sent(request), exc)
    return RedirectResponse(f"/cases/{number}{anchor}", 303)


def _sent(request: Request) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, value in form_of(request).multi_items()
        if isinstance(value, str) and name not in ("csrf", "version")
    ]


@router.post("/plan")
def plan(request: Request, number: int, actor: Worker) -> Response:
    """Title, priority, who, until when; whether links may leave the house; closed or open. What is not sent stays."""

    def do(work: Work) -> None:
        form, own = form_of(request), work.own()
        due, late = own["due_at"], field(request, "due_at")
        work_cases.replan(
            work,
            Plan(
                title=field(request, "title") if "title" in form else str(own["title"]),
                priority=_number(field(request, "priority"), 3) if "priority" in form else int(str(own["priority"])),
                assignee=(field(request, "assignee") or None) if "assignee" in form else _text(own["assignee"]),
                due_at=_local(request, late) if "due_at" in form else _moment(_text(due)),
                outside=field(request, "outside") == "on" if "outside" in form else bool(own["outside"]),
                closed=field(request, "closed") == "on" if "closed" in form else own["state"] == "closed",
            ),
        )

    return _done(request, actor, number, do)


@router.post("/answers")
def answer(request: Request, number: int, actor: Worker) -> Response:
    """An answer to one question."""
    question = field(request, "question")

    def do(work: Work) -> None:
        work_cases.answer(work, question, field(request, "answer"), field(request, "confidence"))

    return _done(request, actor, number, do, f"#q-{question}" if question.isalnum() else "")


@router.post("/findings")
def finding(request: Request, number: int, actor: Worker) -> Response:
    """Something found out, with an address to keep or a file."""

    def do(work: Work) -> None:
        kind, note, url = field(request, "kind"), field(request, "note"), field(request, "url")
        file = form_of(request).get("file")
        if isinstance(file, UploadFile) and file.filename:
            _give(request, work, file, kind, "\n".join(filter(None, (note, url))))
        else:
            work_cases.add_finding(work, Finding(kind, note, url or None), copy=field(request, "copy") == "on")

    return _done(request, actor, number, do, "#findings")


def _give(request: Request, work: Work, file: UploadFile, kind: str, note: str) -> None:
    vault = keep_findings.vault_of(desk_of(request).settings)
    if (file.size or 0) > _LARGEST_FILE:
        raise WrongUse(f"file: {_LARGEST_FILE:,} bytes at most; `postwatch keep` takes larger ones")
    folder = vault.new_temp()
    try:
        path = folder / "given"
        with path.open("wb") as out, file.file as given:
            shutil.copyfileobj(given, out)
        name = (file.filename or "file").replace("\\", "/").rpartition("/")[2][:200]
        keep_findings.give(work, vault, path, name, kind, note)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@router.post("/copies")
def copy(request: Request, number: int, actor: Worker) -> Response:
    """Lets the collector keep the address of a finding."""

    def do(work: Work) -> None:
        work_cases.ask_copy(work, _number(field(request, "finding"), 2**53))

    return _done(request, actor, number, do, "#findings")


@router.post("/frames")
def frame(request: Request, number: int, actor: Worker) -> Response:
    """Cuts the exact frame of one of the case's files."""

    def do(work: Work) -> None:
        keep_findings.cut(
            work,
            keep_findings.vault_of(desk_of(request).settings),
            field(request, "sha256"),
            seconds_of_clip(field(request, "at")),
            field(request, "note"),
        )

    return _done(request, actor, number, do, "#findings")


@router.post("/places")
def place(request: Request, number: int, actor: Worker) -> Response:
    """Where it was recorded."""

    def do(work: Work) -> None:
        try:
            latitude, longitude = coordinates(field(request, "place"))
        except ValueError as exc:
            raise WrongUse(f"place: {exc}") from exc
        precision = _number(field(request, "precision_m"), 10_000_000)
        work_cases.set_place(work, latitude, longitude, precision, field(request, "note"))

    return _done(request, actor, number, do, "#place")


@router.post("/verdicts")
def verdict(request: Request, number: int, actor: Worker) -> Response:
    """A verdict, which waits for a second person."""
    codes = tuple(str(code) for code in form_of(request).getlist("codes"))
    said = Verdict(
        material=field(request, "material"),
        claim=field(request, "claim"),
        claim_text=field(request, "claim_text"),
        codes=codes,
        context=field(request, "context"),
        original_url=field(request, "original_url"),
        rationale=field(request, "rationale"),
    )
    return _done(request, actor, number, lambda work: work_cases.decide(work, said), "#verdict")


@router.post("/signoffs")
def signoff(request: Request, number: int, actor: Second) -> Response:
    """A second person's word."""

    def do(work: Work) -> None:
        which = _number(field(request, "n"), 2**53)
        work_cases.sign_off(work, which, field(request, "outcome"), field(request, "note"))

    return _done(request, actor, number, do, "#verdict")


@router.post("/comments")
def comment(request: Request, number: int, actor: Worker) -> Response:
    """A word among colleagues."""
    return _done(request, actor, number, lambda work: work_cases.comment(work, field(request, "body")), "#comments")


@router.post("/rights")
def right(request: Request, number: int, actor: Worker) -> Response:
    """How it stands with a holder of rights."""

    def do(work: Work) -> None:
        told = Right(
            holder=field(request, "holder")[:500],
            state=field(request, "state"),
            licence=field(request, "licence")[:500],
            credit=field(request, "credit")[:500],
            asked_at=_local(request, field(request, "asked_at")),
            expires_at=_local(request, field(request, "expires_at")),
            note=field(request, "note")[:2000],
        )
        work_cases.note_right(work, told)

    return _done(request, actor, number, do, "#rights")


def seconds_of_clip(text: str) -> float:
    """Seconds from "3.24", "1:02.5" or "0:01:02". Raises WrongUse."""
    total = 0.0
    try:
        for part in text.replace(",", ".").split(":"):
            total = total * 60 + float(part)
    except ValueError:
        raise WrongUse("at: a time in the clip, such as 3.24 or 1:02.5") from None
    if not 0 <= total < 1_000_000:
        raise WrongUse("at: a time in the clip, such as 3.24 or 1:02.5")
    return total


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 18 and int(text) <= most):
        raise WrongUse(f"{text[:40]!r} is no number that we can use here")
    return int(text)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _local(request: Request, text: str) -> datetime | None:
    """A day or a time as a browser sends it, in the newsroom's zone."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"{text[:40]!r} is no time: write 2026-11-20T18:00") from None
    return (found if found.tzinfo else found.replace(tzinfo=desk_of(request).zone)).astimezone(UTC)
