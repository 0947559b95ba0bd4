"""`check` on one article: what each answer of a platform counts as, with and without a home."""

import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from check_desk import CheckDesk, page
from e2e_room import Room

from monitor import clock
from monitor.demo.world import Fault, World, faults
from monitor.demo.world.public import PublicPost

KEYS = [
    "article_url",
    "paragraph",
    "kind",
    "platform",
    "post_id",
    "url",
    "handle",
    "posted_at",
    "state",
    "reason",
    "copy",
]


def _json(status: int, told: object) -> Fault:
    return faults.answer(status, json.dumps(told).encode(), {"Content-Type": "application/json"})


GONE = _json(404, {"error": "Sorry, that page does not exist.", "request": "/oembed"})


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """The demo's servers."""
    with World() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, world: World) -> Iterator[CheckDesk]:
    """No home, and all servers sound."""
    yield CheckDesk(tmp_path, world)
    world.mend()


def test_an_article_whose_post_is_there(desk: CheckDesk, world: World) -> None:
    url = world.story.article_url("embed")
    told = desk.run(url, "--json")
    (row,) = [json.loads(line) for line in told.stdout.splitlines()]
    post = world.story.farewell
    assert post is not None
    assert list(row) == KEYS
    assert row == {
        "article_url": url,
        "paragraph": 4,
        "kind": "embed",
        "platform": "x",
        "post_id": post.id,
        "url": f"https://x.com/i/status/{post.id}",
        "handle": "Horalenko_demo",
        "posted_at": clock.text(post.created_at)[:-4] + row["posted_at"][-4:],
        "state": "live",
        "reason": None,
        "copy": None,
    }
    assert told.stderr.splitlines()[-1].startswith(f"next: postwatch check {url} --keep ")
    assert not (desk.folder / "nowhere").exists()


STRUCK: dict[str, tuple[Fault, str, str]] = {
    "there": (Fault(), "live", ""),
    "deleted": (GONE, "not_found", "127.0.0.1 answers 404: Sorry, that page does not exist."),
    "deleted, told another way": (_json(404, {"errors": [{"message": "gone", "code": 34}]}), "not_found", "127.0.0.1"),
    "protected": (
        _json(403, {"error": "Sorry, you are not authorized to see this status."}),
        "not_answered",
        "not shown:",
    ),
    "a firewall's page": (faults.html_page(403), "not_answered", "not understood: 127.0.0.1 gave a page"),
    "a gateway's page": (faults.html_page(404), "not_answered", "not understood: 127.0.0.1 gave a page"),
    "a framework's 404": (_json(404, {"detail": "Not Found"}), "not_answered", "not understood:"),
    "nothing, with 404": (faults.answer(404), "not_answered", "not understood: 127.0.0.1 gave an empty answer"),
    "a page": (faults.html_page(200), "not_answered", "not understood: 127.0.0.1 gave a page"),
    "half an answer": (faults.truncated(), "not_answered", "not understood:"),
    "a login": (_json(401, {"error": "Not Found"}), "not_answered", "login wanted:"),
    "an outage": (faults.answer(503), "not_answered", "server error:"),
    "a lost connection": (faults.cut(10), "not_answered", "network:"),
}


def test_each_answer_counts_as_what_it_says_and_never_as_more(desk: CheckDesk, world: World) -> None:
    posts = {name: desk.post(f"{name} (demo)") for name in STRUCK}
    for name, (fault, _, _) in STRUCK.items():
        if fault != Fault():
            desk.spoil(posts[name].id, fault)
    away = desk.post("sent away (demo)")
    desk.spoil(away.id, faults.redirect(f"{world.social.url}/login?next=here"))
    inside = desk.post("sent inside (demo)")
    desk.spoil(inside.id, faults.redirect("http://169.254.169.254/latest"))
    url = desk.article([f"https://x.com/SelaneAir_demo/status/{p.id}" for p in (*posts.values(), away, inside)])
    rows = {row["post_id"]: row for row in desk.rows(url, code=4)}
    assert [row["paragraph"] for row in rows.values()] == list(range(2, len(rows) + 2))
    for name, (_, state, reason) in STRUCK.items():
        row = rows[posts[name].id]
        assert (row["state"], (row["reason"] or "").startswith(reason)) == (state, True), (name, row["reason"])
    assert rows[away.id]["state"] == rows[inside.id]["state"] == "not_answered"
    assert rows[away.id]["reason"].startswith("login wanted: 127.0.0.1 sent us on to 127.0.0.1/login")
    assert rows[inside.id]["reason"].startswith("refused: our own guard")


def test_when_oembed_is_down_nothing_is_known_and_the_exit_code_says_so(desk: CheckDesk, world: World) -> None:
    url = desk.article([f"https://x.com/a/status/{desk.post().id}" for _ in range(9)])
    nobody = "http://127.0.0.1:9/oembed"
    done = Room(desk.folder / "nowhere").run(
        "check", url, "--allow", world.news.host_port, "--oembed-url", nobody, code=5
    )
    assert "It cites 9 posts: 0 live, 9 not answered." in done.stdout
    assert done.stdout.count("network: ") == 9
    assert "Traceback" not in done.stderr


def test_a_host_that_throttles_us_is_left_alone(desk: CheckDesk, world: World) -> None:
    url = desk.article([f"https://x.com/a/status/{desk.post().id}" for _ in range(20)])
    world.social.fault("/oembed", faults.answer(429, b"{}", {"Retry-After": "3600"}))
    before = len(world.social.requests_to("/oembed"))
    rows = desk.rows(url, code=5)
    assert {row["reason"].split(":")[0] for row in rows} == {"throttled"}
    assert len(world.social.requests_to("/oembed")) - before <= 10


def test_a_short_pause_is_waited_out(desk: CheckDesk, world: World) -> None:
    url = desk.article([f"https://x.com/a/status/{desk.post().id}"])
    world.social.fault("/oembed", faults.answer(429, b"{}", {"Retry-After": "1"}), times=1)
    assert [row["state"] for row in desk.rows(url)] == ["live"]


def test_what_does_not_answer_in_time_is_not_waited_for(desk: CheckDesk, world: World) -> None:
    home = world.write_home(desk.folder / "home")
    settings = home / "config" / "postwatch.toml"
    settings.write_text(settings.read_text().replace("[check]\n", '[check]\npatience = "1s"\n'))
    slow, quick = desk.post(), desk.post()
    url = desk.article([f"https://x.com/a/status/{post.id}" for post in (slow, quick)])
    desk.spoil(slow.id, faults.delay(8))
    began = time.monotonic()
    rows = {row["post_id"]: row for row in desk.rows(url, code=5, home=home)}
    assert time.monotonic() - began < 6
    assert rows[quick.id]["state"] == "live"
    assert rows[slow.id]["reason"] == "network: no answer within 1 seconds ([check] patience)"


def test_an_article_that_cannot_be_read_is_exit_code_1_and_no_line(desk: CheckDesk, world: World) -> None:
    url = desk.article(["https://x.com/a/status/1"])
    world.news.fault(url.removeprefix(world.news.url), faults.answer(403))
    done = desk.run(url, "--json", code=1)
    assert done.stdout == ""
    assert "is not shown to us (status 403)" in done.stderr
    assert "cannot be read: No such file" in desk.run(desk.folder / "no.html", code=1).stderr


def test_an_article_that_moves_and_one_that_lies_about_its_letters(desk: CheckDesk, world: World) -> None:
    link = f"https://x.com/a/status/{desk.post().id}"
    there = desk.article([link])
    here = world.news.put("/moved", b"")
    world.news.fault("/moved", faults.redirect(there))
    assert [(r["article_url"], r["state"]) for r in desk.rows(here)] == [(there, "live")]
    lying = world.news.put("/lying", page([link], title="Пример (demo)"))
    world.news.fault("/lying", faults.wrong_charset("shift_jis"))
    assert [r["state"] for r in desk.rows(lying)] == ["live"]


def test_an_article_of_twenty_megabytes(desk: CheckDesk, world: World) -> None:
    post = desk.post()
    link = f"https://x.com/a/status/{post.id}"
    start, end = page([]).split(b"</article>")
    told = f'<p>At last, <a href="{link}">the post</a>.</p></article>'.encode()
    huge = world.news.put("/huge", start + b"<!--" + b"\n" * 20_000_000 + b"-->" + told + end)
    assert [(r["post_id"], r["state"]) for r in desk.rows(huge)] == [(post.id, "live")]


def test_files_of_html_and_text_and_a_single_post(desk: CheckDesk) -> None:
    post = desk.post()
    link = f"https://twitter.com/a/status/{post.id}"
    html, text = desk.folder / "story.html", desk.folder / "story.txt.gz"
    html.write_bytes(page([link]))
    words = "Anton Goralenko posted the farewell video on TikTok."
    text.write_bytes(gzip.compress(f"The ferry (demo)\n\nSeen by many: {link} they said.\n\n{words}\n".encode()))
    assert [(r["article_url"], r["post_id"], r["state"]) for r in desk.rows(html)] == [(str(html), post.id, "live")]
    told = desk.run(text)
    assert f"\n{text}\n" in told.stdout
    assert "2     link  x         SelaneAir_demo" in told.stdout
    assert "It cites 1 post: 1 live.\nIt tells of 1 more in words only" in told.stdout
    assert [r["state"] for r in desk.rows(link)] == ["live"]


def test_every_platform_is_asked_in_its_own_way(desk: CheckDesk, world: World) -> None:
    public = world.public
    posts = [
        PublicPost(platform, post_id, "demo_port", "The ferry left (demo).", clock.now())
        for platform, post_id, _ in PLACES
    ]
    for post in posts:
        public.add(post)
    home = world.write_home(desk.folder / "home")
    url = desk.article([address for _, _, address in PLACES])
    rows = desk.rows(url, home=home)
    assert {(r["platform"], r["state"]) for r in rows} == {(p, "live") for p, _, _ in PLACES}
    assert all("demo_port" in r["handle"] for r in rows)
    for post in posts:
        public.delete(post.platform, post.id)
    rows = desk.rows(url, home=home, code=4)
    sure = {"youtube", "bluesky", "mastodon", "telegram"}
    assert {r["platform"] for r in rows if r["state"] == "not_found"} == sure
    assert {r["state"] for r in rows if r["platform"] not in sure} == {"not_answered"}


PLACES = (
    ("youtube", "demo_DEMO-1", "https://youtu.be/demo_DEMO-1"),
    ("bluesky", "3demodemo2224", "https://bsky.app/profile/ferryfan.demo.invalid/post/3demodemo2224"),
    ("mastodon", "116000000000000001", "https://social.demo.invalid/@demo_port/116000000000000001"),
    ("telegram", "demo_port/42", "https://t.me/demo_port/42"),
    ("reddit", "1demo0", "https://www.reddit.com/r/demo/comments/1demo0/ferry/"),
    ("vimeo", "100000001", "https://vimeo.com/100000001"),
    ("dailymotion", "x8demo1", "https://www.dailymotion.com/video/x8demo1"),
    ("tiktok", "7000000000000000001", "https://www.tiktok.com/@demo_port/video/7000000000000000001"),
    ("instagram", "CdemoDEMO01", "https://www.instagram.com/p/CdemoDEMO01/"),
)


def test_wrong_words_on_the_command_line_and_in_the_settings(desk: CheckDesk, world: World) -> None:
    url = desk.article([])
    for words in (("--oembed-url", "x.com"), ("--allow", "127.0.0.1"), ("--html", str(desk.folder / "no" / "r.html"))):
        assert words[1] in Room(desk.folder / "nowhere").run("check", url, *words, code=64).stderr
    home = world.write_home(desk.folder / "home")
    settings = home / "config" / "postwatch.toml"
    settings.write_text(settings.read_text().replace("youtube = ", "youtoob = "))
    assert "[check]: endpoints: youtoob" in desk.run(url, home=home, code=2).stderr
