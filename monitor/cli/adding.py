"""`add`: says what an address or handle is, what watching it means and costs, asks, and writes a watch."""

import re
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

import click

from monitor import clock
from monitor.cli import show
from monitor.errors import NotUnderstood, TooLarge, WrongUse
from monitor.settings import Settings
from monitor.settings.kinds import duration_text, seconds_of
from monitor.store import watches
from monitor.store.open import Store
from monitor.store.watches import Order

_HANDLE = re.compile(r"@?([A-Za-z0-9_]{1,15})")
_PROFILE_HOSTS = ("x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com")
_DEPTH = {True: 3200, False: 800}


@dataclass(frozen=True)
class _Found:
    kind: str
    platform: str
    target: str
    words: str
    url: str | None = None
    handle: str | None = None
    post_id: str | None = None


@click.command()
@click.argument("what")
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
@click.option("--replies", is_flag=True, help="Take replies too.")
@click.option("--reposts", is_flag=True, help="Take reposts too.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def add(
    what: str,
    purpose: str | None,
    every: str | None,
    tags: tuple[str, ...],
    desk: str,
    as_posts: bool,
    own: bool,
    backfill: str,
    tell_backfill: bool,
    replies: bool,
    reposts: bool,
    yes: bool,
) -> None:
    """Watches an account (@handle), a feed of articles or of posts, an article, or one post (their addresses).

    \b
    Example: postwatch add @handle --purpose "spokesman of the ministry"
             postwatch add https://example.org/rss.xml --own
             postwatch add https://bridge.example.org/someone.rss --posts --purpose "why"
    """
    settings = show.settings()
    found = _recognise(settings, what)
    if as_posts:
        found = _of_posts(found, what)
    with show.store() as store:
        _demand_ours(store, found)
        show.note(f"{what} is {found.words}")
        seconds = _every(settings, found, every)
        if found.kind == "account" and found.platform == "x" and found.url is None:
            _show_price(settings, backfill, replies=replies, yes=yes)
        if purpose is None and found.kind == "account":
            purpose = _ask_purpose(yes=yes)
        order = Order(
            found.kind,
            found.platform,
            found.target,
            seconds,
            url=found.url,
            handle=found.handle,
            post_id=found.post_id,
            tags=tags,
            desk=desk,
            purpose=purpose or "",
            backfill=backfill,
            tell_backfill=tell_backfill,
            replies=replies,
            reposts=reposts,
            own=own,
        )
        watch_id = watches.put(store, order, origin="cli", place="", now=clock.now())
    show.note(
        f"watching {found.target} every {duration_text(seconds)} (watch {watch_id}); undo: postwatch remove {watch_id}"
    )


def _of_posts(found: _Found, what: str) -> _Found:
    if found.kind not in ("feed", "account") or found.url is None:
        raise WrongUse(f"--posts: {what} is {found.words}, not a feed")
    return _Found("account", "feed", found.target, "a feed of an account's posts", found.url)


def _every(settings: Settings, found: _Found, every: str | None) -> int:
    if every is not None:
        try:
            return seconds_of(every)
        except ValueError as exc:
            raise WrongUse(f"--every {every}: {exc}") from exc
    if found.kind == "article":
        return settings.options.articles.look_again
    return 86_400 if found.kind == "post" else settings.options.jobs.every


def _demand_ours(store: Store, found: _Found) -> None:
    row = store.one(
        "SELECT origin, origin_place, state FROM watch WHERE kind = ? AND target = ?", found.kind, found.target
    )
    if row is not None and row["origin"] == "file" and row["state"] != "paused":
        raise WrongUse(f"{found.target} is declared in {row['origin_place']}: change it there")


def _ask_purpose(*, yes: bool) -> str:
    if yes or not sys.stdin.isatty():
        raise WrongUse(
            'an account needs a purpose: --purpose "why it is watched" (X\'s terms forbid tracking people without cause)'
        )
    return str(click.prompt("Why is this account watched? (X's terms forbid tracking people without cause)", err=True))


def _show_price(settings: Settings, backfill: str, *, replies: bool, yes: bool) -> None:
    x = settings.options.x
    if backfill in ("none", "24h"):
        most = 20 if backfill == "24h" else 0
        show.note(f"its first look reads at most {most} posts: at most ${most * x.usd_per_post + x.usd_per_user:.2f}")
        return
    depth = _DEPTH[replies]
    extent = "seven days" if backfill == "7d" else "all that X gives"
    show.note(
        f"its first look reads {extent}: at most {depth:,} posts, ${depth * x.usd_per_post:.2f}, "
        f"inside the budget of ${settings.options.budget.usd_per_month:.2f} a month"
    )
    if yes:
        return
    if not sys.stdin.isatty():
        raise WrongUse(f"--backfill {backfill} may cost ${depth * x.usd_per_post:.2f}: confirm with --yes")
    click.confirm("Go on?", abort=True, err=True)


def _recognise(settings: Settings, what: str) -> _Found:
    """What the words on the command line name. Only an address that tells nothing by itself is fetched."""
    from monitor.platforms import address_of

    if "://" not in what:
        handle = _HANDLE.fullmatch(what.removeprefix("x:"))
        if handle and not what.endswith((".com", ".org", ".xml")):
            return _account(handle[1])
        raise WrongUse(
            f"{what} is neither @handle (letters, digits, _; at most 15) nor an address that begins with https://"
        )
    parts = urlsplit(what)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WrongUse(f"{what}: write an address that begins with https:// or http://")
    address = address_of(what)
    if address is not None:
        return _Found(
            "post",
            address.platform,
            f"{address.platform}:{address.post_id}",
            f"a post on {address.platform}",
            address.url,
            address.handle,
            address.post_id,
        )
    profile = _HANDLE.fullmatch(parts.path.strip("/"))
    if parts.hostname in _PROFILE_HOSTS and profile:
        return _account(profile[1])
    return _fetched(settings, what)


def _account(handle: str) -> _Found:
    return _Found("account", "x", f"x:{handle.lower()}", f"the account @{handle} on X", handle=handle)


def _fetched(settings: Settings, url: str) -> _Found:
    kind = _kind_of(settings, url)
    if kind == "feed":
        return _Found("feed", "web", url, "a feed of articles", url)
    if kind == "post_feed":
        return _Found("account", "feed", url, "a feed of an account's posts", url)
    if _is_generic(settings, url):
        return _Found("post", "web", url, "a page with a video, by a host of [media] generic_hosts", url)
    if kind == "article":
        return _Found("article", "web", url, "an article", url)
    raise WrongUse(f"{url} is neither a feed nor a page to read: name a feed, an article, a post or an account")


def _is_generic(settings: Settings, url: str) -> bool:
    from monitor.jobs.context import pair_of

    return bool({pair_of(url), urlsplit(url).hostname or ""} & set(settings.options.media.generic_hosts))


def _kind_of(settings: Settings, url: str) -> str:
    from monitor.articles.fetch import fetch_page
    from monitor.articles.kind import recognise
    from monitor.jobs.context import Context

    context = Context(settings)
    try:
        page = fetch_page(context.web, url)
    except (NotUnderstood, TooLarge):
        # A video itself, perhaps: for yt-dlp to say, where its host is trusted with that.
        if _is_generic(settings, url):
            return "unknown"
        raise
    finally:
        context.close()
    return recognise(url, page.content_type, page.content)
