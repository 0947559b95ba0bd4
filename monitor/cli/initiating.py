"""`init`: a home, after five questions on a terminal and none elsewhere."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from monitor.cli import show
from monitor.errors import PostwatchError
from monitor.places import has_home
from monitor.settings import Settings, defaults, load
from monitor.settings.chosen import CHANNEL, Answers, files_of
from monitor.settings.load import SECRETS
from monitor.settings.secrets import X_TOKEN, write_secret

_USES = ("newsroom", "archive")


@click.command()
@click.option(
    "--archive", is_flag=True, help="For an archive: looks hourly, and keeps clips of up to 4 GB and 4 hours."
)
@click.option("--own-feed", default="", metavar="URL", help="The feed of your own site, to be told of first.")
@click.option(
    "--usd-per-month", type=click.FloatRange(0), default=10.0, show_default=True, help="The most to spend on X."
)
@click.option("--channel", default="", metavar="URL", help="Where alerts go: an Apprise URL, or webhook+https://...")
@click.option("--yes", is_flag=True, help="Ask nothing, also on a terminal.")
def init(archive: bool, own_feed: str, usd_per_month: float, channel: str, yes: bool) -> None:
    """Makes a home here (or at --home): config/ with every setting explained, storage/ for what is kept.

    On a terminal it asks five questions; Enter takes the default. What exists is never overwritten.

    \b
    Example: postwatch init --home /srv/postwatch
             postwatch init --yes --own-feed https://news.example.org/feed.xml
    """
    from monitor.store.open import open_store

    home = show.home()
    answers = Answers("archive" if archive else "newsroom", own_feed, "", usd_per_month, _channel_url(channel))
    if not has_home(home) and not yes and sys.stdin.isatty() and sys.stderr.isatty():
        answers = _asked(home, answers)
    written = write_files(home, answers)
    settings = load(home)
    open_store(settings.database).close()
    _summary(settings, written)
    if answers.channel and written:
        _try_channel(settings)
    show.note('next: postwatch add https://news.example.org/feed.xml   or   postwatch add @handle --purpose "why"')


def write_files(home: Path, answers: Answers) -> list[str]:
    """The files of a home that are not there yet; gives their names."""
    written = []
    files = files_of(answers)
    fresh = not has_home(home)
    for name, text in files.texts.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_text(text, encoding="utf-8")
            written.append(name)
    for name, value in files.secrets.items() if fresh else ():
        if not (home / "config" / SECRETS / name).exists():
            write_secret(home / "config" / SECRETS, name, value)
            written.append(f"config/{SECRETS}/{name}")
    return written


def _asked(home: Path, given: Answers) -> Answers:
    show.note(f"a new home in {home}. Five questions; Enter takes what stands in brackets.")
    use = click.prompt(
        "1/5  For a newsroom (hears soon) or an archive (keeps all)?",
        type=click.Choice(_USES),
        default=given.use,
        err=True,
    )
    feed = _ask_feed(home, given.own_feed)
    token = click.prompt(
        "3/5  X's bearer token (not shown; without one X is read post by post)",
        default="",
        hide_input=True,
        show_default=False,
        err=True,
    ).strip()
    dollars = click.prompt(
        "4/5  The most to spend on X a month, in US dollars",
        type=click.FloatRange(0),
        default=given.usd_per_month,
        err=True,
    )
    return Answers("archive" if use == "archive" else "newsroom", feed, token, dollars, _ask_channel(given.channel))


def _ask_feed(home: Path, given: str) -> str:
    while True:
        text = click.prompt("2/5  Your own site's feed, or its home page", default=given or "none", err=True).strip()
        if text in ("", "none"):
            return ""
        url = text if "://" in text else f"https://{text}"
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
            show.note(f"     {text} is no address: write https://..., or press Enter for none")
            continue
        found = _feed_at(home, url)
        if found:
            return found


def _feed_at(home: Path, url: str) -> str:
    """The feed at an address, or the one that its page names; "" when there is none. Unreachable: taken as it is."""
    from monitor.articles.discover import feeds_in_page
    from monitor.articles.fetch import fetch_page
    from monitor.articles.kind import recognise
    from monitor.jobs.context import Context

    context = Context(defaults(home))
    try:
        page = fetch_page(context.web, url)
    except PostwatchError as exc:
        show.note(f"     it cannot be read now ({exc}); written all the same, `postwatch doctor` tells more")
        return url
    finally:
        context.close()
    if recognise(url, page.content_type, page.content) != "article":
        return url
    feeds = feeds_in_page(page.content, page.exchange.url_final)
    if feeds:
        show.note(f"     that page names the feed {feeds[0]}")
        return feeds[0]
    show.note("     that page names no feed: write the feed's own address, or press Enter for none")
    return ""


def _ask_channel(given: str) -> str:
    while True:
        text = click.prompt(
            "5/5  Where do alerts go? A webhook (https://...), mailtos://user:password@server?to=..., or any URL of Apprise",
            default=given or "this terminal",
            err=True,
        ).strip()
        if text in ("", "this terminal"):
            return ""
        try:
            return _channel_url(text)
        except click.BadParameter as exc:
            show.note(f"     {exc.message}")


def _channel_url(text: str) -> str:
    if not text or text.startswith("console://"):
        return ""
    if text.startswith(("https://", "http://")):
        return f"webhook+{text}"
    if "://" in text:
        return text
    if "@" in text:
        raise click.BadParameter(f"for mail, name the server too: mailtos://user:password@server?to={text}")
    raise click.BadParameter(f"{text} is no address: write webhook+https://..., mailtos://..., or a URL of Apprise")


def _summary(settings: Settings, written: list[str]) -> None:
    show.note(f"home: {settings.home}")
    show.note(f"written: {', '.join(written) or 'nothing, all files were there'}")
    secrets = [name for name in written if name.startswith(f"config/{SECRETS}/")]
    if secrets:
        show.note("the files in config/secrets are yours alone (mode 600), and git ignores them")
    if not settings.secrets.x_token:
        show.note(f"for X: set {X_TOKEN}, or write the bearer token to config/{SECRETS}/{X_TOKEN}")
    show.note("kept: posts, their videos, and the pages that cite them, in storage/, with who asked for what and why")
    show.note(
        "never done: no protected account, nothing behind a login, no mirror, no third-party archive; nothing is sent"
        " anywhere but to what you watch, the platforms of the posts cited there, and your channels"
    )


def _try_channel(settings: Settings) -> None:
    from monitor.jobs.context import Context
    from monitor.jobs.deliver_alerts import Deliverer

    if CHANNEL not in settings.channel_names:
        return
    context = Context(settings)
    try:
        outcome = Deliverer(context).test(CHANNEL)
    finally:
        context.close()
    if outcome.sent:
        show.note(f"a test went to channel {CHANNEL}: look whether it has arrived")
    else:
        said = context.masked(outcome.detail)
        show.note(
            f"the test to channel {CHANNEL} was NOT taken ({said}): mend it, then postwatch alerts test {CHANNEL}"
        )
