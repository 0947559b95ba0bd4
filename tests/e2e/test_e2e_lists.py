"""Lists that are no sitemap, watched through the command: a section page, a WordPress site, a folder; and lists that are none."""

import gzip
import json
import os
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from paper import TEXT, Paper, paper_in

from monitor import clock
from monitor.demo.world import faults
from monitor.demo.world.http import Request, Response, json_response

NOW = clock.now()
POST = '<p>As somebody <a href="https://x.com/demo/status/1803739203040000001">wrote</a>.</p>'
PAGE = """<!doctype html><html><head><title>Section</title></head><body>
<header><a href="/news/menu">Menu</a></header><nav><a href="/news/nav">Nav</a></nav>
<main><article><header><h2><a href="/news/1#top">One</a></h2></header></article><ul class="latest">
<li><a href="/news/2?page=1">Two</a></li><li><a href="/sport/3">Sport</a></li><li><a href="javascript:x()">x</a></li></ul></main>
<aside><a href="/news/aside">Aside</a></aside><footer><a href="/news/foot">Foot</a></footer></body></html>"""


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Paper]:
    with paper_in(tmp_path) as made:
        made.settle("", articles="robots = false")
        yield made


def test_the_links_of_a_section_pages_main_part_that_fit_a_pattern_are_its_articles(paper: Paper) -> None:
    paper.site.put("/section", PAGE.encode())
    for path in ("/news/1", "/news/2", "/news/4"):
        paper.article(path)
    said = paper.run("add", f"{paper.url}/section", "--pattern", "/news/*", "--own").stderr
    assert "a page with links to articles" in said
    assert "2 of them fit /news/*" in said
    printed = tomllib.loads(paper.run("watches", "--toml").stdout)["feed"]
    assert (printed[0]["pattern"], printed[0]["own"]) == ("/news/*", True)
    paper.asked()
    paper.once()
    assert sorted(paper.asked()) == ["/news/1", "/news/2?page=1", "/section"]
    paper.site.put("/section", PAGE.replace('<li><a href="/sport/3">', '<li><a href="/news/4">').encode())
    paper.once("--all")
    assert sorted(paper.asked()) == ["/news/4", "/section"]
    assert "regular expression" in paper.run("add", f"{paper.url}/section", "--pattern", "/(/", code=64).stderr


class WordPress:
    """A WordPress site's API: posts by number and the minutes since they were changed."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.changed: dict[int, datetime] = {}
        self.knows_modified_after = True

    def post(self, number: int, minutes_ago: float) -> None:
        self.changed[number] = clock.now() - timedelta(minutes=minutes_ago)
        self.paper.article(f"/post/{number}", f"Post {number}, changed {minutes_ago}")

    def answer(self, request: Request) -> Response:
        said = request.query
        after = clock.parse(said["modified_after"]) if "modified_after" in said and self.knows_modified_after else None
        found = [
            n for n, at in sorted(self.changed.items(), key=lambda i: i[1], reverse=True) if after is None or at > after
        ]
        page, size = int(said["page"]), int(said["per_page"])
        pages = max(1, -(-len(found) // size))
        if page > pages:
            return json_response(
                {"code": "rest_post_invalid_page_number", "message": "no", "data": {"status": 400}}, 400
            )
        rows = [self._row(n) for n in found[(page - 1) * size : page * size]]
        return json_response(rows, headers=(("X-WP-Total", str(len(found))), ("X-WP-TotalPages", str(pages))))

    def _row(self, number: int) -> dict[str, object]:
        at = clock.text(self.changed[number])[:19]
        return {
            "id": number,
            "date_gmt": at,
            "modified_gmt": at,
            "link": f"{self.paper.url}/post/{number}",
            "title": {"rendered": "T &amp; T"},
        }


@pytest.fixture
def wordpress(paper: Paper) -> WordPress:
    made, plain = WordPress(paper), paper.site.answer
    paper.site.answer = lambda r: made.answer(r) if r.path == "/wp-json/wp/v2/posts" else plain(r)  # type: ignore[method-assign]
    return made


@pytest.mark.parametrize("is_old", [False, True], ids=["5.7", "4.7"])
def test_a_wordpress_site_is_asked_for_what_changed_page_by_page(
    paper: Paper, wordpress: WordPress, is_old: bool
) -> None:
    wordpress.knows_modified_after = not is_old
    for number in range(1, 106):
        wordpress.post(number, 60 * 24 * 3 + number)
    wordpress.post(201, 30)
    route = f"{paper.url}/wp-json/wp/v2/posts"
    assert "the posts of a WordPress site" in paper.run("add", route, "--tell-backfill").stderr
    paper.asked()
    paper.once()
    assert paper.read() == {"/post/201"}
    wordpress.post(202, 1)
    wordpress.post(201, 0.5)
    paper.asked()
    paper.once("--all")
    assert {a for a in paper.asked() if "/post/" in a} == {"/post/201", "/post/202"}
    # All of it, and in the form of the site's own address.
    paper.settle(
        '[[feed]]\nurl = "URL"\nkind = "wordpress"\nbackfill = "all"\npattern = "/post/10?"\n',
        articles="robots = false",
    )
    paper.once()
    pages = [a for a in paper.asked() if "wp-json" in a and "modified_after" not in a]
    assert len(pages) == 2
    assert paper.read() == {"/post/201", "/post/202", *(f"/post/{n}" for n in range(100, 106))}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, b'{"code": "rest_no_route"}'),
        (401, b'{"code": "rest_cannot_access"}'),
        (200, b"<!doctype html><html></html>"),
    ],
)
def test_a_wordpress_site_that_shows_no_api_says_what_to_watch_instead(paper: Paper, status: int, body: bytes) -> None:
    paper.site.fault("/wp-json/*", faults.answer(status, body))
    said = paper.run("add", f"{paper.url}/wp-json/wp/v2/posts", code=1).stderr
    assert "watch its feed (/feed/) or its sitemap" in said
    paper.settle('[[feed]]\nurl = "URL/wp-json/wp/v2/posts"\n')
    paper.once(code=3)
    (watch,) = paper.rows("watches")
    assert "its sitemap (/wp-sitemap.xml) instead" in watch["last_error"]


def _page(title: str, url: str = "") -> str:
    link = f'<link rel="canonical" href="{url}">' if url else ""
    return f"<!doctype html><html><head><title>{title}</title>{link}</head><body><article><h1>{title}</h1><p>{TEXT}</p>{POST}</article></body></html>"


def test_files_of_a_folder_are_read_once_for_each_content_and_links_lead_nowhere(paper: Paper, tmp_path: Path) -> None:
    folder, outside = tmp_path / "from cms", tmp_path / "secret.html"
    (folder / "2026").mkdir(parents=True)
    outside.write_text(_page("Secret"))
    (folder / "one.html").write_text(_page("One", "https://news.example/one"))
    (folder / "2026" / "two.html.gz").write_bytes(gzip.compress(_page("Two").encode()))
    (folder / "three.json").write_text(
        json.dumps({"url": "https://news.example/three", "title": "Three & more", "html": f"<p>{TEXT}</p>{POST}"})
    )
    (folder / "four.txt").write_text(f"Four\n\n{TEXT}\n\nhttps://x.com/demo/status/1803739203040000001\n")
    (folder / "same.html").write_text(_page("One", "https://news.example/one"))
    (folder / "broken.json").write_text('{"url": "https://news.example/x"}')
    (folder / "broken.html.gz").write_bytes(gzip.compress(b"<html>" + os.urandom(500))[:100])
    (folder / ".hidden.html").write_text(_page("Hidden"))
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "link.html").symlink_to(outside)
    (folder / "away").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.html")
    said = paper.run("add", f"{folder}/").stderr
    assert "a folder of articles" in said
    paper.once(code=3)
    titles = {row["title"]: row["url"] for row in paper.rows("articles")}
    assert titles == {
        "One": "https://news.example/one",
        "Two": (folder / "2026" / "two.html.gz").as_uri(),
        "Three & more": "https://news.example/three",
        "Four": (folder / "four.txt").as_uri(),
    }
    assert {row["citations"] for row in paper.rows("articles")} == {1}
    left_out = {
        Path(str(row["url"])).name: (row["reason"], row["detail"]) for row in paper.rows("articles", "left-out")
    }
    assert set(left_out) == {"link.html", "pipe.html", "broken.json", "broken.html.gz"}
    assert left_out["link.html"][0] == "link"
    assert '"html": "..."' in left_out["broken.json"][1]
    paper.once("--all")
    assert {row["versions"] for row in paper.rows("articles")} == {1}
    (folder / "four.txt").write_text(f"Four\n\n{TEXT}\n\nChanged.\n")
    (folder / "broken.json").write_text(
        json.dumps({"url": "https://news.example/x", "html": f"<h1>Mended</h1><p>{TEXT}</p>"})
    )
    paper.once("--all")
    rows = {row["title"]: row["versions"] for row in paper.rows("articles")}
    assert rows["Four"] == 2
    assert rows["Mended"] == 1
    assert {row["reason"] for row in paper.rows("articles", "left-out") if not row["ended_at"]} == {
        "link",
        "unreadable",
    }
    paper.run("export", "article", (folder / "four.txt").as_uri(), "--to", tmp_path / "bag")
    paper.run("doctor", "--offline")
    assert (folder / "one.html").exists()


def test_a_folder_that_is_not_there_is_told_and_waited_for(paper: Paper, tmp_path: Path) -> None:
    paper.settle('[[feed]]\nfolder = "drafts"\ntell_backfill = true\n')
    paper.once(code=3)
    (watch,) = paper.rows("watches")
    assert watch["state"] == "broken"
    assert "make it, or name another" in watch["last_error"]
    (paper.home / "drafts").mkdir()
    (paper.home / "drafts" / "a.html").write_text(_page("Draft"))
    paper.once("--all")
    assert [row["title"] for row in paper.rows("articles")] == ["Draft"]
    assert paper.rows("watches")[0]["state"] == "active"


def test_lists_that_are_none_and_wrong_settings_say_what_to_write(paper: Paper) -> None:
    paper.site.put(
        "/page",
        b'<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>',
    )
    paper.site.put("/bomb.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset><url><loc>&a;</loc></url></urlset>")
    paper.site.put("/cut.xml", b"<?xml version='1.0'?><urlset><url><loc>http")
    watches = "".join(f'[[feed]]\nurl = "URL/{name}"\n' for name in ("page", "bomb.xml", "cut.xml"))
    paper.settle(f'{watches}[[feed]]\nurl = "URL/page?2"\nkind = "sitemap"\n')
    paper.once(code=3)
    told = {str(row["target"]).removeprefix(paper.url): str(row["last_error"]) for row in paper.rows("watches")}
    assert "/rss" in told["/page"]
    assert "give a pattern" in told["/page"]
    assert "declares entities" in told["/bomb.xml"]
    assert "cannot be read" in told["/cut.xml"]
    assert "robots.txt may name its sitemaps" in told["/page?2"]
    paper.write(
        watches='[[feed]]\nurl = "https://a.example/"\nfolder = "x"\n[[feed]]\nurl = "https://a.example/"\nkind = "page"\n[[feed]]\nurl = "ftp://a"\n[[feed]]\nurl = "https://b.example"\npattern = "/(/"\n'
    )
    said = paper.run("once", code=2).stderr
    for words in ("either url or folder", "needs a pattern", "begins with https://", "no regular expression"):
        assert words in said
