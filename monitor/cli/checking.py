"""`check`: what became of the posts that an article, or a whole site, cites."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli import check_output, check_room, show

if TYPE_CHECKING:
    from monitor.jobs.check_articles import Read
    from monitor.jobs.context import Context
    from monitor.model.check import Checked

EXIT_GONE, EXIT_UNANSWERED = 4, 5


@click.command()
@click.argument("target", metavar="URL|FILE")
@click.option(
    "--keep", is_flag=True, help="Keep the article, its posts and their media, in the home (made if missing)."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line a citation.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a report: one file for browsers.")
@click.option("--base-url", help="The address that a file counts as having.")
@click.option("--allow", multiple=True, metavar="HOST:PORT", help="A host that may be reached although not public.")
@click.option("--oembed-url", metavar="URL", help="Where X's oEmbed answers, in place of [x] oembed_url.")
def check(
    target: str,
    keep: bool,
    as_json: bool,
    html: Path | None,
    base_url: str | None,
    allow: tuple[str, ...],
    oembed_url: str | None,
) -> int:
    """Tells of every post that an article cites whether it is still there. No home, no key, no charge.

    Give it an article's address or file (HTML or text). Platforms are asked by their free public answers; what they do not answer is
    "not answered", with the reason, and never counts as gone.

    Exit code: 0 all live; 4 a post not found or changed; else 5 a post not answered; 1 the article could not be read.

    \b
    Example: postwatch check https://news.example.org/story
             postwatch check story.html --keep
    """
    from monitor.articles.bounded import BoundedReader
    from monitor.jobs.context import Context
    from monitor.jobs.open_target import opened

    settings = check_room.settings_for(allow, oembed_url, keep=keep)
    context = Context(settings)
    try:
        with BoundedReader(parse_timeout=settings.options.articles.parse_timeout) as reader:
            reader.warm()
            found = opened(context, reader, target, base_url)
        rows = _one(context, found, keep=keep)
    finally:
        context.close()
    if as_json:
        check_output.print_json(rows)
    else:
        check_output.print_article(found.article, rows)
        check_output.print_sum([found.article], rows, of_site=False)
    check_output.print_next(*_next(target, rows, keep=keep))
    return exit_code(rows)


def _one(context: "Context", found: "Read", *, keep: bool) -> "list[Checked]":
    from monitor.jobs.ask_platforms import Asker
    from monitor.jobs.check_articles import ask_all, checked, cited_by

    patience = context.options.check.patience
    cited = cited_by([found.article])
    seen = ask_all(Asker(context, patience / 4), cited, patience, lambda _cited, _seen: None) if cited else {}
    if keep:
        check_room.keep_all(context, [found], cited)
    return checked(context, [found.article], seen, home=context.settings.database.exists())


def _next(target: str, rows: "Sequence[Checked]", *, keep: bool) -> tuple[str, str]:
    if not rows:
        return f"postwatch inspect {target}", "shows what was read, and what is told in words only"
    if not keep:
        return f"postwatch check {target} --keep", "keeps every post and its media"
    return f"postwatch --home {show.home()} links", "which article cites which post, and our copy"


def exit_code(rows: "Sequence[Checked]") -> int:
    """What the process ends with: something not found or changed outweighs what was not answered."""
    states = {row.seen.state for row in rows}
    if states & {"not_found", "changed"}:
        return EXIT_GONE
    return EXIT_UNANSWERED if "not_answered" in states else 0
