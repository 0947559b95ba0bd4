"""One's own place: sessions, password, how the desk looks."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from monitor import clock
from monitor.model.desk import Actor
from monitor.store import audit, people, sessions
from monitor.web.asking import May, desk_of, field, visitor
from monitor.web.people import passwords, second_factor, secrets
from monitor.web.problems import Problem
from monitor.web.render import page

router = APIRouter(prefix="/me", include_in_schema=False)
Self = Annotated[Actor, Depends(May("mind oneself"))]
_THEMES = ("auto", "light", "dark")


@router.get("")
def me(request: Request, actor: Annotated[Actor, Depends(May("look"))], said: str = "") -> Response:
    """Sessions, password, preferences."""
    return _page(request, actor, "", said)


def _page(request: Request, actor: Actor, wrong: str, said: str = "") -> Response:
    if actor.person_id is None:
        raise Problem(403, "a token has no place of its own")
    desk = desk_of(request)
    with desk.store() as store:
        running = sessions.running(store, actor.person_id, clock.now())
        person = people.find(store, actor.person_id)
    assert person is not None
    nonce = second_factor.new_nonce()
    notes = {"password": "Your password is changed; all other sessions have ended.", "kept": "Kept."}
    return page(
        request,
        "me.html",
        status=422 if wrong else 200,
        sessions=running,
        wrong=wrong,
        said=notes.get(said, ""),
        themes=_THEMES,
        coded=person.totp_nonce is not None,
        nonce=nonce,
        nonce_mark=secrets.signed(desk.key, "nonce", nonce, actor.name),
        totp_shown=second_factor.shown(desk.key, nonce),
        totp_address=second_factor.address(desk.key, nonce, actor.name),
    )


@router.post("/preferences")
def prefer(request: Request, actor: Self) -> Response:
    """How the desk looks, for this person."""
    theme = field(request, "theme")
    chosen = {
        "theme": theme if theme in _THEMES else "auto",
        "shortcuts": field(request, "shortcuts") == "on",
        "greyscale": field(request, "greyscale") == "on",
        "veil": field(request, "veil") == "on",
    }
    with desk_of(request).store() as store:
        people.set_preferences(store, _person(actor), json.dumps(chosen))
    return RedirectResponse("/me?said=kept", 303)


@router.post("/password")
def change_password(request: Request, actor: Self) -> Response:
    """A new password for the old one; other sessions end."""
    form = request.state.form
    old, new, again = (str(form.get(name) or "") for name in ("old", "new", "again"))
    with desk_of(request).store() as store:
        person = people.find(store, _person(actor))
        assert person is not None
        wrong = passwords.weakness(new, person.name) or ("the two passwords differ" if new != again else None)
        if not passwords.fits(person.password_hash, old):
            wrong = "the present password is another"
            people.note_failure(store, person.name, visitor(request).address, clock.now())
        if wrong:
            return _page(request, actor, wrong)
        kept = passwords.hashed(new)
        with store.change():
            people.set_password(store, person.id, kept)
            sessions.end_all(store, person.id, "a new password was set", clock.now(), but=actor.session_id)
            audit.note(store, actor.agent, "set password", f"person:{person.name}", clock.now())
    return RedirectResponse("/me?said=password", 303)


@router.post("/code")
def second_step(request: Request, actor: Self) -> Response:
    """Switches the second step of the login on, once a code shows that the authenticator has the secret; or off, with a code."""
    desk, nonce, given = desk_of(request), field(request, "nonce"), field(request, "code")
    with desk.store() as store, store.change():
        person = people.find(store, _person(actor))
        assert person is not None
        known = person.totp_nonce
        if known is None and not secrets.same(
            field(request, "mark"), secrets.signed(desk.key, "nonce", nonce, actor.name)
        ):
            raise Problem(403, "this form is not from a page of this session: load the page anew")
        step = second_factor.step_of(desk.key, known or nonce, given, clock.now(), people.last_code(store, person.id))
        if step is None:
            return _page(request, actor, "this is not the code of now: begin anew")
        people.set_totp(store, person.id, nonce if known is None else None)
        people.use_code(store, person.id, step)
        action = "switch second step on" if known is None else "switch second step off"
        audit.note(store, actor.agent, action, f"person:{person.name}", clock.now())
    return RedirectResponse("/me?said=kept", 303)


@router.post("/sessions/{number}/end")
def end_session(request: Request, number: int, actor: Self) -> Response:
    """Ends one of one's own sessions."""
    with desk_of(request).store() as store, store.change():
        if sessions.end(store, number, _person(actor), "ended by its owner", clock.now()):
            audit.note(store, actor.agent, "end session", f"session:{number}", clock.now())
    return RedirectResponse("/me", 303)


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise Problem(403, "a token has no place of its own")
    return actor.person_id
