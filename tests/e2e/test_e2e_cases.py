"""Findings of a case: what stands at an address is kept by the collector, once the case lets anything out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_room import Room, room_in

from monitor.demo.world import World
from monitor.jobs import open_cases, work_cases
from monitor.jobs.work_cases import Work
from monitor.model.case import Finding, Hand, Plan
from monitor.store.open import open_store

ADA = Hand("user:demo-ada", "user:demo-ada")
OUT = Plan("demo", 1, None, None, outside=True, closed=False)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with room_in(tmp_path_factory.mktemp("cases"), World()) as made:
        made.run("once")
        yield made


def test_addresses_of_findings_are_kept_and_what_cannot_be_kept_says_why(room: Room, tmp_path: Path) -> None:
    assert room.world is not None
    page = room.world.story.article_url("embed")
    with open_store(room.home / "storage" / "postwatch.db") as store:
        post = store.one("SELECT platform, post_id FROM post ORDER BY id LIMIT 1")
        assert post is not None
        number, _ = open_cases.run(store, open_cases.on_post(store, post["platform"], post["post_id"]), ADA)
        work = Work(store, number, ADA, 99)
        work_cases.replan(work, OUT)
        for url in (page, page.replace("/2026", "/nowhere"), "http://169.254.169.254/latest"):
            work_cases.add_finding(work, Finding("other", "a page", url), copy=True)
    room.run("once")
    told = json.loads(room.run("cases", "show", str(number), "--json").stdout)
    kept, absent, forbidden = told["finds"]
    assert kept["copy_state"] == "kept"
    assert (room.home / "storage" / "media" / "sha256" / kept["copy_sha256"][:2] / kept["copy_sha256"][2:4]).is_dir()
    assert (absent["copy_state"], "NotThere" in absent["copy_reason"]) == ("failed", True)
    assert (forbidden["copy_state"], "Refused" in forbidden["copy_reason"]) == ("failed", True)
    assert (told["state"], [find["waiting"] for find in told["finds"]]) == ("working", [False, False, False])
    room.run("export", "post", f"{post['platform']}:{post['post_id']}", "--to", tmp_path / "package")
    assert (tmp_path / "package" / "data" / "web" / f"{kept['copy_sha256']}.warc.gz").exists()
    shown = room.run("cases", "show", str(number)).stdout
    assert f"finding {kept['id']} (other, user:demo-ada): a page {page}" in shown


def test_a_case_that_is_not_there_is_told(room: Room) -> None:
    assert "there is no case 77" in room.run("cases", "show", "77", code=64).stderr
