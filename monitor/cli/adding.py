"""`add`: says what an address, handle or list is, what watching it means and costs, asks, and writes watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monitor.cli import show
from monitor.cli.forecast import cost_of, first_look_of, first_look_price
from monitor.durations import duration_text
from monitor.errors import PostwatchError, WrongUse
from monitor.jobs import order_watches
from monitor.jobs.order_watches import Wanted
from monitor.model.pattern import Pattern
from monitor.settings import Settings
from monitor.store.open import Store

if TYPE_CHECKING:
    from monitor.jobs.context import Context
    from monitor.model.introduction import Introduction


@dataclass(frozen=True)
class Wish:
    """How the thing is to be watched, as the options say."""

    purpose: str | None
    every: str | None
    tags: tuple[str, ...]
    desk: str
    as_posts: bool
    own: bool
    backfill: str
    tell_backfill: bool
    replies: bool
    reposts: bool
    retention: str | None
    yes: bool
    pattern: str = ""
    kind: str | None = None


@click.command()
@click.argument("what", metavar="URL|@HANDLE|FOLDER|FILE")
@click.option(
    "--purpose", help="Why it is watched; asked for when left out. X's terms forbid tracking people without cause."
)
@click.option("--every", help='How often to look, such as "5m".')
@click.option("--tag", "tags", multiple=True, help="A word of your own; may be given several times.")
@click.option("--desk", default="", help="The desk that asks for it.")
@click.option(
    "--posts", "as_posts", is_flag=True, help="The feed's entries are posts of one account (a bridge), not articles."
)
@click.option("--own", is_flag=True, help="Our own feed or article: told first.")
@click.option(
    "--backfill", type=click.Choice(["none", "24h", "7d", "all"]), default="24h", help="What the first look takes."
)
@click.option("--tell-backfill", is_flag=True, help="Alert on each item of the first look.")
@click.option(
    "--pattern",
    default="",
    help="Which addresses of a list are read: a glob such as '/news/*', or '/a regular expression/'. With it, the links of a "
    "section page are a list.",
)
@click.option(
    "--kind",
    type=click.Choice(["feed", "sitemap", "page", "wordpress"]),
    help="What the list is; left out, its content tells.",
)
@click.option("--replies", is_flag=True, help="Take replies too.")
@click.option("--reposts", is_flag=True, help="Take reposts too.")
@click.option(
    "--retention",
    type=click.Choice(["full", "metadata", "cited-media"]),
    default=None,
    help="How much of an account's posts is kept: no media, or only that of cited posts.",
)
@click.option("--yes", is_flag=True, help="Ask nothing.")
def add(what: str, **options: object) -> int:
    """Watches an account, a list of articles, an article, or one post, named by handle or address; or all that a FILE lists.

    Lists of articles: feeds, sitemaps and indexes of sitemaps, a WordPress site's posts (/wp-json/wp/v2/posts), the links of a
    section page (--pattern), a folder that a CMS writes files into.
    Accounts: X (@handle), YouTube, Mastodon, Bluesky, Reddit, Tumblr, Vimeo, Odysee (address of the profile), and any feed of posts.
    FILE is CSV with a heading (url, purpose, tags, every, desk, own), OPML, or one address or @handle a line.

    \b
    Example: postwatch add @handle --purpose "spokesman of the ministry"
             postwatch add https://example.org/rss.xml --own
             postwatch add https://example.org/news-sitemap.xml
             postwatch add https://example.org/politics --pattern '/politics/2*'
             postwatch add ./from-cms/
             postwatch add https://bridge.example.org/someone.rss --posts --purpose "why"
             postwatch add feeds.opml --yes
    """
    wish = Wish(**options)  # type: ignore[arg-type]  # click gives what the options declare
    settings = show.settings()
    with _context(settings) as context, show.store() as store:
        if Path(what).is_file():
            from monitor.cli.adding_lists import add_list

            return add_list(settings, context, store, Path(what), wish)
        watch_id, words = _add_one(settings, context, store, what, wish)
    show.note(f"{words}; undo: postwatch remove {watch_id}")
    return 0


@contextmanager
def _context(settings: Settings) -> "Iterator[Context]":
    from monitor.jobs.context import Context

    context = Context(settings)
    try:
        yield context
    finally:
        context.close()


def _add_one(settings: Settings, context: "Context", store: Store, what: str, wish: Wish) -> tuple[int, str]:
    from monitor.jobs.introduce import introduce

    asked = sys.stdin.isatty() and not wish.yes
    pattern = _sound_pattern(wish.pattern)
    look = asked and wish.backfill != "none"
    found = introduce(context, what, look=look, list_kind=wish.kind or "", pattern=pattern)
    found = as_posts(found, what) if wish.as_posts else found
    order_watches.demand_ours(store, found)
    show.note(f"{what} is {found.words}")
    for fact in found.facts:
        show.note(f"  found: {fact}")
    seconds = seconds_between(settings, found, wish.every)
    show.note(f"  will:  look every {duration_text(seconds)}; {first_look_of(found, wish.backfill)}")
    if found.kind == "account" and found.platform == "x":
        for line in cost_of(settings, store, found, wish.backfill, replies=wish.replies, reposts=wish.reposts):
            show.note(f"  costs: {line}")
        _agree_to_price(settings, wish)
    if wish.purpose is None and found.kind == "account":
        wish = replace(wish, purpose=ask_purpose(yes=wish.yes))
    if asked:
        click.confirm("Watch it?", default=True, abort=True, err=True)
    return put(store, found, wish, seconds), f"watching {found.target} every {duration_text(seconds)}"


def put(store: Store, found: "Introduction", wish: Wish, seconds: int) -> int:
    """Writes the watch; gives its number."""
    wanted = Wanted(
        purpose=wish.purpose or "",
        tags=wish.tags,
        desk=wish.desk,
        own=wish.own,
        backfill=wish.backfill,
        tell_backfill=wish.tell_backfill,
        replies=wish.replies,
        reposts=wish.reposts,
        retention=wish.retention or "",
        list_kind=wish.kind or "",
        pattern=wish.pattern,
    )
    return order_watches.put(store, found, wanted, seconds, origin="cli")


def _sound_pattern(written: str) -> str:
    try:
        return Pattern(written).written
    except ValueError as exc:
        raise WrongUse(f"--pattern {written}: {exc}") from exc


def as_posts(found: "Introduction", what: str) -> "Introduction":
    """The feed as one of an account's posts."""
    if found.kind not in ("feed", "account") or found.url is None:
        raise WrongUse(f"--posts: {what} is {found.words}, not a feed")
    return replace(found, kind="account", platform="feed", words="a feed of an account's posts")


def seconds_between(settings: Settings, found: "Introduction", every: str | None) -> int:
    """How long between two looks."""
    try:
        return order_watches.seconds_between(settings, found, every)
    except ValueError as exc:
        raise WrongUse(f"--every {every}: {exc}") from exc


def ask_purpose(*, yes: bool) -> str:
    """Why an account is watched; asked on a terminal only."""
    if yes or not sys.stdin.isatty():
        raise WrongUse(
            'an account needs a purpose: --purpose "why it is watched" (X\'s terms forbid tracking people without cause)'
        )
    return str(click.prompt("Why is this account watched? (X's terms forbid tracking people without cause)", err=True))


def _agree_to_price(settings: Settings, wish: Wish) -> None:
    """A wide first look is agreed to before anything else is asked."""
    if wish.backfill in ("none", "24h") or wish.yes:
        return
    price = first_look_price(settings, wish.backfill, replies=wish.replies)
    if not sys.stdin.isatty():
        raise WrongUse(f"--backfill {wish.backfill} may cost ${price:.2f}: confirm with --yes")
    click.confirm(f"A first look of up to ${price:.2f}: go on?", abort=True, err=True)


def failure(error: PostwatchError) -> str:
    """An error of one line of a list, in a line."""
    return " ".join(str(error).split())
