"""How `check` speaks: a calm table of citations, one sentence, and the next command worth typing."""

import json
import sys
from collections.abc import Sequence

import click

from monitor.cli import show
from monitor.model.check import Article, Checked
from monitor.report.figures import WORDS, many, once_each, sentence

_HEADS = ("par.", "kind", "platform", "account", "time (UTC)", "state", "copy")
_COLOURS = {"live": "green", "changed": "yellow", "not_found": "red", "not_answered": "yellow"}
_STATE = 5
_WIDEST = 32


def print_json(rows: Sequence[Checked]) -> None:
    """A line a citation."""
    for row in rows:
        print(json.dumps(row.row(), ensure_ascii=False), flush=True)


def print_article(article: Article, rows: Sequence[Checked]) -> None:
    """An article's citations; below those that are not live, their address and why."""
    print(show.printable(article.title or article.url))
    day = f"  {article.published_at:%Y-%m-%d %H:%M} UTC" if article.published_at else ""
    print(f"{show.printable(article.url)}{day}")
    if article.error:
        print(f"   could not be read: {show.printable(article.error)}")
    if not rows:
        return
    cells = [_cells(row) for row in rows]
    widths = [max(len(line[n]) for line in (_HEADS, *cells)) for n in range(len(_HEADS))]
    print(f"\n   {_line(_HEADS, widths)}")
    for row, line in zip(rows, cells, strict=True):
        print(f"   {_line(line, widths, _COLOURS[row.seen.state])}")
        if row.seen.reason:
            print(f"         {show.printable(row.citing.cited.url)}")
            print(f"         {show.printable(row.seen.reason)}")


def print_site(articles: Sequence[Article], rows: Sequence[Checked]) -> None:
    """The articles of a site with posts that are not live, then all in one sentence."""
    troubled = {row.article_url for row in rows if row.seen.state != "live"}
    for article in articles:
        if article.error or article.url in troubled:
            print_article(article, [row for row in rows if row.article_url == article.url and row.seen.state != "live"])
            print()
    print_sum(articles, rows, of_site=True)


def print_sum(articles: Sequence[Article], rows: Sequence[Checked], *, of_site: bool) -> None:
    """All in one sentence, and what was told in words only."""
    told = sentence(articles, rows, of_site=of_site)
    print(f"{'' if of_site else chr(10)}{told[0].upper()}{told[1:]}")
    mentions = sum(article.mentions for article in articles)
    if mentions and not of_site:
        print(f"It tells of {mentions} more in words only, without an address.")
    unread = sum(article.error is not None for article in articles)
    if unread and of_site:
        print(f"{many(unread, 'article')} could not be read.")


def note_kept(rows: Sequence[Checked]) -> None:
    """What is kept, and where."""
    posts = once_each(row for row in rows if row.copy is not None)
    files = sum(row.copy.file for row in posts if row.copy)
    missing = sum(row.copy.missing for row in posts if row.copy)
    rest = f"; still to come: {many(missing, 'file')}" if missing else ""
    show.note(f"kept in {show.home()}: {many(len(posts), 'post')}, {files} of them with files{rest}")


def print_next(command: str, why: str) -> None:
    """The last line: what is worth typing now."""
    print(f"next: {command}   {why}", file=sys.stderr)


def _cells(row: Checked) -> tuple[str, ...]:
    handle = row.seen.handle or row.citing.cited.handle or "-"
    return (
        str(row.citing.paragraph or "-"),
        row.citing.kind,
        row.citing.cited.platform,
        show.printable(handle if len(handle) <= _WIDEST else handle[: _WIDEST - 1] + "…"),
        f"{row.posted_at:%Y-%m-%d %H:%M}" if row.posted_at else "-",
        WORDS[row.seen.state],
        row.copy.sha256[:12] if row.copy else "-",
    )


def _line(cells: Sequence[str], widths: Sequence[int], colour: str | None = None) -> str:
    padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
    if colour and sys.stdout.isatty():
        padded[_STATE] = click.style(padded[_STATE], fg=colour)
    return "  ".join(padded).rstrip()
