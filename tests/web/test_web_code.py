"""The second step of a login: RFC 6238's own examples, and what a thief of a password or of a code can do with it."""

import re
from datetime import UTC, datetime

import httpx
import pytest
from desk_room import PASSWORD, Room

from monitor.store import people
from monitor.store.open import open_store
from monitor.web.people import second_factor


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert second_factor.code(b"12345678901234567890", seconds // 30) == code


def _code(room: Room, nonce: str, later: int = 0) -> str:
    secret = second_factor.secret(room.desk.key, nonce)
    return second_factor.code(secret, int(datetime.now(UTC).timestamp()) // 30 + later)


def _switched_on(room: Room, name: str) -> str:
    browser = room.person(name, "viewer")
    page = browser.get("/me").text
    nonce, mark = (re.search(rf'name="{field}" value="([0-9a-f]+)"', page)[1] for field in ("nonce", "mark"))  # type: ignore[index]
    assert room.post(browser, "/me/code", nonce=nonce, mark=mark, code="000000").status_code == 422
    assert "asks for a code" in room.post(browser, "/me/code", nonce=nonce, mark=mark, code=_code(room, nonce)).text
    return nonce


def _ticket(browser: httpx.Client, name: str) -> str:
    page = browser.post("/login", data={"name": name, "password": PASSWORD}).text
    found = re.search(r'name="ticket" value="([^"]+)"', page)
    assert found, "a password alone must not be enough"
    return found[1]


def test_a_password_alone_opens_nothing_and_no_code_is_good_twice(room: Room, admin: httpx.Client) -> None:
    nonce = _switched_on(room, "demo-coded")
    thief = room.browser()
    ticket = _ticket(thief, "demo-coded")
    assert thief.get("/me", follow_redirects=False).status_code == 303
    used = _code(room, nonce)
    assert thief.post("/login/code", data={"ticket": ticket, "code": used}).status_code == 403
    owner = room.browser()
    answer = owner.post("/login/code", data={"ticket": _ticket(owner, "demo-coded"), "code": _code(room, nonce, 1)})
    assert (answer.status_code, owner.get("/me").status_code) == (200, 200)


def test_a_ticket_is_for_its_person_alone_and_wrong_codes_are_limited(room: Room, admin: httpx.Client) -> None:
    _switched_on(room, "demo-guessed")
    browser = room.browser()
    ticket = _ticket(browser, "demo-guessed")
    forged = re.sub(r"^\d+", "1", ticket)
    assert "Log in" in browser.post("/login/code", data={"ticket": forged, "code": "000000"}).text
    seen = [browser.post("/login/code", data={"ticket": ticket, "code": "000000"}).status_code for _ in range(6)]
    assert seen == [403] * 5 + [429]


def test_an_administrator_helps_who_has_lost_the_authenticator(room: Room, admin: httpx.Client) -> None:
    _switched_on(room, "demo-lost")
    with open_store(room.desk.settings.database) as store:
        person = people.named(store, "demo-lost")
    assert person is not None
    room.post(admin, f"/people/{person.id}/code/off")
    browser = room.browser()
    browser.post("/login", data={"name": "demo-lost", "password": PASSWORD})
    assert browser.get("/me").status_code == 200
