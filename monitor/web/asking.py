"""Who asks, and whether they may: `May("look")` as a dependency of a route gives the Actor or ends the request.

A browser is known by its cookie; what changes something must come from our own pages (Origin, and a token in the form or in
X-CSRF-Token). A program is known by its token, and brings no cookie.
"""

from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException

from monitor import clock
from monitor.model.desk import Actor
from monitor.store import audit, sessions
from monitor.web.people import secrets
from monitor.web.people.authority import Forbidden, authorize
from monitor.web.people.coming_in import Visitor
from monitor.web.problems import Problem, for_program

if TYPE_CHECKING:
    from monitor.web.desk import Desk

SAFE = ("GET", "HEAD", "OPTIONS")
_FIELDS, _FIELD_BYTES = 200, 4_194_304


def desk_of(request: Request) -> "Desk":
    """The desk that serves this request."""
    return cast("Desk", request.app.state.desk)


def visitor(request: Request) -> Visitor:
    """The browser that asks."""
    return Visitor(request.headers.get("user-agent", ""), request.client.host if request.client else "")


def form_of(request: Request) -> FormData:
    """What a page's form sent."""
    return cast("FormData", request.state.form)


def field(request: Request, name: str) -> str:
    """One field of the form, as text; "" when it was not sent."""
    value = form_of(request).get(name)
    return value.strip() if isinstance(value, str) else ""


def csrf_token(desk: "Desk", actor: Actor) -> str:
    """What a session's forms carry."""
    return secrets.signed(desk.key, "csrf", str(actor.session_id))


class May:
    """A dependency: the actor, once it is sure that they may do the action."""

    def __init__(self, action: str) -> None:
        self.action = action

    async def __call__(self, request: Request) -> Actor:
        """The actor. Raises Problem."""
        actor = await run_in_threadpool(self._authorized, request)
        if request.method not in SAFE:
            if actor.session_id is not None:
                check_origin(request)
            if for_program(request.url.path):
                sent = request.headers.get("x-csrf-token", "")
            else:
                await read_form(request)
                sent = field(request, "csrf") or request.headers.get("x-csrf-token", "")
            if actor.session_id is not None and not secrets.same(sent, csrf_token(desk_of(request), actor)):
                raise Problem(403, "this form is not from a page of this session: load the page anew")
        request.state.actor = actor
        return actor

    def _authorized(self, request: Request) -> Actor:
        desk = desk_of(request)
        with desk.store() as store:
            actor = _actor(request, desk)
            if actor is None:
                raise Problem(
                    401,
                    "log in, or send a token: `postwatch api token --role viewer` makes one",
                    headers={"WWW-Authenticate": 'Bearer realm="postwatch"'},
                )
            try:
                authorize(actor, self.action, audit.lock(store))
            except Forbidden as exc:
                raise Problem(403, str(exc)) from exc
        return actor


def _actor(request: Request, desk: "Desk") -> Actor | None:
    now = clock.now()
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    with desk.store() as store:
        if scheme.lower() == "bearer":
            parts = secrets.taken_apart(token.strip())
            found = sessions.token(store, parts[0], now) if parts else None
            good = found is not None and parts is not None and secrets.same(found[0], parts[1])
            return found[1] if good and found is not None and for_program(request.url.path) else None
        cookie = request.cookies.get(desk.cookie, "")
        return sessions.actor(store, secrets.digest(cookie), now) if cookie else None


def actor_or_none(request: Request) -> Actor | None:
    """Who asks, where nobody need be known."""
    return _actor(request, desk_of(request))


def check_origin(request: Request) -> None:
    """Raises Problem unless the request comes from our own pages."""
    origin = request.headers.get("origin")
    if origin is not None:
        fine = urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    else:
        fine = request.headers.get("sec-fetch-site") == "same-origin"
    if not fine:
        raise Problem(403, "this request comes from another site")


async def read_form(request: Request) -> None:
    """Reads the form once. Raises Problem for one that cannot be read."""
    try:
        request.state.form = await request.form(max_files=8, max_fields=_FIELDS, max_part_size=_FIELD_BYTES)
    except MultiPartException as exc:
        raise Problem(400, f"the form cannot be read: {exc}") from exc
