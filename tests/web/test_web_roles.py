"""Every route and every role: who may what, and that no route forgets to ask."""

from collections.abc import Iterator

import httpx
import pytest
from desk_room import Room
from fastapi.routing import APIRoute

from monitor.model.desk import ROLES
from monitor.web.app import ROUTERS
from monitor.web.asking import May
from monitor.web.people.authority import ACTIONS

OPEN = {
    "/static/{name}": "our own files, the same for all",
    "/media/{name}": "its address is signed",
    "/login": "how one comes in",
    "/login/oidc": "how one comes in by the newsroom's account",
    "/login/back": "where the newsroom's provider sends one back",
    "/login/code": "the second step of coming in",
    "/enter/{secret}": "how one comes in for the first time",
    "/feed/{secret}.xml": "whoever has its address may read it",
}
PLACES = {
    "platform": "x",
    "post_id": "100",
    "post_id:path": "100",
    "number": "1",
    "sha256": "0" * 64,
    "key": "000000000000",
    "decision": "confirm",
    "alert": "alert_none",
    "act": "ack",
    "change": "pause",
    "stable_id:path": "7",
}


def _routes() -> list[APIRoute]:
    return [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def _action(route: APIRoute) -> str | None:
    found = [d.call.action for d in route.dependant.dependencies if isinstance(d.call, May)]
    assert len(found) <= 1, route.path
    return found[0] if found else None


def _asked() -> list[tuple[str, str, str]]:
    return [(m, r.path, a) for r in _routes() if (a := _action(r)) for m in sorted(r.methods)]


def test_every_route_asks_whether_one_may() -> None:
    careless = {route.path for route in _routes() if _action(route) is None} - set(OPEN)
    assert not careless
    assert {a for _, _, a in _asked()} <= set(ACTIONS)


@pytest.fixture(scope="module")
def people(room: Room, admin: httpx.Client) -> Iterator[dict[str, httpx.Client]]:
    yield {role: room.person(f"demo-as-{role}", role) for role in ROLES}


def _path(path: str) -> str:
    for name, value in PLACES.items():
        path = path.replace("{" + name + "}", value)
    assert "{" not in path, f"give {path} an example in PLACES"
    return path


@pytest.mark.parametrize(("method", "path", "action"), _asked())
def test_a_role_may_what_the_table_says(
    room: Room, people: dict[str, httpx.Client], method: str, path: str, action: str
) -> None:
    url = _path(path)
    for role in ROLES:
        if path.startswith("/api/"):
            answer = httpx.request(method, room.url + url, headers=room.token(role))
        else:
            # A form without its token: whoever may is refused for that alone, and nothing changes.
            answer = _begun(people[role], method, url)
        told = "" if answer.is_success and path == "/events" else answer.text
        if role in ACTIONS[action].roles:
            assert "may not do this" not in told, (role, url)
        else:
            assert (answer.status_code, "may not do this" in told) == (403, True), (role, url)


def _begun(browser: httpx.Client, method: str, url: str) -> httpx.Response:
    """The answer, read unless it is a stream that never ends."""
    with browser.stream(method, url, follow_redirects=False) as answer:
        if answer.headers.get("content-type", "").partition(";")[0] != "text/event-stream":
            answer.read()
        return answer


@pytest.mark.parametrize(("method", "path", "action"), _asked())
def test_nobody_may_anything(room: Room, method: str, path: str, action: str) -> None:
    answer = httpx.request(method, room.url + _path(path))
    if path.startswith("/api/"):
        assert answer.status_code == 401
    else:
        assert (answer.status_code, answer.headers["location"][:6]) == (303, "/login")
