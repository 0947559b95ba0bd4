"""Coming in and going: login, the link that lets in once, logout."""

from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from monitor import clock
from monitor.model.desk import Actor
from monitor.store import audit, people, sessions
from monitor.web.asking import May, actor_or_none, check_origin, desk_of, field, read_form, visitor
from monitor.web.people import coming_in, oidc, passwords
from monitor.web.people.secrets import digest
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(include_in_schema=False)
_NAME_MOST = 60
_ON_ITS_WAY = "postwatch_login"


def to_login(request: Request) -> Response:
    """Sends a browser to the login, and back afterwards."""
    there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(there if request.method == 'GET' else '/', safe='')}", 303)


def _inside(there: str) -> str:
    """An address of ours to go on to; "/" for any other."""
    parts = urlsplit(there)
    fine = there.startswith("/") and not there.startswith(("//", "/\\")) and not parts.netloc and "\\" not in there
    return there if fine and there.isprintable() else "/"


async def _own_form(request: Request) -> None:
    """A form of ours that is sent before there is a session."""
    check_origin(request)
    await read_form(request)


@router.get("/login")
def login(request: Request, next: str = "/") -> Response:
    """The login."""
    if actor_or_none(request) is not None:
        return RedirectResponse(_inside(next), 303)
    with desk_of(request).store() as store:
        nobody = not people.any_there(store)
    return page(
        request,
        "login.html",
        next=_inside(next),
        wrong="",
        name="",
        nobody=nobody,
        provider=bool(desk_of(request).options.oidc_issuer),
    )


@router.post("/login", dependencies=[Depends(_own_form)])
def log_in(request: Request) -> Response:
    """Name and password for a session under a new secret."""
    name, there = field(request, "name"), _inside(field(request, "next"))
    with desk_of(request).store() as store:
        try:
            person = coming_in.known(store, name[:_NAME_MOST], _secret(request, "password"), visitor(request))
        except coming_in.TooManyTries:
            raise Problem(
                429, "too many logins have failed: wait a quarter of an hour", headers={"Retry-After": "900"}
            ) from None
        if person is None:
            words = "This name and this password do not go together."
            return page(
                request,
                "login.html",
                status=403,
                next=there,
                wrong=words,
                name=name,
                nobody=False,
                provider=bool(desk_of(request).options.oidc_issuer),
            )
        known = people.find(store, person)
        if known is not None and known.totp_nonce is not None:
            return page(
                request, "code.html", ticket=coming_in.ticket(desk_of(request).key, person), next=there, wrong=""
            )
        secret = coming_in.begin_session(store, person, visitor(request), "password")
    return _with_cookie(request, RedirectResponse(there, 303), secret)


@router.post("/login/code", dependencies=[Depends(_own_form)])
def with_code(request: Request) -> Response:
    """The second step, where a person has switched it on."""
    desk, shown, there = desk_of(request), field(request, "ticket"), _inside(field(request, "next"))
    person = coming_in.holder(desk.key, shown)
    if person is None:
        return RedirectResponse("/login", 303)
    with desk.store() as store:
        try:
            fine = coming_in.coded(store, desk.key, person, field(request, "code"), visitor(request))
        except coming_in.TooManyTries:
            raise Problem(
                429, "too many codes were wrong: wait a quarter of an hour", headers={"Retry-After": "900"}
            ) from None
        if not fine:
            return page(
                request, "code.html", status=403, ticket=shown, next=there, wrong="This is not the code of now."
            )
        secret = coming_in.begin_session(store, person, visitor(request), "password")
    return _with_cookie(request, RedirectResponse(there, 303), secret)


@router.get("/login/oidc")
def by_provider(request: Request, next: str = "/") -> Response:
    """Sends the browser to the newsroom's identity provider."""
    desk = desk_of(request)
    if not desk.options.oidc_issuer:
        raise Problem(404, "no identity provider is named in [desk] oidc_issuer")
    url, kept = oidc.begin(desk, _back(request), _inside(next))
    answer = RedirectResponse(url, 303)
    answer.set_cookie(_ON_ITS_WAY, kept, max_age=600, path="/login", httponly=True, samesite="lax", secure=desk.secure)
    return answer


@router.get("/login/back")
def back_from_provider(request: Request) -> Response:
    """Where the identity provider sends the browser back to."""
    desk = desk_of(request)
    asked = oidc.Asked.unpacked(desk.key, request.cookies.get(_ON_ITS_WAY, ""))
    if not desk.options.oidc_issuer or asked is None:
        return RedirectResponse("/login", 303)
    subject, name = oidc.finish(desk, _back(request), asked, request.query_params)
    with desk.store() as store:
        person = people.by_subject(store, subject, name)
        if person is None:
            audit.note(store, "nobody", "login failed", f"person:{name[:80]}", clock.now(), detail={"how": "oidc"})
            raise Problem(403, f"{name[:80]} has no place at this desk yet: an administrator gives one under this name")
        secret = coming_in.begin_session(store, person.id, visitor(request), "oidc")
    answer = _with_cookie(request, RedirectResponse(asked.there, 303), secret)
    answer.delete_cookie(_ON_ITS_WAY, path="/login")
    return answer


def _back(request: Request) -> str:
    base = desk_of(request).options.public_url or f"{request.url.scheme}://{request.headers['host']}"
    return f"{base}/login/back"


@router.get("/enter/{secret}")
def enter(request: Request, secret: str) -> Response:
    """The page of a link that lets in once. Looking at it spends nothing: mail scanners look."""
    with desk_of(request).store() as store:
        link = people.open_link(store, digest(secret), clock.now())
        person = people.find(store, link["person_id"]) if link and link["person_id"] else None
    if link is None:
        raise Problem(410, "this link is no longer good: it lasts for a short time, and works once")
    return page(request, "enter.html", secret=secret, person=person, wrong="", name="")


@router.post("/enter/{secret}", dependencies=[Depends(_own_form)])
def come_in(request: Request, secret: str) -> Response:
    """Sets a password with the link, and begins a session."""
    password = _secret(request, "password")
    with desk_of(request).store() as store:
        link = people.open_link(store, digest(secret), clock.now())
        if link is None:
            raise Problem(410, "this link is no longer good: it lasts for a short time, and works once")
        person = people.find(store, link["person_id"]) if link["person_id"] else None
        name = person.name if person else field(request, "name")
        wrong = name_fault(name) or passwords.weakness(password, name)
        if wrong is None and password != _secret(request, "again"):
            wrong = "the two passwords differ"
        if wrong:
            return page(request, "enter.html", status=422, secret=secret, person=person, wrong=wrong, name=name)
        came = coming_in.accept(store, secret, name, password, visitor(request))
        if came is None:
            raise Problem(410, "somebody else was first with this link")
        cookie = coming_in.begin_session(store, came, visitor(request), "link")
    return _with_cookie(request, RedirectResponse("/", 303), cookie)


@router.post("/logout")
def log_out(request: Request, actor: Annotated[Actor, Depends(May("mind oneself"))]) -> Response:
    """Ends this session."""
    with desk_of(request).store() as store, store.change():
        if actor.session_id is not None:
            sessions.end(store, actor.session_id, actor.person_id, "logged out", clock.now())
        audit.note(store, actor.agent, "logout", f"person:{actor.name}", clock.now(), address=visitor(request).address)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(desk_of(request).cookie, path="/", secure=desk_of(request).secure, httponly=True)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def name_fault(name: str) -> str | None:
    """What is wrong with a name to log in by, or None."""
    if not name or len(name) > _NAME_MOST or not name.isprintable() or name != name.strip():
        return f"a name of 1 to {_NAME_MOST} characters"
    return "a name without : and /" if set(name) & set(":/") else None


def _secret(request: Request, name: str) -> str:
    value = request.state.form.get(name)
    return value if isinstance(value, str) else ""


def _with_cookie(request: Request, answer: Response, secret: str) -> Response:
    desk = desk_of(request)
    answer.set_cookie(desk.cookie, secret, path="/", httponly=True, samesite="lax", secure=desk.secure)
    return answer
