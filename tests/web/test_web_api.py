"""What programs are answered: the rows of the commands, in parts, with ETags, and problems as RFC 9457 writes them."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import jsonschema
import pytest
from desk_room import Room

from monitor.store import alerts, articles, links, reading, watches
from monitor.store.open import Store, open_store

LISTERS: dict[str, Callable[[Store], list[dict[str, object]]]] = {
    "posts": reading.posts,
    "articles": articles.listing,
    "links": links.listing,
    "alerts": alerts.listing,
    "watches": watches.listing,
}


@pytest.fixture(scope="module")
def program(room: Room) -> httpx.Client:
    made = room.browser()
    made.base_url, made.headers = httpx.URL(f"{room.url}/api/v1"), httpx.Headers(room.token("viewer"))
    return made


@pytest.mark.parametrize("noun", LISTERS)
def test_rows_are_those_of_the_command(room: Room, program: httpx.Client, noun: str) -> None:
    with open_store(room.desk.settings.database) as store:
        rows = LISTERS[noun](store)
    answer = program.get(f"/{noun}").json()
    wanted = rows if noun == "watches" else rows[::-1]
    assert answer == {"items": json.loads(json.dumps(wanted)), "next": None}


@pytest.mark.parametrize("noun", LISTERS)
def test_parts_follow_each_other_without_gap_or_repetition(program: httpx.Client, noun: str) -> None:
    whole, seen, url = program.get(f"/{noun}").json()["items"], [], f"/{noun}?limit=1"
    while url:
        part = program.get(url)
        seen += part.json()["items"]
        there = part.links.get("next", {}).get("url", "")
        url = there.removeprefix("/api/v1")
        assert (part.json()["next"] is None) == (not url)
    assert seen == whole


def test_filters_are_those_of_the_command_and_more(program: httpx.Client) -> None:
    def ids(query: str) -> list[str]:
        return [row["post_id"] for row in program.get(f"/posts?{query}").json()["items"]]

    assert ids("availability=gone") == ["101"]
    assert ids("handle=@DEMO_ada&limit=1") == ["104"]
    assert ids("platform=youtube") == []
    assert ids("since=2026-11-21") == []
    assert program.get("/posts?since=never").status_code == 422
    story = program.get("/links", params={"article_url": "https://news.example/story"}).json()["items"]
    assert {row["cited_post_id"] for row in story} == {"100", "101"}


def test_one_post_by_the_id_of_any_version_with_all_that_hangs_on_it(program: httpx.Client) -> None:
    post = program.get("/posts/x/900").json()
    assert post["post_id"] == "100"
    assert post["versions"] == 2
    assert [w["version_id"] for w in post["wordings"]] == ["100", "900"]
    assert post["cited_by"][0]["paragraph_text"] == "Demo words of a post one."
    assert program.get("/posts/x/5").status_code == 404


def test_an_article_tells_what_became_of_each_post(program: httpx.Client) -> None:
    number = program.get("/articles").json()["items"][0]["id"]
    cites = program.get(f"/articles/{number}").json()["cites"]
    found = {c["cited_post_id"]: (c["availability"]["state"], c["superseded"]) for c in cites}
    assert found == {"100": ("available", True), "101": ("gone", False)}


def test_what_is_known_is_not_sent_again(program: httpx.Client) -> None:
    tag = program.get("/posts").headers["etag"]
    again = program.get("/posts", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer mon_000000000000_" + "a" * 43}, 401),
        ({"Authorization": "Bearer nonsense"}, 401),
    ],
)
def test_without_a_token_that_is_good_nothing_is_told(room: Room, headers: dict[str, str], status: int) -> None:
    for path in ("posts", "articles", "links", "alerts", "watches", "posts/x/100"):
        answer = httpx.get(f"{room.url}/api/v1/{path}", headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
        assert set(answer.json()) == {"type", "title", "status", "detail"}


def test_every_answer_has_the_shape_that_the_description_tells(room: Room, program: httpx.Client) -> None:
    described = httpx.get(f"{room.url}/api/v1/openapi.json").json()
    number = program.get("/articles").json()["items"][0]["id"]
    for path, url in (
        ("/posts", "/posts"),
        ("/posts/{platform}/{post_id}", "/posts/x/100"),
        ("/articles", "/articles"),
        ("/articles/{number}", f"/articles/{number}"),
        ("/links", "/links"),
        ("/alerts", "/alerts"),
        ("/watches", "/watches"),
        ("/today", "/today"),
        ("/wall", "/wall"),
        ("/accounts/{platform}/{stable_id}", "/accounts/x/7"),
    ):
        schema: Any = described["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]
        wanted = {**schema["content"]["application/json"]["schema"], "components": described["components"]}
        jsonschema.validate(program.get(url).json(), wanted)


def test_today_and_the_wall_have_twins(program: httpx.Client) -> None:
    told = program.get("/today").json()
    assert [row["post_id"] for row in told["gone"]] == ["101"]
    assert {row["kind"] for row in told["alerts"]} == {"post_gone"}
    assert [row["post_id"] for row in told["newest"]][:1] == ["104"]
    assert set(told["cases"]) == {"second", "mine", "overdue"}
    (column,) = program.get("/wall").json()["columns"]
    assert column["number"] == "" and all(row["media"] for row in column["rows"])


def test_an_account_tells_its_names_and_its_rhythm(program: httpx.Client) -> None:
    told = program.get("/accounts/x/7").json()
    assert (told["handle"], told["platform_id"], told["posts"]) == ("demo_ada", "7", 5)
    assert sum(map(sum, told["rhythm"])) == told["rhythm_of"] == 5
    assert program.get("/accounts/x/none").status_code == 404
