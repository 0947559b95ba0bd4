"""Coming in by an identity provider: a small one on loopback, with the real library in between."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from desk_room import Room, entered, room_in, written_home
from joserfc import jwt
from joserfc.jwk import RSAKey

from monitor.store import people
from monitor.store.open import open_store

KEY, OTHER = RSAKey.generate_key(2048, {"kid": "demo"}), RSAKey.generate_key(2048, {"kid": "demo"})


class Provider:
    """Signs what `claims` says, with `key`; a test changes both."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.key = KEY
        self.asked: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                url = provider.url
                told: object = {
                    "issuer": url,
                    "authorization_endpoint": f"{url}/ask",
                    "token_endpoint": f"{url}/token",
                    "jwks_uri": f"{url}/keys",
                }
                self._answer({"keys": [KEY.as_dict(private=False)]} if self.path == "/keys" else told)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                provider.asked = {k: v[0] for k, v in parse_qs(body.decode()).items()}
                token = jwt.encode({"alg": "RS256", "kid": "demo"}, provider.claims, provider.key)
                self._answer({"access_token": "demo", "token_type": "Bearer", "id_token": token})

            def _answer(self, value: object) -> None:
                data = json.dumps(value).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def house(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A desk that knows the provider, with a place for demo-olga."""
    home: Path = written_home(tmp_path_factory.mktemp("oidc"))
    settings = home / "config" / "postwatch.toml"
    settings.write_text(f'[desk]\noidc_issuer = "{provider.url}"\noidc_client_id = "demo-desk"\n')
    with room_in(home, fill=False) as room:
        admin = entered(room)
        room.post(admin, "/people", name="demo-olga", role="verifier")
        yield room


def _came_back(house: Room, provider: Provider, **claims: object) -> tuple[httpx.Client, httpx.Response]:
    browser = house.browser()
    there = browser.get("/login/oidc?next=/posts", follow_redirects=False).headers["location"]
    asked = parse_qs(urlsplit(there).query)
    assert asked["code_challenge_method"] == ["S256"]
    fine = {
        "iss": provider.url,
        "aud": "demo-desk",
        "sub": "7",
        "nonce": asked["nonce"][0],
        "preferred_username": "demo-olga",
    }
    times = {"iat": int(time()), "exp": int(time()) + 60}
    provider.claims = fine | times | claims
    return browser, browser.get(f"/login/back?code=demo&state={asked['state'][0]}")


def test_who_has_a_place_comes_in_and_is_known_by_the_providers_own_name(house: Room, provider: Provider) -> None:
    browser, answer = _came_back(house, provider)
    assert (answer.status_code, answer.url.path) == (200, "/posts")
    assert provider.asked["code_verifier"]
    assert "demo-olga" in browser.get("/me").text
    again, _ = _came_back(house, provider, preferred_username="renamed")
    assert "demo-olga" in again.get("/me").text
    with open_store(house.desk.settings.database) as store:
        olga = people.named(store, "demo-olga")
    assert olga is not None


def test_who_has_no_place_gets_none(house: Room, provider: Provider) -> None:
    assert _came_back(house, provider, sub="8", preferred_username="demo-stranger")[1].status_code == 403
    assert _came_back(house, provider, sub="9", preferred_username="demo-admin")[1].status_code == 403


@pytest.mark.parametrize(
    "claims",
    [{"nonce": "other"}, {"aud": "other-desk"}, {"iss": "https://evil.example"}, {"exp": 1}],
    ids=["another login's", "another desk's", "another provider's", "old"],
)
def test_a_token_that_is_not_for_this_login_opens_nothing(
    house: Room, provider: Provider, claims: dict[str, object]
) -> None:
    browser, answer = _came_back(house, provider, **claims)
    assert answer.status_code == 422
    assert browser.get("/me", follow_redirects=False).status_code == 303


def test_a_token_of_another_key_opens_nothing(house: Room, provider: Provider) -> None:
    provider.key = OTHER
    try:
        assert _came_back(house, provider)[1].status_code == 422
    finally:
        provider.key = KEY


def test_a_state_that_was_not_given_opens_nothing(house: Room, provider: Provider) -> None:
    browser = house.browser()
    browser.get("/login/oidc", follow_redirects=False)
    assert browser.get("/login/back?code=demo&state=made-up").status_code == 422
    assert house.browser().get("/login/back?code=demo&state=x").url.path == "/login"
