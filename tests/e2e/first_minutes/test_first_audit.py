"""`check` on a site: its report, an audit that is interrupted and goes on, what is kept, and manners."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from check_desk import CheckDesk
from e2e_room import COMMAND, Room
from fault_desk import until

from monitor import clock
from monitor.demo.world import World, faults
from monitor.demo.world.news.article import NewsArticle
from monitor.demo.world.x.state import XPost

SENTENCE = "13 articles cite 12 posts: 10 live, 2 not found."


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The demo's servers, and a section of the news with twelve articles of a post each; two posts are deleted."""
    with World() as running:
        posts = [_publish(running, n) for n in range(12)]
        for post in posts[3:5]:
            running.x.state.delete_post(post)
        yield running


@pytest.fixture
def desk(tmp_path: Path, world: World) -> Iterator[CheckDesk]:
    """No home, and all servers sound."""
    yield CheckDesk(tmp_path, world)
    world.mend()


def _publish(world: World, n: int) -> XPost:
    at = clock.now() - timedelta(days=n)
    post = world.x.state.add_post(world.story.airport, f"Runway note {n} (demo).", at - timedelta(days=40 * n))
    link = f'<a href="https://x.com/SelaneAir_demo/status/{post.id}">a note on the runway</a>'
    blocks = ("<p>The airport of Port Selane had news for its passengers again (demo).</p>", f"<p>It was {link}.</p>")
    world.news.publish(NewsArticle("radio", f"runway-{n}", f"Runway & news {n} (demo)", "Jelka Marsin", at, blocks))
    return post


def _feed(world: World) -> str:
    return f"{world.news.url}/radio/feed.xml"


def test_an_audit_tells_all_in_one_sentence_and_writes_one_file(desk: CheckDesk, world: World) -> None:
    report = desk.folder / "report.html"
    since = ("--since", "60d")
    done = desk.run(_feed(world), *since, "--html", report, code=4)
    assert SENTENCE in done.stdout
    assert done.stdout.count("answers 404: Not Found") == 2
    assert "13 of 13 articles read, " in done.stderr
    assert done.stderr.splitlines()[-1].startswith("next: postwatch check ")
    page = report.read_text(encoding="utf-8")
    assert re.search(
        r"13 articles cite\s+12 posts:\s+<b class=\"live\">10 live</b>, <b class=\"not_found\">2 not found", page
    )
    assert "Runway &amp; news 4 (demo)" in page
    assert {path.name for path in desk.folder.iterdir()} == {"report.html"}


def test_an_interrupted_audit_goes_on_where_it_stopped(desk: CheckDesk, world: World) -> None:
    report, notes = desk.folder / "report.html", desk.folder / "report.html.part"
    struck = world.news.fault("/radio/*/runway-*", faults.delay(0.3))
    for how, code in ((signal.SIGINT, 130), (signal.SIGKILL, -9)):
        read = _lines(notes)
        started = _start(desk, _feed(world), report)
        until(lambda read=read: _lines(notes) >= read + 3)
        os.kill(started.pid, how)
        _, said = started.communicate(timeout=20)
        assert started.returncode == code, said
        assert "Traceback" not in said
        assert ("the same command goes on from here" in said) == (how is signal.SIGINT)
        assert not report.exists()
    world.news.mend(struck)
    known = {one["listed"] for line in notes.read_text().splitlines() if "article" in (one := json.loads(line or "{}"))}
    assert len([url for url in known if "runway" in url]) >= 2
    before = len(world.news.requests_to("/radio/*/runway-*"))
    done = desk.run(_feed(world), "--since", "60d", "--html", report, code=4)
    assert re.search(r"going on with the audit begun .*: \d+ of 13 articles are read", done.stderr)
    assert len(world.news.requests_to("/radio/*/runway-*")) - before == 12 - len([u for u in known if "runway" in u])
    assert SENTENCE in done.stdout
    assert report.exists()
    assert not notes.exists()


def _lines(path: Path) -> int:
    return len(path.read_bytes().splitlines()) if path.exists() else 0


def _start(desk: CheckDesk, target: str, report: Path) -> "subprocess.Popen[str]":
    named = ("--allow", desk.world.news.host_port, "--oembed-url", f"{desk.world.social.url}/oembed")
    known = {k: v for k, v in os.environ.items() if not k.startswith("POSTWATCH_")}
    return subprocess.Popen(
        [COMMAND, "--home", desk.folder / "nowhere", "check", target, "--since", "60d", "--html", report, *named],
        env=known,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_robots_and_articles_that_cannot_be_read_are_told_and_not_counted(desk: CheckDesk, world: World) -> None:
    world.news.put("/robots.txt", b"User-agent: *\nDisallow: /radio/*/runway-1$\n", "text/plain")
    world.news.fault("/radio/*/runway-2", faults.answer(503))
    try:
        done = desk.run(_feed(world), "--since", "60h", code=5)
    finally:
        world.news.put("/robots.txt", b"", "text/plain")
    assert "2 articles cite 1 post: 1 live.\n2 articles could not be read." in done.stdout
    assert "robots.txt forbids it ([articles] robots)" in done.stdout
    assert "is in trouble (status 503)" in done.stdout


def test_a_site_s_sitemaps_are_followed_as_far_as_they_changed(desk: CheckDesk, world: World) -> None:
    news = world.news
    day, old = clock.text(clock.now())[:10], "2020-01-01"
    pages = [desk.article([f"https://x.com/a/status/{desk.post().id}"]) for _ in range(3)]
    addresses = [
        f"<url><loc>{url}</loc><lastmod>{at}</lastmod></url>" for url, at in zip(pages, (day, day, old), strict=True)
    ]
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    news.put("/map-new.xml", f"<urlset {space}>{''.join(addresses)}</urlset>".encode(), "text/xml")
    parts = ((news.url + "/map-new.xml", day), (news.url + "/map-gone.xml", day), (news.url + "/map-old.xml", old))
    told = "".join(f"<sitemap><loc>{url}</loc><lastmod>{at}</lastmod></sitemap>" for url, at in parts)
    index = news.put("/sitemap.xml", f"<sitemapindex {space}>{told}</sitemapindex>".encode(), "text/xml")
    done = desk.run(index, "--since", "30d", "--limit", "1", "--json")
    assert [json.loads(line)["state"] for line in done.stdout.splitlines()] == ["live"]
    assert "lists 1 article since 30d" in done.stderr
    assert "a part of the list is left out: " in done.stderr
    assert "map-gone.xml is not there (status 404)" in done.stderr
    assert news.requests_to("/map-old.xml") == []


def test_what_is_kept_can_be_seen_again_and_a_change_is_noticed(desk: CheckDesk, world: World) -> None:
    url, home = desk.article([f"https://x.com/a/status/{(post := desk.post()).id}"]), desk.folder / "home"
    home.mkdir()
    told = Room(home).run("check", url, "--keep", "--json", *_named(world), code=0)
    (row,) = [json.loads(line) for line in told.stdout.splitlines()]
    assert re.fullmatch("[0-9a-f]{64}", row["copy"])
    assert f"made a home in {home}" in told.stderr
    assert f"kept in {home}: 1 post," in told.stderr
    room = Room(home)
    (kept,) = room.rows("posts")
    assert (kept["post_id"], kept["text"]) == (post.id, "The ferry left (demo).")
    assert [(r["article_url"], r["state"], r["post_id"]) for r in room.rows("links")] == [(url, "confirmed", post.id)]
    assert world.x.requests == []
    post.text = "The ferry never left (demo)."
    (again,) = [json.loads(x) for x in room.run("check", url, "--json", *_named(world), code=4).stdout.splitlines()]
    assert (again["state"], again["copy"]) == ("changed", row["copy"])
    assert again["reason"].startswith("it says something else than our copy of 20")


def test_a_home_shows_its_copies_and_their_pictures_blurred(desk: CheckDesk, world: World) -> None:
    home = world.write_home(desk.folder / "home")
    room = Room(home, world)
    room.run("once")
    (video,) = [m for p in room.rows("posts") for m in p["media"]]
    report = desk.folder / "one.html"
    (row,) = desk.rows(world.story.article_url("embed"), "--html", report, home=home)
    assert row["copy"] == video["sha256"]
    page = report.read_text(encoding="utf-8")
    assert page.count('src="data:image/jpeg;base64,') == 1
    assert f"SHA-256 {video['sha256']}" in page
    assert 'type="checkbox" aria-label="Show the picture"' in page


def test_what_is_no_list_of_articles_says_what_it_is(desk: CheckDesk, world: World) -> None:
    posts = world.social.feed_url(world.story.mastodon)
    done = Room(desk.folder / "nowhere").run("check", posts, "--allow", world.social.host_port, code=64)
    assert "is a feed of an account's posts" in done.stderr
    assert "soon" in desk.run(_feed(world), "--since", "soon", code=64).stderr


def _named(world: World) -> tuple[str, ...]:
    return ("--allow", world.news.host_port, "--oembed-url", f"{world.social.url}/oembed")
