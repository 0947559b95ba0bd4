"""Cases for programs: the command's rows, keys that make a request count once, ETags that end a race, and a second person."""

import json
from collections.abc import Iterator

import httpx
import jsonschema
import pytest
from desk_room import Room

from monitor.store import cases
from monitor.store.open import open_store

VERDICT = {
    "material": "altered",
    "claim": "inaccurate",
    "codes": ["EditedOrCroppedContent"],
    "rationale": "cut at 0:03",
}


@pytest.fixture(scope="module")
def programs(room: Room) -> Iterator[dict[str, httpx.Client]]:
    made = {}
    for name, role in (("vera", "verifier"), ("edda", "editor"), ("egon", "editor"), ("viewer", "viewer")):
        made[name] = httpx.Client(base_url=f"{room.url}/api/v1", headers=room.token(role), timeout=20)
    yield made
    for client in made.values():
        client.close()


def opened(program: httpx.Client, post_id: str) -> int:
    answer = program.post("/cases", json={"kind": "post", "platform": "x", "post_id": post_id})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["id"])


def test_the_whole_way_and_its_rows(room: Room, programs: dict[str, httpx.Client]) -> None:
    vera, edda = programs["vera"], programs["edda"]
    number = opened(vera, "100")
    assert opened(edda, "900") == number
    base = f"/cases/{number}"
    answer = vera.post(f"{base}/answers", json={"question": "when", "answer": "noon", "confidence": "some"})
    assert (answer.status_code, answer.json()["pillars"]["date"]) == (201, "some")
    assert vera.post(f"{base}/findings", json={"kind": "other", "note": "a find"}).json()["findings"] == 1
    place = {"latitude": 50.4501, "longitude": 30.5234, "precision_m": 100}
    assert vera.post(f"{base}/places", json=place).json()["places"][-1]["latitude"] == 50.4501
    assert vera.post(f"{base}/comments", json={"body": "a word"}).status_code == 201
    assert vera.post(f"{base}/rights", json={"holder": "demo", "state": "asked"}).status_code == 201
    assert (
        vera.patch(base, json={"priority": 3, "due_at": "2026-11-21T10:00:00+01:00"})
        .json()["due_at"]
        .startswith("2026-11-21T09")
    )
    assert vera.post(f"{base}/verdicts", json=VERDICT).json()["state"] == "needs_second"
    assert vera.get(f"{base}/mediareview").status_code == 404
    assert vera.post(f"{base}/signoffs", json={"n": 1, "outcome": "agree"}).status_code == 403
    told = edda.post(f"{base}/signoffs", json={"n": 1, "outcome": "agree"}).json()
    assert (told["state"], told["verdict"]["current"]) == ("decided", True)
    assert vera.get(f"{base}/mediareview").json()["mediaAuthenticityCategory"] == [
        "https://schema.org/EditedOrCroppedContent"
    ]
    with open_store(room.desk.settings.database) as store:
        rows = json.loads(json.dumps(cases.listing(store)))
    assert vera.get("/cases").json()["items"] == rows[::-1]
    assert [r["id"] for r in vera.get("/cases?state=decided").json()["items"]] == [number]


def test_whoever_gave_the_verdict_does_not_sign_it(programs: dict[str, httpx.Client]) -> None:
    edda, egon = programs["edda"], programs["egon"]
    base = f"/cases/{opened(edda, '101')}"
    edda.post(f"{base}/verdicts", json=VERDICT)
    answer = edda.post(f"{base}/signoffs", json={"n": 1, "outcome": "agree"})
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert "another person" in answer.json()["detail"]
    edda.post(f"{base}/findings", json={"kind": "other", "note": "something new"})
    assert egon.post(f"{base}/signoffs", json={"n": 1, "outcome": "agree"}).status_code == 409


def test_a_token_made_at_the_desk_is_its_makers_hand(
    room: Room, admin: httpx.Client, programs: dict[str, httpx.Client]
) -> None:
    import re

    shown = re.search(
        r"mon_[0-9a-z]+_[\w-]+", room.post(admin, "/people/tokens/new", name="own", role="editor", scope="write").text
    )
    assert shown
    base = f"/cases/{opened(programs['vera'], '104')}"
    seen = programs["vera"].get(base).json()["version"]
    assert room.post(admin, f"{base}/verdicts", version=seen, **VERDICT).status_code == 200
    by_token = httpx.post(
        f"{room.url}/api/v1{base}/signoffs",
        json={"n": 1, "outcome": "agree"},
        headers={"Authorization": f"Bearer {shown[0]}"},
    )
    assert by_token.status_code == 409


def test_a_key_makes_a_request_count_once(programs: dict[str, httpx.Client]) -> None:
    vera = programs["vera"]
    base = f"/cases/{opened(vera, '102')}"
    key = {"Idempotency-Key": "demo-1"}
    first = vera.post(f"{base}/comments", json={"body": "once"}, headers=key)
    again = vera.post(f"{base}/comments", json={"body": "once"}, headers=key)
    assert (first.status_code, first.json()) == (again.status_code, again.json()) == (201, first.json())
    assert len(vera.get(base).json()["comments"]) == 1
    assert vera.post(f"{base}/comments", json={"body": "other"}, headers=key).status_code == 422


def test_a_race_ends_with_412_or_409(programs: dict[str, httpx.Client]) -> None:
    vera, edda = programs["vera"], programs["edda"]
    base = f"/cases/{opened(vera, '103')}"
    seen = vera.get(base)
    match, version = {"If-Match": seen.headers["etag"]}, seen.json()["version"]
    word = {"question": "who", "answer": "first", "confidence": "low"}
    assert edda.post(f"{base}/answers", json=word, headers=match).status_code == 201
    late = vera.post(f"{base}/answers", json={**word, "answer": "second"}, headers=match)
    assert (late.status_code, late.headers["content-type"]) == (412, "application/problem+json")
    assert vera.post(f"{base}/answers", json={**word, "version": version}).status_code == 409
    assert vera.patch(base, json={"title": "A", "version": version}).status_code == 200
    assert vera.patch(base, json={"title": "B", "version": version}).status_code == 409
    assert (
        vera.post(f"{base}/answers", json=word, headers={"If-Match": vera.get(base).headers["etag"]}).status_code == 201
    )


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/answers", {"question": "none", "answer": "a", "confidence": "low"}, 422),
        ("/answers", {"question": "when", "answer": "a", "confidence": "very"}, 422),
        ("/verdicts", {**VERDICT, "codes": ["OriginalMediaContent", "TransformedContent"]}, 422),
        ("/findings", {"kind": "other", "url": "javascript:alert(1)"}, 422),
        ("/findings", {"kind": "other", "url": "https://archive.example/", "copy": True}, 422),
        ("/places", {"latitude": 91, "longitude": 0}, 422),
        ("/frames", {"sha256": "0" * 64, "at_seconds": 0}, 422),
        ("/signoffs", {"n": 7, "outcome": "agree"}, 409),
    ],
)
def test_what_will_not_do_is_told_as_a_problem(
    programs: dict[str, httpx.Client], path: str, body: object, status: int
) -> None:
    edda = programs["edda"]
    answer = edda.post(f"/cases/{opened(edda, '102')}{path}", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert edda.post(f"/cases/999999{path}", json=body).status_code in (404, 422)
    assert programs["viewer"].post(f"/cases/1{path}", json=body).status_code == 403


def test_answers_have_the_shape_that_the_description_tells(room: Room, programs: dict[str, httpx.Client]) -> None:
    described = httpx.get(f"{room.url}/api/v1/openapi.json").json()
    number = opened(programs["vera"], "100")
    for path, url in (("/cases", "/cases"), ("/cases/{number}", f"/cases/{number}")):
        schema = described["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]["content"]["application/json"][
            "schema"
        ]
        jsonschema.validate(programs["viewer"].get(url).json(), {**schema, "components": described["components"]})
