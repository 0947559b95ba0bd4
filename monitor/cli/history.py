"""`articles history`: an article's versions as people read them, word for word where they differ."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from monitor.cli import show
from monitor.errors import WrongUse

Row = Mapping[str, Any]
_CONTEXT = 8
"""Words that are shown around a change."""
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
_STYLES = {"removed": "red strike", "added": "green", "same": ""}
_LONGEST = 400
_ENOUGH = 80
"""Characters that make a paragraph known again."""


@click.command("history")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout, a line a version, oldest first.")
def articles_history(url: str, as_json: bool) -> None:
    """What each version of an article changed: words, title, dates, and which posts it cites where.

    [-words-] went, {+words+} came. Advertisements, counters and the like make no version.

    \b
    Example: postwatch articles history https://news.example.org/story
    """
    import json

    from monitor.jobs.compare_versions import history

    with show.store() as store:
        rows = history(store, url)
    if rows is None:
        raise WrongUse(f"no article with the address {url} was read: `postwatch articles` lists those that were")
    if as_json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    _print(rows)


def _print(rows: Sequence[Row]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for line in lines_of(rows):
        text = Text()
        for kind, words in line:
            before, after = ("", "") if console.is_terminal else _MARKS[kind]
            text.append(f"{before}{show.printable(words)}{after}", style=_STYLES[kind])
        console.print(text)


def lines_of(rows: Sequence[Row]) -> Iterator[list[tuple[str, str]]]:
    """The lines, each as runs of words that are the same, were removed or added."""
    if rows:
        yield _plain(f"{rows[-1]['title'] or 'no title'}  {rows[0]['article_url']}")
    for row in rows:
        size = f"{_many(row['paragraphs'], 'paragraph')}, {_many(row['citations'], 'citation')}"
        yield _plain(f"version {row['version']}  {_when(row['seen_at'])}  {size}  page sha256 {row['sha256']['page']}")
        changes = row["changes"]
        if changes:
            yield from _changes(changes)
        elif row["version"] > 1 or row["paragraphs"] is None:
            yield _plain("  its words are no longer kept: nothing can be compared")


def _changes(changes: Row) -> Iterator[list[tuple[str, str]]]:
    if changes["same_page"]:
        yield _plain("  the page is the same byte for byte: a newer Postwatch reads it otherwise")
    for name, what in (("title", "title"), ("published_at", "published"), ("modified_at", "modified")):
        pair = changes[name]
        if pair:
            yield [
                ("same", f"  {what}: "),
                ("removed", pair["before"] or "none"),
                ("same", " "),
                ("added", pair["after"] or "none"),
            ]
    for change in changes["citations"]:
        if not change["with_text"]:
            yield _plain(f"  {_citation(change)}")
    for change in changes["paragraphs"]:
        yield [("same", f"  {_paragraph(change)}: "), *_shortened(change["words"])]


def _citation(change: Row) -> str:
    was, now = _place(change["before"]), _place(change["after"])
    what = f"{change['citation']} of {_post(change)}"
    if change["kind"] == "replaced":
        return f"replaced {now}: {what} by {change['by']['citation']} of {_post(change['by'])}"
    if change["kind"] == "moved":
        return f"moved from {was} to {now}: {what}"
    return f"{change['kind']} {was if change['kind'] == 'removed' else now}: {what}"


def _post(cited: Row) -> str:
    return str(cited["url"] or f"a post on {cited['platform']}, in words only")


def _place(numbers: Sequence[int]) -> str:
    return f"at paragraph {', '.join(map(str, numbers))}" if numbers else "outside the text"


def _paragraph(change: Row) -> str:
    before, after = change["before"], change["after"]
    if change["kind"] == "moved":
        return f"paragraph {before} moved to {after}"
    return f"paragraph {after or before} {change['kind']}"


def _shortened(words: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The pieces, those that stayed cut to what stands beside a change."""
    for n, (kind, text) in enumerate(words):
        shown = _cut(text, first=n == 0, last=n == len(words) - 1) if kind == "same" else text
        yield kind, shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _cut(text: str, *, first: bool, last: bool) -> str:
    if first and last:
        return text if len(text) <= _ENOUGH else f"{text[:_ENOUGH]}…"
    words = text.split(" ")
    head, tail = [] if first else words[:_CONTEXT], [] if last else words[-_CONTEXT:]
    return text if len(words) <= len(head) + len(tail) + 1 else " ".join([*head, "…", *tail])


def _when(moment: str) -> str:
    return f"{moment[:10]} {moment[11:16]} UTC"


def _many(number: int | None, noun: str) -> str:
    if number is None:
        return f"unknown {noun}s"
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _plain(text: str) -> list[tuple[str, str]]:
    return [("same", text)]
