"""`inspect`: what pages cite, without a home."""

import json
import sys
import threading
from collections.abc import Generator, Mapping
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli import show
from monitor.errors import PostwatchError
from monitor.places import has_home
from monitor.settings import Settings, defaults, load

if TYPE_CHECKING:
    from monitor.articles.bounded import BoundedReader
    from monitor.articles.fetch import FetchedArticle
    from monitor.articles.inspecting import Change
    from monitor.articles.reading_ahead import Task
    from monitor.model.article import Reading


_IN_FOLDERS = (".html", ".htm", ".xhtml", ".txt", ".warc", ".wacz")


@click.command()
@click.argument("sources", nargs=-1, metavar="PATH_OR_URL...")
@click.option("--list", "list_file", type=click.Path(path_type=Path), help="A file with one path or address a line.")
@click.option("--base-url", help="The address that local files count as having.")
@click.option(
    "--allow", multiple=True, metavar="HOST:PORT", help="A host that may be reached although it is not public."
)
@click.option("--resolve", is_flag=True, help="Ask t.co, vm.tiktok.com and the like where short links lead.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line an input.")
def inspect(
    sources: tuple[str, ...],
    list_file: Path | None,
    base_url: str | None,
    allow: tuple[str, ...],
    resolve: bool,
    as_json: bool,
) -> int:
    """Reads articles (HTML or text, gzipped or not, web archives, addresses) and names every post that they cite.

    Local files need no network, unless --resolve asks where short links lead. Of a folder every page, text and archive in it is read; many
    inputs are read by all cores and told in order. Of a web archive (WARC, packed or not, or WACZ) each page is an input of its own: its
    source is FILE#n. Exit code 1 when an input could not be read.

    \b
    Example: postwatch inspect article.html
             postwatch inspect --json https://example.org/story | jq .citations
             postwatch inspect --json crawl.warc.gz > citations.jsonl
    """
    wanted = [*sources, *_listed(list_file)]
    if not wanted:
        raise click.UsageError("name at least one file or address: postwatch inspect article.html")
    told = failed = 0
    with closing(_records(wanted, base_url, allow, resolve)) as records:
        for record in records:
            told, failed = told + 1, failed + ("error" in record)
            if as_json:
                print(json.dumps(record, ensure_ascii=False), flush=True)
            else:
                _print(record)
    if not as_json and failed < told:
        show.note(f"next: postwatch check {wanted[0]}   (are these posts still there?)")
    return 1 if failed else 0


def _listed(list_file: Path | None) -> list[str]:
    if list_file is None:
        return []
    try:
        lines = list_file.read_text(encoding="utf-8-sig", errors="surrogateescape").splitlines()
    except OSError as exc:
        raise click.UsageError(f"--list {list_file}: {exc.strerror}") from exc
    return [line.strip() for line in lines if line.strip()]


def _records(
    wanted: list[str], base_url: str | None, allow: tuple[str, ...], resolve: bool
) -> Generator[dict[str, object], None, None]:
    from monitor.articles.inspecting import inspect_file, unchanged
    from monitor.articles.inspecting_archive import tasks_of
    from monitor.articles.reading_ahead import ReadingAhead

    settings = _settings(allow)
    web = _Web(settings)
    then = web.followed if resolve else unchanged
    with ReadingAhead[dict[str, object]](settings.options.articles.parse_timeout) as ahead, closing(web):
        for source in chain.from_iterable(map(_files, wanted)):
            if source.lower().startswith(("http://", "https://")):
                # What was read before is told before a site is waited for.
                yield from ahead.rest()
                yield from ahead.add(web.task(source, then))
            elif _is_archive(source):
                for task in tasks_of(source, then):
                    yield from ahead.add(task)
            else:
                yield from ahead.add(partial(inspect_file, source, base_url=base_url, then=then))
        yield from ahead.rest()


def _files(source: str) -> list[str]:
    """The source itself; of a folder, the pages, texts and archives in it and in the folders below, by name, if there are any."""
    folder = Path(source)
    if source.lower().startswith(("http://", "https://")) or not folder.is_dir():
        return [source]
    paths = sorted(path for path in folder.rglob("*") if path.name.lower().removesuffix(".gz").endswith(_IN_FOLDERS))
    return [str(path) for path in paths if path.is_file()] or [source]


def _is_archive(source: str) -> bool:
    from monitor.articles.archive import is_archive

    try:
        # A pipe, such as <(curl ...), can be read once only.
        return Path(source).is_file() and is_archive(Path(source))
    except OSError:
        return False


def _settings(allow: tuple[str, ...]) -> Settings:
    from dataclasses import replace

    home = show.home()
    found = load(home, demand_secrets=False) if has_home(home) else defaults(home)
    net = found.options.net
    allowed = net.model_copy(update={"allow": (*net.allow, *allow)})
    return replace(found, options=found.options.model_copy(update={"net": allowed}))


class _Web:
    """Fetches addresses, the guard started with the first."""

    def __init__(self, settings: Settings) -> None:
        from monitor.jobs.context import Context

        self._context = Context(settings)
        self._one = threading.Lock()

    def followed(self, reading: "Reading") -> "Reading":
        """One page's short links at a time: servers are asked in turn, however many pages are read at once."""
        from monitor.jobs.follow_short_links import followed

        with self._one:
            return followed(self._context, reading)

    def task(self, url: str, then: "Change") -> "Task[dict[str, object]]":
        """The page is fetched now, and read by the task."""
        from monitor.articles.fetch import fetch_article

        try:
            self._context.wait_turn(url)
            page = fetch_article(self._context.web, url)
        except PostwatchError as exc:
            broken: dict[str, object] = {"source": url, "error": f"{type(exc).__name__}: {exc}"}
            return lambda _: broken
        return partial(_page, url, page, then)

    def close(self) -> None:
        self._context.stop.set()
        self._context.close()


def _page(url: str, page: "FetchedArticle", then: "Change", reader: "BoundedReader") -> dict[str, object]:
    from monitor.articles.inspecting import record_of

    reading = reader.read_page(page.content, url=page.exchange.url_final, content_type=page.content_type)
    return record_of(url, then(reading))


def _told(citation: Mapping[str, object]) -> str:
    """What the article's words tell of a post that they give no address of."""
    first, until = (str(citation.get(name) or "")[:10] for name in ("posted_from", "posted_until"))
    told = [
        f"by {citation['author']}" if citation.get("author") else "",
        f"“{citation['quote']}”" if citation.get("quote") else "",
        f"a {citation['media']}" if citation.get("media") else "",
        f"{first} to {until}" if first else f"up to {until}" if until else "",
    ]
    return "; ".join(part for part in told if part)


def _print(record: dict[str, object]) -> None:
    if "error" in record:
        print(f"{show.printable(record['source'])}\n  error: {show.printable(record['error'])}", file=sys.stderr)
        return
    title = show.printable(record["title"] or record["source"])
    date = show.dated(record["published_at"], record["published_precision"])
    print(f"{title}\n  {show.printable(record['url'] or record['source'])}  {date}")
    citations = record["citations"]
    assert isinstance(citations, list)
    for c in citations:
        sure = "" if c.get("confidence", 1) >= 0.5 else f"  (doubtful: {c.get('reason')})"
        handle = f" @{c['handle']}" if c["handle"] else ""
        what = f"{c['url']} by {c['short_url']}" if c.get("short_url") else c["url"] or c["text"]
        print(
            f"  {c['kind']:8} {c['platform']}{show.printable(handle)}  {show.printable(what)}  [{c['where']}; {c['form']}]{sure}"
        )
        if told := _told(c):
            print(f"{'':11}{show.printable(told)}")
    if not citations:
        print("  cites no posts")
    warnings = record["warnings"]
    assert isinstance(warnings, list)
    for warning in warnings:
        print(f"  warning: {show.printable(warning)}")
