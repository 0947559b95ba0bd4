"""Sitemaps and indexes of them, watched through the command."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from paper import Paper, paper_in

from monitor import clock
from monitor.jobs.read_feed_parts import MOST_PARTS

WATCH = '[[feed]]\nurl = "URL/sitemap.xml"\nbackfill = "7d"\ntell_backfill = true\n'
NOW = clock.now()
TODAY, YESTERDAY, LONG_AGO = (clock.text(NOW - timedelta(hours=h)) for h in (1, 25, 24 * 40))


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    with paper_in(tmp_path) as made:
        made.settle(WATCH, articles="robots = false")
        for n in range(1, 6):
            made.article(f"/a/{n}")
        yield made


def test_a_sitemap_is_read_by_its_dates_and_only_what_changed_is_asked_for_again(paper: Paper) -> None:
    paper.sitemap("/sitemap.xml", {"/a/1": TODAY, "/a/2": YESTERDAY, "/a/3": LONG_AGO}, packed=True)
    assert "a sitemap" in paper.run("add", f"{paper.url}/sitemap.xml", code=0).stderr
    paper.asked()
    paper.once()
    assert paper.read() == {"/a/1", "/a/2"}
    assert sorted(paper.asked()) == ["/a/1", "/a/2", "/sitemap.xml"]
    paper.once("--all")
    assert [(r.path, r.answer and r.answer.status) for r in paper.site.requests] == [("/sitemap.xml", 304)]
    paper.asked()
    later = clock.text(NOW - timedelta(minutes=1))
    paper.sitemap("/sitemap.xml", {"/a/1": TODAY, "/a/2": later, "/a/3": LONG_AGO, "/a/4": later})
    paper.article("/a/2", "Changed")
    paper.once("--all")
    assert sorted(paper.asked()) == ["/a/2", "/a/4", "/sitemap.xml"]
    versions = {row["url"].rpartition("/")[2]: row["versions"] for row in paper.rows("articles")}
    assert versions == {"1": 1, "2": 2, "4": 1}


def test_of_an_index_only_the_sitemaps_that_moved_are_asked_for(paper: Paper) -> None:
    paper.settle(WATCH.replace('"7d"', '"24h"'), articles="robots = false")
    paper.index("/sitemap.xml", {"/s/new.xml": TODAY, "/s/old.xml": LONG_AGO, "/s/untold.xml": ""})
    paper.sitemap("/s/new.xml", {"/a/1": TODAY})
    paper.sitemap("/s/old.xml", {"/a/2": LONG_AGO, "/a/3": ""})
    paper.sitemap("/s/untold.xml", {"/a/4": ""}, news=TODAY)
    paper.once()
    assert paper.read() == {"/a/1", "/a/4"}
    assert "/s/old.xml" not in paper.asked()
    paper.once("--all")
    assert sorted(paper.asked()) == ["/s/untold.xml", "/sitemap.xml"]
    # The old one moves: what it held before the watch began stays unread.
    moved = clock.text(clock.now() + timedelta(seconds=2))
    paper.index("/sitemap.xml", {"/s/new.xml": TODAY, "/s/old.xml": moved, "/s/untold.xml": ""})
    paper.sitemap("/s/old.xml", {"/a/2": LONG_AGO, "/a/5": moved})
    paper.once("--all")
    assert sorted(paper.asked()) == ["/a/5", "/s/old.xml", "/s/untold.xml", "/sitemap.xml"]


def test_indexes_in_a_circle_are_survived_and_a_broken_part_costs_itself(paper: Paper) -> None:
    paper.index(
        "/sitemap.xml",
        {"/sitemap.xml": "", "/i/one.xml": "", "/i/broken.xml": "", "/i/html.xml": "", "/i/gone.xml": ""},
    )
    paper.index("/i/one.xml", {"/sitemap.xml": "", "/i/two.xml": "", "/i/one.xml": ""})
    paper.index("/i/two.xml", {"/i/one.xml": "", "/i/two.xml": "", "/i/leaf.xml": ""})
    paper.sitemap("/i/leaf.xml", {"/a/1": TODAY})
    paper.sitemap("/i/broken.xml", {"/a/2": TODAY, "/a/3": TODAY}, packed=True)
    packed = paper.site._pages["/i/broken.xml"].body
    paper.site.put("/i/broken.xml", packed[:-12], "application/gzip")
    paper.site.put("/i/html.xml", b"<!doctype html><html><body>Not here</body></html>")
    said = paper.once(code=3)
    assert "2 failed for good" in said
    assert paper.read() >= {"/a/1", "/a/2"}
    failed = {str(job["key"]).rpartition("/")[2]: str(job["last_error"]) for job in paper.jobs("failed")}
    assert set(failed) == {"html.xml", "gone.xml"}
    assert "an HTML page" in failed["html.xml"]
    asked = paper.asked("/i/*")
    assert sorted(a for a in asked if a.startswith("/i/")) == sorted(
        f"/i/{n}.xml" for n in ("one", "two", "leaf", "broken", "html", "gone")
    )
    (watch,) = paper.rows("watches")
    assert watch["state"] == "active"
    paper.once("--all")
    again = paper.asked()
    assert "/i/broken.xml" in again
    assert "/i/html.xml" not in again


def test_an_index_that_one_look_cannot_read_is_read_by_the_next_and_what_was_there_is_not_new(paper: Paper) -> None:
    parts = [f"/s/{n}.xml" for n in range(MOST_PARTS + 5)]
    paper.index("/sitemap.xml", dict.fromkeys(parts, ""))
    for path in parts:
        paper.sitemap(path, {f"/old{path}": LONG_AGO})
    paper.once()
    left = set(parts) - set(paper.asked())
    assert len(left) == 5
    paper.sitemap(left.copy().pop(), {"/old": LONG_AGO, "/a/1": clock.text(clock.now() + timedelta(seconds=2))})
    paper.once("--all")
    asked = [a for a in paper.asked() if a.startswith("/s/")]
    assert left <= set(asked)
    assert len(asked) == MOST_PARTS
    assert paper.read() == {"/a/1"}


def test_a_hundred_thousand_entries_are_remembered_and_the_newest_read(paper: Paper) -> None:
    paper.settle(WATCH.replace('"7d"', '"24h"'), articles="robots = false")
    entries = {f"/a/{n}": clock.text(NOW - timedelta(minutes=n)) for n in range(1, 100_001)}
    paper.sitemap("/sitemap.xml", entries)
    paper.once(code=3)  # all but five of the newest twenty are not there
    assert len(paper.jobs("failed")) == 15
    assert paper.read() == {f"/a/{n}" for n in range(1, 6)}
    ledger = sqlite3.connect(paper.home / "storage" / "postwatch.db")
    assert ledger.execute("SELECT count(*) FROM feed_entry").fetchone() == (100_000,)
    ledger.close()
