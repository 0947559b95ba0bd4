"""`check`: what became of the posts that an article, or a whole site, cites."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli import check_output, check_progress, check_room, show
from monitor.cli.check_room import Asked

if TYPE_CHECKING:
    from monitor.jobs.check_articles import Read
    from monitor.jobs.context import Context
    from monitor.jobs.open_target import Site
    from monitor.model.check import Article, Checked

EXIT_GONE, EXIT_UNANSWERED = 4, 5
_SHORT = "postwatch check"


@click.command()
@click.argument("target", metavar="URL|FILE")
@click.option("--keep", is_flag=True, help="Keep articles, posts and media in the home (made if there is none).")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a citation.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a report: one file for browsers.")
@click.option("--since", default="30d", show_default=True, help="Of a site: articles since a time, date or age.")
@click.option("--limit", type=click.IntRange(1), help="Of a site: the newest so many articles.")
@click.option("--base-url", help="The address that a file counts as having.")
@click.option("--allow", multiple=True, metavar="HOST:PORT", help="A host that may be reached although not public.")
@click.option("--oembed-url", metavar="URL", help="Where X's oEmbed answers, in place of [x] oembed_url.")
def check(
    target: str,
    keep: bool,
    as_json: bool,
    html: Path | None,
    since: str,
    limit: int | None,
    base_url: str | None,
    allow: tuple[str, ...],
    oembed_url: str | None,
) -> int:
    """Tells of every post that an article cites whether it is still there. No home, no key, no charge.

    Give it an article's address or file (HTML or text), or a site's feed or sitemap to audit all of its articles: an audit that is interrupted goes
    on when it is started again with the same --html. Platforms are asked by their free public answers. What they do not answer is "not
    answered", with the reason, and never counts as gone.

    Exit code: 0 all live; 4 a post not found or changed; else 5 a post not answered; 1 the article could not be read.

    \b
    Example: postwatch check https://news.example.org/story
             postwatch check story.html --keep
             postwatch check https://news.example.org/feed.xml --since 30d --html report.html
    """
    from monitor.articles.bounded import BoundedReader
    from monitor.jobs.context import Context
    from monitor.jobs.open_target import Site, opened
    from monitor.platforms import address_of

    asked = Asked(target, keep, as_json, html, since, limit)
    asked.demand_writable()
    settings = check_room.settings_for(allow, oembed_url, keep=keep)
    context = Context(settings)
    try:
        with BoundedReader(parse_timeout=settings.options.articles.parse_timeout) as reader:
            if address_of(target) is None:
                reader.warm()
            found = opened(context, reader, target, base_url)
        return _site(context, found, asked) if isinstance(found, Site) else _article(context, found, asked)
    finally:
        context.close()


def _article(context: "Context", found: "Read", asked: Asked) -> int:
    from monitor.jobs.ask_platforms import Asker
    from monitor.jobs.check_articles import ask_all, checked, cited_by

    patience = context.options.check.patience
    cited = cited_by([found.article])
    seen = ask_all(Asker(context, patience / 4), cited, patience) if cited else {}
    if asked.keep:
        check_room.keep_all(context, [found], cited)
    rows = checked(context, [found.article], seen, home=context.settings.database.exists())
    if asked.as_json:
        check_output.print_json(rows)
    else:
        check_output.print_article(found.article, rows)
        check_output.print_sum([found.article], rows, of_site=False)
    title = found.article.title or found.article.url
    _finish(context, asked, title, [found.article], rows, of_site=False)
    return exit_code([found.article], rows)


def _site(context: "Context", site: "Site", asked: Asked) -> int:
    from monitor.jobs.audit_parts import with_parts
    from monitor.jobs.audit_site import Audit
    from monitor.jobs.check_articles import checked, cited_by
    from monitor.jobs.keep_cited import keep_article
    from monitor.report.figures import many

    since = check_room.moment(asked.since)
    site, troubles = with_parts(context, site, since)
    listed = site.since(since, asked.limit)
    for trouble in troubles:
        show.note(f"a part of the list is left out: {trouble}")
    show.note(f"{site.title or site.url} lists {many(len(listed), 'article')} since {asked.since}")
    notes = check_room.notes_for(asked, len(listed))
    try:
        with check_progress.shown() as told:
            keep = (lambda read: keep_article(context, read)) if asked.keep else None
            articles = Audit(context, notes, keep=keep, told=told).run(listed)
        if asked.keep:
            check_room.keep_all(context, (), cited_by(articles))
        rows = checked(context, articles, notes.seen, home=context.settings.database.exists())
        if asked.as_json:
            check_output.print_json(rows)
        else:
            check_output.print_site(articles, rows)
        _finish(context, asked, site.title or site.url, articles, rows, of_site=True)
    except BaseException:
        notes.close(done=False)
        if notes.path is not None:
            show.note("what is found so far is noted: the same command goes on from here")
        raise
    notes.close(done=True)
    return exit_code(articles, rows)


def _finish(
    context: "Context",
    asked: Asked,
    title: str,
    articles: "Sequence[Article]",
    rows: "Sequence[Checked]",
    *,
    of_site: bool,
) -> None:
    """Writes the report, tells what is kept where, and what is worth typing now."""
    if asked.html is not None:
        from monitor.jobs.write_report import write

        since = check_room.moment(asked.since) if of_site else None
        size = write(
            context,
            asked.html,
            target=asked.target,
            title=title,
            articles=articles,
            rows=rows,
            of_site=of_site,
            since=since,
        )
        show.note(f"report: {asked.html} ({size:,} bytes, one file, asks no other machine for anything)")
    if asked.keep:
        check_output.note_kept(rows)
    check_output.print_next(*_next(asked, rows, of_site=of_site))


def _next(asked: Asked, rows: "Sequence[Checked]", *, of_site: bool) -> tuple[str, str]:
    if not rows and not of_site:
        return f"postwatch inspect {asked.target}", "what was read, and what is told in words only"
    if any(row.copy and row.copy.missing for row in rows):
        return f"postwatch --home {show.home()} once", "fetches what is still to come"
    if of_site and asked.html is None:
        return f"{_SHORT} {asked.target} --since {asked.since} --html report.html", "a page for the whole newsroom"
    if not asked.keep:
        return f"{_SHORT} {asked.target} --keep", "keeps every post and its media"
    return f"postwatch --home {show.home()} links", "which article cites which post, and our copy"


def exit_code(articles: "Sequence[Article]", rows: "Sequence[Checked]") -> int:
    """What the process ends with: something not found or changed outweighs what was not answered or could not be read."""
    states = {row.seen.state for row in rows}
    if states & {"not_found", "changed"}:
        return EXIT_GONE
    unread = any(article.error is not None for article in articles)
    return EXIT_UNANSWERED if unread or "not_answered" in states else 0
