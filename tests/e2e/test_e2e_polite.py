"""What a site asks of us is honoured, and what is therefore not read is on record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from paper import Paper, paper_in

from monitor.demo.world import faults

FEED = '[[feed]]\nurl = "URL/feed.xml"\ntell_backfill = true\n'


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    with paper_in(tmp_path) as made:
        made.settle(FEED)
        made.article("/open/1")
        made.article("/open/2")
        made.article("/shut/1")
        made.feed(["/open/1", "/open/2", "/shut/1"])
        yield made


def test_what_robots_forbids_is_left_out_on_record_and_read_when_a_person_asks(paper: Paper) -> None:
    paper.robots(
        "User-agent: another\nDisallow: /\n\nUser-agent: Postwatch\nDisallow: /shut/\n\nUser-agent: *\nDisallow: /\n"
    )
    paper.once()
    assert paper.read() == {"/open/1", "/open/2"}
    assert paper.asked().count("/robots.txt") == 1
    (row,) = paper.rows("articles", "left-out")
    assert (row["url"], row["reason"], row["watch"]) == (f"{paper.url}/shut/1", "robots", f"{paper.url}/feed.xml")
    assert "postwatch add" in row["detail"]
    assert "1 robots" in paper.run("status").stdout
    assert "an article" in paper.run("add", f"{paper.url}/shut/1").stderr
    paper.once()
    assert "/shut/1" in paper.read()
    assert paper.rows("articles", "left-out")[0]["ended_at"]


def test_an_article_that_redirects_to_what_robots_forbids_is_left_out_and_its_target_never_asked(paper: Paper) -> None:
    paper.robots("User-agent: *\nDisallow: /shut/\n")
    paper.site.fault("/open/2", faults.redirect(f"{paper.url}/shut/2"))
    paper.article("/shut/2")
    paper.once()
    assert paper.read() == {"/open/1"}
    assert "/shut/2" not in paper.asked()
    rows = {row["url"]: row for row in paper.rows("articles", "left-out")}
    assert rows.keys() == {f"{paper.url}/open/2", f"{paper.url}/shut/1"}
    assert rows[f"{paper.url}/open/2"]["reason"] == "robots"


def test_rules_that_change_are_learnt_when_they_expire_and_let_in_what_they_had_kept_out(paper: Paper) -> None:
    paper.robots("User-agent: *\nDisallow: /shut/\n", Cache_Control="public, max-age=3600")
    paper.once()
    paper.robots("User-agent: *\nDisallow: /closed/\n")
    paper.article("/open/3")
    paper.feed(["/open/3", "/shut/1"])
    paper.asked()
    paper.let_pass(0.5)
    paper.once()
    assert "/robots.txt" not in paper.asked()
    paper.article("/open/4")
    paper.feed(["/open/4"])
    paper.let_pass(1.5)
    paper.once()
    assert paper.asked().count("/robots.txt") == 1
    known = {"/open/1", "/open/2", "/open/3", "/open/4", "/shut/1"}
    assert paper.read() == known
    # A copy of the last month counts while the site is in trouble.
    paper.site.fault("/robots.txt", faults.html_page(503))
    for path in ("/open/5", "/closed/5"):
        paper.article(path)
    paper.feed(["/open/5", "/closed/5"])
    paper.let_pass(70)
    paper.once()
    assert paper.read() == {*known, "/open/5"}


def test_robots_may_be_switched_off_and_refusing_to_show_them_forbids_nothing(paper: Paper) -> None:
    paper.settle(FEED, articles="robots = false")
    paper.robots("User-agent: *\nDisallow: /\n")
    paper.once()
    assert len(paper.read()) == 3
    assert "/robots.txt" not in paper.asked()
    paper.settle(FEED)
    paper.site.fault("/robots.txt", faults.html_page(403))
    paper.article("/shut/2")
    paper.feed(["/shut/2"])
    paper.once("--all")
    assert "/shut/2" in paper.read()


def test_robots_in_trouble_make_articles_wait_and_then_leave_them_out_until_it_answers(paper: Paper) -> None:
    trouble = paper.site.fault("/robots.txt", faults.html_page(500))
    paper.once()
    assert paper.read() == set()
    assert paper.asked() == ["/feed.xml", "/robots.txt"]
    (job, *_) = paper.jobs("queued")
    assert "robots.txt cannot be had (status 500)" in str(job["last_error"])
    paper.let_pass(0.333)
    paper.once()
    assert paper.asked().count("/robots.txt") == 1
    assert len(paper.jobs("queued")) == 3
    paper.let_pass(25.7)
    paper.once()
    assert paper.read() == set()
    rows = paper.rows("articles", "left-out")
    assert [row["reason"] for row in rows] == ["robots_unreachable"] * 3
    paper.site.mend(trouble)
    paper.robots("User-agent: *\nDisallow: /shut/\n")
    paper.article("/open/3")
    paper.feed(["/open/3"])
    paper.let_pass(2)
    paper.once()
    assert paper.read() == {"/open/1", "/open/2", "/open/3"}


def test_a_crawl_delay_is_kept_between_the_requests_to_its_host_up_to_a_cap(paper: Paper) -> None:
    paper.settle(FEED, articles='longest_crawl_delay = "1s"')
    paper.robots("User-agent: *\nCrawl-delay: 86400\n")
    paper.feed(["/open/1", "/open/2"])
    paper.once()
    first, second = (r.at for r in paper.site.requests_to("/open/*"))
    assert 0.9 <= (second - first).total_seconds() < 10


def test_retry_after_holds_up_the_hosts_next_request_also_for_the_next_process(paper: Paper) -> None:
    paper.site.fault("/open/*", faults.answer(429, b"", {"Retry-After": "3600"}), times=1)
    paper.settle(FEED, more="[jobs]\nworkers = 1\n")
    paper.once()
    assert paper.asked() == ["/feed.xml", "/robots.txt", "/shut/1", "/open/2"]
    paper.let_pass(0.167)
    paper.once("--all")
    assert paper.asked() == []
    waiting = paper.jobs("queued")
    assert len(waiting) == 3
    assert any("asked to be left alone until" in str(job["last_error"]) for job in waiting)
    paper.let_pass(0.86)
    paper.once("--all")
    assert len(paper.read()) == 3
    assert paper.jobs("failed") == []
