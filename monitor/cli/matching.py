"""`match`: which posts of a file the articles of another speak of."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from monitor.cli import show
from monitor.model.linking import Story, Suggestion

_FILE = click.Path(path_type=Path, dir_okay=False)
_SHOWN, _WORTH_SHOWING = 3, 0.2
"""To a person: so many suggestions an article, of at least this probability."""


@click.command()
@click.option(
    "--articles", required=True, type=_FILE, help="JSON Lines: page, url, title, text, published_at, language."
)
@click.option(
    "--posts", required=True, type=_FILE, help="JSON Lines: platform, post_id, handle, author_name, text, created_at."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON line an article.")
def match(articles: Path, posts: Path, as_json: bool) -> int:
    """Tells which posts articles speak of without an embed or an address: by words, names and times. No home needed, no network.

    Each suggestion has a score, the probability that it is right; a level, "strong" for those to look at first; and its evidence: the
    passages of article and post side by side, matching words between ** marks, and how much each counts.

    Articles of one file are weighed against each other: a post that one of them quotes is hardly another's. At most 15 suggestions an
    article. In a home, config/aliases.toml tells by what other names articles call accounts. Exit code 1 when a line of a file could not be used: it is told, and the rest goes on.

    \b
    Example: postwatch match --articles articles.jsonl --posts posts.jsonl --json
    """
    from monitor.jobs import match_files

    complaints: list[match_files.Complaint] = []
    try:
        for story, found in match_files.match(articles, posts, complaints.append, _aliases()):
            if as_json:
                print(json.dumps(match_files.told(story, found), ensure_ascii=False), flush=True)
            else:
                _print(story, found, match_files.counted(found))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.UsageError(f"{error.filename}: {error.strerror}") from error
    for complaint in complaints:
        show.note(str(complaint))
    return 1 if complaints else 0


def _aliases() -> dict[str, list[str]]:
    """The aliases of the home, where there is one."""
    from monitor.link.names import known_as
    from monitor.places import has_home

    if not has_home(show.home()):
        return {}
    from monitor.settings import load

    return known_as((alias.handle, alias.names) for alias in load(show.home(), demand_secrets=False).aliases)


def _print(story: Story, found: Sequence[Suggestion], counted: str) -> None:
    print(
        f"{show.printable(story.title or story.page)}\n  {show.printable(story.url or story.page)}  suggested: {counted}"
    )
    for suggestion in [s for s in found if s.score >= _WORTH_SHOWING][:_SHOWN]:
        print(
            f"  {suggestion.level:6} {suggestion.score:.2f}  {suggestion.platform} {show.printable(suggestion.post_id)}"
        )
        for reason in suggestion.evidence:
            where = f" [paragraph {reason.paragraph}]" if reason.paragraph else ""
            print(f"    {reason.kind:6} {reason.weight:+5.1f}{where}  {show.printable(reason.article)}")
            print(f"    {'':12}  {show.printable(reason.post)}")
