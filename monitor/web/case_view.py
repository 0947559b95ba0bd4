"""What the page of a case shows: the dossier, the post with its files, tools of others, signed addresses; and its frames."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Request, Response

from monitor import clock
from monitor.errors import PostwatchError
from monitor.jobs.review_cases import review_of
from monitor.jobs.work_cases import Raced
from monitor.model.case import CONFIDENCES, FINDING_KINDS, PRIORITIES, RIGHT_STATES
from monitor.model.desk import Actor
from monitor.store import cases, cases_dossier, dossiers, people
from monitor.store.open import Store
from monitor.verify.places import PRECISIONS
from monitor.verify.tools import ToolLink, tool_links
from monitor.verify.verdicts import CLAIM, CODES, MATERIAL
from monitor.web import media
from monitor.web.asking import desk_of
from monitor.web.pages.posts import poster_for
from monitor.web.problems import Problem
from monitor.web.render import page

if TYPE_CHECKING:
    from monitor.web.desk import Desk

Row = dict[str, object]
_WORDS: Row = {
    "priorities": PRIORITIES,
    "confidences": CONFIDENCES,
    "finding_kinds": [kind for kind in FINDING_KINDS if kind != "frame"],
    "right_states": RIGHT_STATES,
    "precisions": PRECISIONS,
    "materials": MATERIAL,
    "claims": CLAIM,
    "codes": CODES,
}
_ROLES_AT_WORK = ("verifier", "editor", "archivist", "admin")


def case_page(request: Request, actor: Actor, number: int) -> Response:
    """The case. Raises Problem when there is none."""
    desk = desk_of(request)
    with desk.store() as store:
        told = dossier(store, number)
        post = dossiers.post(store, str(told["platform"]), str(told["post_id"])) if told["post_id"] else None
        article = dossiers.article(store, int(str(told["article_id"]))) if told["article_id"] else None
        cited = _cited(told, post, article, cases.raw(store, number))
        history = cases_dossier.history(store, number)
        mine = cases.person_behind(store, actor.agent)
        author = store.value_text("SELECT person FROM case_verdict WHERE case_id = ? ORDER BY n DESC LIMIT 1", number)
        assignees = people_at_work(store)
        review = review_of(store, told)
        links = _tools(desk, store, told, post)
    return page(
        request,
        "case.html",
        case=told,
        post=post,
        article=article,
        cited=cited,
        history=history,
        own_verdict=author == mine,
        assignees=assignees,
        review=json.dumps(review, indent=1, ensure_ascii=False) if review else None,
        tools=links,
        moment=clock.text(clock.now()),
        address=lambda sha256, extension: media.address(desk, actor, sha256, extension),
        poster=poster_for(request, actor),
        shown=media.SHOWN,
        words=_WORDS,
    )


def dossier(store: Store, number: int) -> Row:
    """The case. Raises Problem when there is none."""
    told = cases_dossier.case(store, number) if number < 2**53 else None
    if told is None:
        raise Problem(404, "there is no such case")
    return told


def people_at_work(store: Store) -> list[str]:
    """Who may be given a case."""
    return [person.name for person in people.everybody(store) if person.active and person.role in _ROLES_AT_WORK]


def _cited(told: Row, post: Row | None, article: Row | None, own: object) -> list[Row]:
    """Where articles cite the post; of a citation's case that citation first; of an article's case all that it cites."""
    source, name = (article, "cites") if told["kind"] == "article" else (post, "cited_by")
    found = source[name] if source else []
    assert isinstance(found, list)
    wanted = own["citation_id"] if own is not None else None  # type: ignore[index]  # a row of the ledger
    return sorted(found, key=lambda row: row["id"] != wanted)


def _tools(desk: "Desk", store: Store, told: Row, post: Row | None) -> list[ToolLink]:
    """Links whose gaps this case can fill."""
    image = None
    if post is not None:
        image = store.value_text(
            """SELECT coalesce(m.preview_url, CASE m.kind WHEN 'photo' THEN m.url END) FROM media m JOIN post p ON p.id = m.post
            WHERE p.platform = ? AND p.post_id = ? ORDER BY m.n LIMIT 1""",
            post["platform"],
            post["post_id"],
        )
    places, verdicts = told["places"], told["verdicts"]
    assert isinstance(places, list)
    assert isinstance(verdicts, list)
    known = {
        "image": image,
        "url": str(post["url"]) if post and post["url"] else None,
        "handle": str(post["handle"]) if post and post["handle"] else None,
        "latitude": f"{places[-1]['latitude']:.6f}" if places else None,
        "longitude": f"{places[-1]['longitude']:.6f}" if places else None,
        "day": str(post["posted_at"])[:10] if post and post["posted_at"] else None,
        "claim": verdicts[-1]["claim_text"] if verdicts else None,
    }
    return tool_links([(tool.name, tool.url) for tool in desk.settings.tools], known)


def frames_page(request: Request, actor: Actor, number: int, sha256: str, zoom: int) -> Response:
    """One file of the case by its frames. Raises Problem for a file that is not the case's."""
    desk = desk_of(request)
    with desk.store() as store:
        told = dossier(store, number)
        file = _file_of(store, told, sha256)
    if file is None or not desk.vault.has(sha256):
        raise Problem(404, "this case has no such file, or the vault no longer holds it")
    moving = file["kind"] in ("video", "gif")
    picture = media.address(desk, actor, sha256, str(file["extension"])) if not moving else None
    return page(
        request,
        "case_frames.html",
        case=told,
        file={**file, "sha256": sha256},
        frames=_strip(desk, actor, sha256) if moving else [],
        address=media.address(desk, actor, sha256, str(file["extension"])),
        picture=picture,
        poster=poster_for(request, actor),
        zoom=zoom,
        zooms=(1, 2, 4, 8),
    )


def _file_of(store: Store, told: Row, sha256: str) -> Row | None:
    own = store.one(
        """SELECT kind, extension, width, height, duration_s FROM object WHERE sha256 = ?1 AND purged_at IS NULL AND (
            EXISTS (SELECT 1 FROM case_finding f WHERE f.case_id = ?2 AND f.sha256 = ?1)
            OR EXISTS (SELECT 1 FROM media m JOIN desk_case c ON c.post = m.post WHERE c.id = ?2 AND m.sha256 = ?1))""",
        sha256,
        told["id"],
    )
    return None if own is None else dict(own)


def _strip(desk: "Desk", actor: Actor, sha256: str) -> list[tuple[float, str]]:
    """(seconds, address) of small pictures, made when first asked for."""
    kept = strip_folder(desk, sha256)
    if not (kept / "times.json").exists():
        _make_strip(desk, sha256, kept)
    try:
        times = json.loads((kept / "times.json").read_text(encoding="utf-8"))
    except OSError:
        return []
    return [(float(at), media.address(desk, actor, sha256, f"strip-{n}.jpg")) for n, at in enumerate(times)]


def strip_folder(desk: "Desk", sha256: str) -> Path:
    """Where the small pictures of a clip lie."""
    return desk.settings.storage / "cache" / "strips" / sha256


def _make_strip(desk: "Desk", sha256: str, kept: Path) -> None:
    from monitor.media.frame import key_frames

    try:
        folder = desk.vault.new_temp()
    except PostwatchError:
        return
    try:
        times = key_frames(desk.vault.path_of(sha256), folder)
        (folder / "times.json").write_text(json.dumps(times), encoding="utf-8")
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_name(f"{kept.name}.{folder.name}")
        shutil.copytree(folder, part)
        if kept.exists():
            shutil.rmtree(part)
        else:
            part.rename(kept)
    except (PostwatchError, OSError):
        return
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def conflict_page(request: Request, number: int, sent: list[tuple[str, str]], problem: Exception) -> Response:
    """What somebody sent and what is there now, with a way to send it again; nothing that was typed is lost."""
    desk = desk_of(request)
    with desk.store() as store:
        told = dossier(store, number)
        history = cases_dossier.history(store, number)[:8]
    raced = isinstance(problem, Raced)
    return page(
        request,
        "case_conflict.html",
        status=409 if raced else 422,
        case=told,
        there=_there(told, problem.part, dict(sent)) if isinstance(problem, Raced) else [],
        sent=sent,
        action=request.url.path,
        raced=raced,
        words=str(problem),
        history=history,
        long=("answer", "note", "rationale", "context", "claim_text", "body"),
    )


def _there(told: Row, part: str, sent: dict[str, str]) -> list[tuple[str, object, object]]:
    """(what, by whom, words) of the part as it is now."""
    if part == "plan":
        return [(name, "", told[name]) for name in ("title", "priority", "assignee", "due_at", "state")]
    if part == "answer":
        checklist = told["checklist"]
        assert isinstance(checklist, list)
        return _fields(
            next((q["last"] for q in checklist if q["key"] == sent.get("question")), None), ("answer", "confidence")
        )
    if part == "place":
        return _fields(_last(told["places"]), ("latitude", "longitude", "precision_m", "note"))
    return _fields(_last(told["verdicts"]), ("material", "claim", "claim_text", "codes", "rationale"))


def _last(rows: object) -> object:
    return rows[-1] if isinstance(rows, list) and rows else None


def _fields(row: object, names: Sequence[str]) -> list[tuple[str, object, object]]:
    return [(name, row["author"], row[name]) for name in names] if isinstance(row, dict) else []
