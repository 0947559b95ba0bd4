"""What people and programs do at the desk: check, watch, judge, take care, keep searches; each once, each on record."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from desk_room import NOW, Room, a_post, entered, room_in, written_home

from monitor.link.suggest import Suggestion
from monitor.model.linking import Evidence
from monitor.store import posts, suggestions
from monitor.store.open import open_store
from monitor.store.suggestions import Offer

DRAFT = (
    '<p>As shown:</p><blockquote class="twitter-tweet"><a href="https://x.com/demo_ada/status/101">x</a></blockquote>'
    '<p>And <a href="https://x.com/demo_ada/status/100">this one</a>, <a href="https://x.com/demo_ada/status/777">that</a>.</p>'
)


@pytest.fixture
def program(room: Room) -> httpx.Client:
    made = room.browser()
    made.base_url, made.headers = httpx.URL(f"{room.url}/api/v1"), httpx.Headers(room.token("editor"))
    return made


def _audit(room: Room) -> list[tuple[str, str]]:
    with open_store(room.desk.settings.database) as store:
        return [(row[0], row[1]) for row in store.all("SELECT action, object FROM audit ORDER BY seq")]


def test_a_draft_is_held_against_what_we_have_and_nobody_is_asked(room: Room, program: httpx.Client) -> None:
    told = program.post("/check", json={"html": DRAFT}).json()
    found = {row["post_id"]: (row["state"], row["warnings"]) for row in told["items"]}
    assert found["101"] == ("not_found", ["not found", "a file is still missing"])
    assert found["100"] == ("changed", ["the embedded version was superseded"])
    assert found["777"] == ("not_answered", ["no copy yet"])
    assert told["hosts"] == ["publish.x.com"]
    assert (told["asked"], "context" in vars(room.desk) and "guard" in vars(room.desk.context)) == (False, False)


def test_an_address_is_held_against_what_we_have(program: httpx.Client) -> None:
    known = program.get("/check", params={"url": "https://news.example/story"}).json()
    assert [row["post_id"] for row in known["items"]] == ["100", "101"]
    new = program.post("/check", json={"url": "https://other.example/new"}).json()
    assert (new["new"], new["hosts"], new["items"]) == (True, ["other.example"], [])
    post = program.get("/check", params={"url": "https://x.com/demo_ada/status/101"}).json()
    assert post["items"][0]["state"] == "not_found"
    assert program.post("/check", json={}).status_code == 422


def test_archiving_makes_watches_for_the_collector(room: Room, program: httpx.Client) -> None:
    assert program.post("/check", json={"html": DRAFT, "archive": True}).json()["archived"] == 3
    watched = program.get("/watches", params={"cited": True}).json()["items"]
    assert "x:777" in {row["target"] for row in watched}
    assert ("archive", "check:draft") in _audit(room)


def test_a_cms_announces_an_article_once(program: httpx.Client) -> None:
    told = {"url": "https://news.example/fresh", "desk": "world"}
    first = program.post("/articles", json=told, headers={"Idempotency-Key": "cms-1"})
    again = program.post("/articles", json=told, headers={"Idempotency-Key": "cms-1"})
    other = program.post("/articles", json={"url": "https://news.example/x"}, headers={"Idempotency-Key": "cms-1"})
    assert (first.status_code, again.status_code, other.status_code) == (202, 202, 422)
    assert first.json() == again.json()
    watches = program.get("/watches", params={"kind": "article"}).json()["items"]
    assert [(row["url"], row["own"], row["desk"]) for row in watches] == [(told["url"], True, "world")]


def test_watches_are_added_paused_and_ended(room: Room, admin: httpx.Client, program: httpx.Client) -> None:
    assert "a post on x" in room.post(admin, "/watches/look", what="https://x.com/demo_ada/status/888").text
    assert program.post("/watches", json={"what": "@demo_ada"}).status_code == 422
    added = program.post("/watches", json={"what": "@demo_ada", "purpose": "demo"})
    assert (added.status_code, added.json()["purpose"]) == (201, "demo")
    number = added.json()["id"]
    room.post(admin, f"/watches/{number}/pause")
    states = {row["id"]: row["state"] for row in program.get("/watches").json()["items"]}
    assert states[number] == "paused"
    assert program.post("/watches", json={"what": "not an address at all"}).status_code == 422


def test_a_suggestion_is_judged_and_taken_back(room: Room, admin: httpx.Client, program: httpx.Client) -> None:
    with open_store(room.desk.settings.database) as store:
        post = posts.find(store, "x", "103")
        assert post is not None
        evidence = (Evidence("words", "demo words", "demo words", 1.0, 1),)
        offer = Offer(post, None, Suggestion("x", "103", 0.9, "strong", evidence))
        suggestions.put(store, 1, 1, [offer], datetime.now(UTC))
    number = program.get("/suggestions").json()["items"][0]["id"]
    assert "90 %" in admin.get("/suggestions").text
    done = program.post(f"/suggestions/{number}", json={"decision": "confirm"})
    assert done.json()["state"] == "confirmed"
    assert "103" in {row["post_id"] for row in program.get("/links?state=confirmed").json()["items"]}
    assert program.post(f"/suggestions/{number}", json={"decision": "confirm"}).status_code == 409
    assert program.post(f"/suggestions/{number}", json={"decision": "undo"}).json()["state"] == "open"


def test_an_alert_is_taken_care_of(room: Room, program: httpx.Client) -> None:
    alert = program.get("/alerts").json()["items"][0]["id"]
    done: Any = program.post(f"/alerts/{alert}", json={"act": "ack"}).json()
    assert done["acked_by"].startswith("token:")
    assert program.post("/alerts/none", json={"act": "ack"}).status_code == 404


def test_a_kept_search_is_a_column_and_a_feed(room: Room, admin: httpx.Client) -> None:
    room.post(admin, "/search", name="Edited", words="edited", wall="1")
    assert "Edited" in admin.get("/wall").text
    told = room.post(admin, "/search/1/feed").text
    address = told.partition("/feed/")[2].partition(".xml")[0]
    feed = httpx.get(f"{room.url}/feed/{address}.xml")
    assert feed.text.count("<entry>") == 1
    assert (
        httpx.get(f"{room.url}/feed/{address}.xml", headers={"If-None-Match": feed.headers["etag"]}).status_code == 304
    )
    assert httpx.get(f"{room.url}/feed/{'a' * 43}.xml").status_code == 404


def test_a_rule_in_the_making_is_tried_and_tells_nobody(room: Room, admin: httpx.Client) -> None:
    draft = '[[rule]]\nname = "Gone"\nkinds = ["post_gone"]\n'
    assert "would have fired once" in room.post(admin, "/rules/try", draft=draft).text
    assert room.post(admin, "/rules/try", draft="[[rule]]\nnme = 1").status_code == 422


def test_every_view_of_a_file_is_on_record(room: Room, admin: httpx.Client) -> None:
    page = admin.get("/posts/x/100").text
    address = page.partition('src="/media/')[2].partition('"')[0].replace("&amp;", "&")
    admin.get(f"/media/{address}")
    direct = page.partition('href="/media/')[2].partition('"')[0].replace("&amp;", "&")
    admin.get(f"/media/{direct}")
    assert [action for action, _ in _audit(room)].count("see evidence") >= 1


def test_a_listener_that_comes_back_after_a_restart_hears_what_it_missed(tmp_path: Path) -> None:
    with room_in(written_home(tmp_path)) as room:
        admin = entered(room)
        cookie = {"postwatch": admin.cookies["postwatch"]}
        last = ""
        with httpx.stream("GET", f"{room.url}/events", cookies=cookie, timeout=10) as stream:
            with open_store(room.desk.settings.database) as store:
                for line in stream.iter_lines():
                    if line.startswith("retry"):
                        posts.add_new(store, [a_post("901", "One")], seen_at=NOW, method="x-api", found_by="watch")
                    last = line.removeprefix("id: ") if line.startswith("id: ") else last
                    if line.startswith("data: "):
                        break
    with room_in(room.home, fill=False) as again:
        with open_store(again.desk.settings.database) as store:
            posts.add_new(store, [a_post("902", "Two")], seen_at=NOW, method="x-api", found_by="watch")
        headers = {"Last-Event-ID": last}
        with httpx.stream("GET", f"{again.url}/events", cookies=cookie, headers=headers, timeout=10) as stream:
            told = next(line for line in stream.iter_lines() if line.startswith("data: "))
    assert "posts" in told
