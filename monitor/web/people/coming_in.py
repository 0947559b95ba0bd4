"""How a person comes in: a link that works once, a password, and how often a wrong one may be tried."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from monitor import clock
from monitor.model.desk import Role
from monitor.store import audit, people, sessions
from monitor.store.open import Store
from monitor.web.people import passwords, second_factor
from monitor.web.people.secrets import digest, new_secret, same, signed

LINK_LASTS = timedelta(minutes=15)
INVITATION_LASTS = timedelta(days=3)
_WINDOW = timedelta(minutes=15)
_TICKET_LASTS = timedelta(minutes=5)
_MOST = (5, 30, 300)
"""Failures in the window for one name from one address, for one address, and in all: nobody outside can lock a name out."""


class TooManyTries(Exception):
    """Wait: too many logins have failed."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """The browser that asks."""

    browser: str
    address: str


def first_link(store: Store) -> str | None:
    """The secret of a link that makes the first administrator, or None when somebody is there already."""
    if people.any_there(store):
        return None
    secret = new_secret()
    people.add_link(store, digest(secret), None, "console", clock.now(), LINK_LASTS)
    return secret


def invite(store: Store, person_id: int, by: str) -> str:
    """The secret of a link with which a person sets their password: three days, once."""
    secret = new_secret()
    people.add_link(store, digest(secret), person_id, by, clock.now(), INVITATION_LASTS)
    return secret


def accept(store: Store, secret: str, name: str, password: str, visitor: Visitor) -> int | None:
    """Spends a link: makes the first administrator, or sets a person's password. The person's row; None when the link is no longer good."""
    now, kept = clock.now(), passwords.hashed(password)
    with store.change():
        link = people.open_link(store, digest(secret), now)
        if link is None or not people.use_link(store, digest(secret), now):
            return None
        person_id = link["person_id"]
        if person_id is None:
            role: Role = "admin"
            person_id = None if people.any_there(store) else people.add(store, name, name, role, "console", now)
        if person_id is None:
            return None
        people.set_password(store, person_id, kept)
        sessions.end_all(store, person_id, "a new password was set", now)
        person = people.find(store, person_id)
        assert person is not None
        audit.note(store, f"user:{person.name}", "set password", f"person:{person.name}", now, address=visitor.address)
    return int(person_id)


def known(store: Store, name: str, password: str, visitor: Visitor) -> int | None:
    """The person with this password, or None. Raises TooManyTries."""
    now = clock.now()
    _demand_few(store, name, visitor)
    person = people.named(store, name)
    kept = person.password_hash if person and person.active else None
    if passwords.fits(kept, password) and person is not None:
        return person.id
    with store.change():
        people.note_failure(store, name, visitor.address, now)
        audit.note(store, "nobody", "login failed", f"person:{name[:80]}", now, address=visitor.address)
    return None


def ticket(key: bytes, person_id: int) -> str:
    """What a browser shows, within five minutes of the right password, with the code of the second factor."""
    until = int((clock.now() + _TICKET_LASTS).timestamp())
    return f"{person_id}.{until}.{signed(key, 'ticket', str(person_id), str(until))}"


def holder(key: bytes, shown: str) -> int | None:
    """The person of a ticket that is good, or None."""
    person, _, rest = shown.partition(".")
    until, _, mark = rest.partition(".")
    if not same(mark, signed(key, "ticket", person, until)) or int(until) < clock.now().timestamp():
        return None
    return int(person)


def coded(store: Store, key: bytes, person_id: int, code: str, visitor: Visitor) -> bool:
    """Whether the code is that of the person's second factor now. Raises TooManyTries."""
    person, now = people.find(store, person_id), clock.now()
    if person is None or not person.active or person.totp_nonce is None:
        return False
    _demand_few(store, person.name, visitor)
    step = second_factor.step_of(key, person.totp_nonce, code, now, people.last_code(store, person_id))
    if step is not None and people.use_code(store, person_id, step):
        return True
    people.note_failure(store, person.name, visitor.address, now)
    return False


def _demand_few(store: Store, name: str, visitor: Visitor) -> None:
    found = people.failures(store, name, visitor.address, clock.now() - _WINDOW)
    if any(count >= most for count, most in zip(found, _MOST, strict=True)):
        raise TooManyTries


def begin_session(store: Store, person_id: int, visitor: Visitor, how: Literal["password", "link", "oidc"]) -> str:
    """A session under a new secret, whatever the browser brought along; gives the secret for its cookie."""
    secret, now = new_secret(), clock.now()
    with store.change():
        sessions.begin(store, digest(secret), person_id, visitor.browser, visitor.address, now)
        person = people.find(store, person_id)
        assert person is not None
        audit.note(
            store,
            f"user:{person.name}",
            "login",
            f"person:{person.name}",
            now,
            detail={"how": how},
            address=visitor.address,
        )
    return secret
