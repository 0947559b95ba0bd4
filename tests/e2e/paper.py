"""A newspaper's site on loopback and a home that watches it: lists of articles, robots.txt, and what was asked for."""

import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from e2e_room import COMMAND, Room, Row

from monitor.cli.app import cli
from monitor.demo.world.http import Request, Response, not_found
from monitor.demo.world.news import NewsSite

_SITEMAP = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
TEXT = "The quay was closed in the morning and opened again in the afternoon, the harbour office says. " * 3


class Site(NewsSite):
    """Serves what was put, with an ETag; queries count as part of the path where they were put so."""

    def answer(self, request: Request) -> Response:
        whole = f"{request.path}?{request.query_string}" if request.query_string else request.path
        found = self._pages.get(whole) or self._pages.get(request.path)
        if found is None:
            return not_found()
        etag = f'"{hash(found.body)}"'
        if request.headers.get("if-none-match") == etag:
            return Response(304, (("ETag", etag),))
        return found.with_headers({"ETag": etag})


class Paper(Room):
    """The room and the site. Articles are pages under any path that link to one post each."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.site = Site()
        self._posts = 0

    @property
    def url(self) -> str:
        return self.site.url

    def settle(self, watches: str, *, articles: str = "", more: str = "") -> None:
        """Writes config/: `watches` with URL for the site, `articles` for the [articles] table."""
        self.write(
            settings=f'[net]\nallow = ["{self.site.host_port}"]\n\n[articles]\nseconds_per_host = 0\n{articles}\n{more}',
            watches=watches.replace("URL", self.url),
            rules="",
        )

    def article(self, path: str, title: str = "") -> str:
        """Puts an article on the site; its address."""
        self._posts += 1
        link = f'<a href="https://x.com/demo/status/18037392030400{self._posts:05}">wrote</a>'
        title = title or f"Article {path}"
        page = f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        return self.site.put(
            path, f"{page}<p>{TEXT}</p><p>As somebody {link}. {TEXT}</p></article></body></html>".encode()
        )

    def feed(self, paths: Sequence[str], path: str = "/feed.xml") -> str:
        """Puts a feed that names these articles, without dates."""
        items = "".join(f"<item><title>{p}</title><link>{self.url}{p}</link></item>" for p in paths)
        head = "<?xml version='1.0'?><rss version='2.0'><channel><title>demo</title>"
        return self.site.put(path, f"{head}{items}</channel></rss>".encode(), "application/rss+xml")

    def sitemap(self, path: str, entries: Mapping[str, str], *, news: str = "", packed: bool = False) -> str:
        """Puts a sitemap: paths and their lastmod ("" for none); `news`: a publication date for all of them."""
        told = f"<news:news><news:publication_date>{news}</news:publication_date><news:title>T</news:title></news:news>"
        items = "".join(
            f"<url><loc>{self.url}{p}</loc>{f'<lastmod>{m}</lastmod>' if m else ''}{told if news else ''}</url>"
            for p, m in entries.items()
        )
        return self._xml(path, f"<urlset {_SITEMAP}>{items}</urlset>", packed=packed)

    def index(self, path: str, parts: Mapping[str, str]) -> str:
        """Puts an index of sitemaps: paths and their lastmod."""
        items = "".join(
            f"<sitemap><loc>{self.url}{p}</loc>{f'<lastmod>{m}</lastmod>' if m else ''}</sitemap>"
            for p, m in parts.items()
        )
        return self._xml(path, f"<sitemapindex {_SITEMAP}>{items}</sitemapindex>")

    def _xml(self, path: str, text: str, *, packed: bool = False) -> str:
        body = f"<?xml version='1.0' encoding='UTF-8'?>\n{text}".encode()
        kind = "application/gzip" if packed else "application/xml"
        return self.site.put(path, gzip.compress(body, mtime=0) if packed else body, kind)

    def robots(self, text: str, **headers: str) -> None:
        """Puts the robots.txt."""
        self.site.put("/robots.txt", text.encode(), "text/plain")
        self.site._pages["/robots.txt"] = self.site._pages["/robots.txt"].with_headers(
            {name.replace("_", "-"): value for name, value in headers.items()}
        )

    def once(self, *words: str, later: str = "", code: int = 0) -> str:
        """`postwatch once` and what it said. `later` such as "+2h" moves its clock."""
        known = {k: v for k, v in os.environ.items() if not k.startswith("POSTWATCH_")}
        ended = subprocess.run(
            [*_moved(later), COMMAND, "--home", self.home, "once", *words],
            env=known,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert ended.returncode == code, (ended.returncode, ended.stderr, self.rows("jobs"))
        assert "Traceback" not in ended.stderr
        return ended.stderr

    def rows(self, *words: str) -> list[Row]:
        """What a listing prints, by the command in this process, which is many times faster."""
        done = CliRunner().invoke(cli, [*words, "--json"], env={"POSTWATCH_HOME": str(self.home)})
        assert done.exit_code == 0, (words, done.output, done.exception)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def asked(self, pattern: str = "*") -> list[str]:
        """The paths asked for since the last call, with their queries, in order."""
        found = [f"{r.path}?{r.query_string}" if r.query_string else r.path for r in self.site.requests_to(pattern)]
        self.site.requests.clear()
        return found

    def read(self) -> set[str]:
        """The paths of the articles that were read so far."""
        return {str(row["url"]).removeprefix(self.url) for row in self.rows("articles")}

    def jobs(self, state: str = "") -> list[dict[str, object]]:
        """Jobs about lists and articles in a state."""
        about = ("read_article", "read_feed", "read_feed_part", "read_file")
        return [j for j in self.rows("jobs") if j["kind"] in about and state in ("", j["state"])]


@contextmanager
def paper_in(folder: Path) -> Iterator[Paper]:
    """The site running and an empty home."""
    paper = Paper(folder / "home")
    paper.site.start()
    try:
        yield paper
    finally:
        paper.site.close()
    assert not paper.site.mistakes


def _moved(later: str) -> list[str]:
    if not later:
        return []
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("the command `faketime` is not installed here")
    return [faketime, "-f", later]
