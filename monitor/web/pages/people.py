"""People, tokens, and the switch that closes the desk: for administrators."""

from datetime import timedelta
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from monitor import clock
from monitor.durations import seconds_of
from monitor.model.desk import ROLES, Actor, Lock, Role
from monitor.store import audit, people, sessions
from monitor.web.asking import May, desk_of, field
from monitor.web.pages.entry import name_fault
from monitor.web.people import coming_in, secrets
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(prefix="/people", include_in_schema=False)
Admin = Annotated[Actor, Depends(May("govern"))]


@router.get("")
def everybody(request: Request, actor: Admin) -> Response:
    """People, tokens, the lock."""
    return _page(request)


def _page(request: Request, *, wrong: str = "", told: tuple[str, str] | None = None) -> Response:
    """`told` is a label and a secret that is shown this once."""
    desk = desk_of(request)
    with desk.store() as store:
        return page(
            request,
            "people.html",
            status=422 if wrong else 200,
            people=people.everybody(store),
            tokens=sessions.tokens(store),
            lock=audit.lock(store),
            lines=audit.listing(store, limit=30),
            roles=ROLES,
            wrong=wrong,
            told=told,
        )


@router.post("")
def add(request: Request, actor: Admin) -> Response:
    """A new person; shows the link by which they come in, once."""
    name, role = field(request, "name"), _role(field(request, "role"))
    fault = name_fault(name)
    if fault:
        return _page(request, wrong=fault)
    with desk_of(request).store() as store, store.change():
        row = people.add(store, name, field(request, "shown_name") or name, role, actor.agent, clock.now())
        if row is None:
            return _page(request, wrong=f"there is somebody named {name} already")
        audit.note(store, actor.agent, "add person", f"person:{name}", clock.now(), detail={"role": role})
        secret = coming_in.invite(store, row, actor.agent)
    return _page(request, told=(f"Give {name} this link: it lasts three days and works once", _link(request, secret)))


@router.post("/{number}")
def change(request: Request, number: int, actor: Admin) -> Response:
    """Another role, or no place any more."""
    role, active = _role(field(request, "role")), field(request, "active") == "on"
    with desk_of(request).store() as store, store.change():
        person = people.find(store, number)
        if person is None:
            raise Problem(404, "there is no such person")
        if not people.set_role(store, number, role, active=active):
            return _page(request, wrong="somebody must remain who governs: make another administrator first")
        if not active:
            sessions.end_all(store, number, "no place at the desk any more", clock.now())
        audit.note(
            store,
            actor.agent,
            "change person",
            f"person:{person.name}",
            clock.now(),
            detail={"role": role, "active": active},
        )
    return RedirectResponse("/people", 303)


@router.post("/{number}/link")
def new_link(request: Request, number: int, actor: Admin) -> Response:
    """A link with which somebody sets a new password."""
    with desk_of(request).store() as store, store.change():
        person = people.find(store, number)
        if person is None:
            raise Problem(404, "there is no such person")
        audit.note(store, actor.agent, "make link", f"person:{person.name}", clock.now())
        secret = coming_in.invite(store, number, actor.agent)
    return _page(
        request, told=(f"Give {person.name} this link: it lasts three days and works once", _link(request, secret))
    )


@router.post("/{number}/code/off")
def without_code(request: Request, number: int, actor: Admin) -> Response:
    """Switches somebody's second step off: their authenticator is lost."""
    with desk_of(request).store() as store, store.change():
        person = people.find(store, number)
        if person is None:
            raise Problem(404, "there is no such person")
        people.set_totp(store, number, None)
        audit.note(store, actor.agent, "switch second step off", f"person:{person.name}", clock.now())
    return RedirectResponse("/people", 303)


@router.post("/tokens/new")
def new_token(request: Request, actor: Admin) -> Response:
    """A token for a program, shown this once."""
    name, lasts = field(request, "name") or "unnamed", field(request, "lasts")
    try:
        seconds = seconds_of(lasts) if lasts else None
    except ValueError as exc:
        return _page(request, wrong=f"lasts: {exc}")
    role, now = _role(field(request, "role")), clock.now()
    key, kept, shown = secrets.new_token()
    scopes = ("read",) if field(request, "scope") == "read" else ("read", "write")
    with desk_of(request).store() as store, store.change():
        sessions.add_token(
            store,
            key,
            kept,
            name=name[:80],
            role=role,
            scopes=scopes,
            by=actor.agent,
            now=now,
            expires_at=now + timedelta(seconds=seconds) if seconds else None,
        )
        audit.note(store, actor.agent, "make token", f"token:{key}", now, detail={"role": role, "scopes": scopes})
    return _page(request, told=("The token: it is shown this once", shown))


@router.post("/tokens/{key}/revoke")
def revoke(request: Request, key: str, actor: Admin) -> Response:
    """Ends a token."""
    with desk_of(request).store() as store, store.change():
        if sessions.revoke(store, key, clock.now()):
            audit.note(store, actor.agent, "revoke token", f"token:{key}", clock.now())
    return RedirectResponse("/people", 303)


@router.post("/lock/set")
def set_lock(request: Request, actor: Admin) -> Response:
    """Opens or closes the desk."""
    state = field(request, "lock")
    if state not in get_args(Lock):
        raise Problem(422, "lock: open, read_only or no_access")
    with desk_of(request).store() as store, store.change():
        audit.set_lock(store, state, actor.agent, clock.now())  # type: ignore[arg-type]  # one of Lock, just looked at
        audit.note(store, actor.agent, "set lock", "desk", clock.now(), detail={"lock": state})
    return RedirectResponse("/people", 303)


def _role(text: str) -> Role:
    for role in ROLES:
        if role == text:
            return role
    raise Problem(422, f"role: one of {', '.join(ROLES)}")


def _link(request: Request, secret: str) -> str:
    base = desk_of(request).options.public_url or f"{request.url.scheme}://{request.headers['host']}"
    return f"{base}/enter/{secret}"
