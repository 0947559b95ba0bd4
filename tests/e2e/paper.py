"""A newspaper's site on loopback and a home that watches it: lists of articles, robots.txt, and what was asked for."""

import gzip
import io
import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from e2e_room import Room

from monitor.cli.app import _run as command
from monitor.demo.world.http import Request, Response, not_found
from monitor.demo.world.news import NewsSite

_SITEMAP = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
TEXT = "The quay was closed in the morning and opened again in the afternoon, the harbour office says. " * 3


_TIMES = {
    "robots": ("good_at", "expires_at", "failing_since"),
    "host_wait": ("until",),
    "job": ("not_before",),
    "watch": ("next_look_at",),
    "feed_part": ("not_before", "read_at"),
}


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
    """The room and the site. Articles are pages under any path."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self.site = Site()

    @property
    def url(self) -> str:
        return self.site.url

    def settle(self, watches: str, *, articles: str = "", more: str = "") -> None:
        """Writes config/: `watches` with URL for the site, `articles` for the [articles] table."""
        self.write(
            settings=f'[x]\noembed_url = "{self.url}/oembed"\n\n[net]\nallow = ["{self.site.host_port}"]\n\n[articles]\nseconds_per_host = 0\n{articles}\n{more}',
            watches=watches.replace("URL", self.url),
            rules="",
        )

    def article(self, path: str, title: str = "") -> str:
        """Puts an article on the site; its address. It cites nothing, so that nobody else is asked for anything."""
        title = title or f"Article {path}"
        page = f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        return self.site.put(path, f"{page}<p>{TEXT}</p><p>{TEXT}</p></article></body></html>".encode())

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

    def run(self, *words: str | Path, code: int = 0, **environment: str) -> "subprocess.CompletedProcess[str]":
        """One command to its end, in this process, which starts many times faster."""
        assert not environment
        out, err = io.StringIO(), io.StringIO()
        with _as_a_process_of_its_own(), redirect_stdout(out), redirect_stderr(err):
            ended = command(["--home", str(self.home), *map(str, words)])
        self.printed += [out.getvalue(), err.getvalue()]
        assert ended == code, (words, ended, out.getvalue(), err.getvalue())
        return subprocess.CompletedProcess(words, ended, out.getvalue(), err.getvalue())

    def once(self, *words: str, code: int = 0) -> str:
        """`postwatch once` and what it said."""
        return self.run("once", *words, code=code).stderr

    def let_pass(self, hours: float) -> None:
        """Sets every time that something waits for, or lasts since, so much back: as if that time had passed."""
        ledger = sqlite3.connect(self.home / "storage" / "postwatch.db")
        with ledger:
            for table, columns in _TIMES.items():
                sets = ", ".join(
                    f"{c} = strftime('%Y-%m-%dT%H:%M:%fZ', {c}, '-{hours * 3600} seconds')" for c in columns
                )
                ledger.execute(f"UPDATE {table} SET {sets}")
        ledger.close()

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


@contextmanager
def _as_a_process_of_its_own() -> Iterator[None]:
    """Puts back what a command changes of its process: the environment and what signals do."""
    known = dict(os.environ)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for name in [name for name in os.environ if name.startswith("POSTWATCH_")]:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(known)
        for number, handler in handlers.items():
            signal.signal(number, handler)
