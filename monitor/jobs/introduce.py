"""What somebody asks to watch, before it is watched: what it is, who it is, how much it posts.

1. Handles and addresses that tell by themselves are read without asking anybody.
2. An account on X is looked up where there is a token (a lookup is billed once a UTC day, and the first look needs it).
3. Everything else is fetched once, through the guard, and judged by its content.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from monitor import clock
from monitor.errors import NotThere, NotUnderstood, PostwatchError, TooLarge, WrongUse
from monitor.feeds.listing import MOST_BYTES
from monitor.jobs.context import Context, pair_of
from monitor.jobs.introduce_lists import is_large_by_name, list_by_name, list_of
from monitor.model.introduction import Introduction
from monitor.model.post import Post
from monitor.platforms import PLATFORMS, address_of, id_time
from monitor.platforms.profiles import Profile, profile_at
from monitor.store import accounts, captures

if TYPE_CHECKING:
    from monitor.articles.fetch import FetchedArticle

SAMPLE = 20
"""Posts of the newest that are read to tell how much an account posts."""
_HANDLE = re.compile(r"@?([A-Za-z0-9_]{1,15})")
_ENDS_OF_HOSTS = (".com", ".org", ".net", ".xml", ".html", ".rss")


def introduce(
    context: Context, what: str, *, look: bool, ask_x: bool = True, list_kind: str = "", pattern: str = ""
) -> Introduction:
    """What `what` names. With `look` the newest posts of an account on X are read, too, and billed; without `ask_x` X is
    asked nothing. `list_kind` and `pattern` say that it is a list of articles.

    Raises WrongUse, with a suggestion, for what names nothing that can be watched; NotThere when X knows no such
    account; and what fetching raises.
    """
    found = list_by_name(context, what, list_kind, pattern)
    if found is not None:
        return found
    if "://" not in what:
        if _is_host(what):
            return introduce(context, f"https://{what}", look=look, ask_x=ask_x, list_kind=list_kind, pattern=pattern)
        handle = _HANDLE.fullmatch(what.removeprefix("x:"))
        if handle is None:
            raise WrongUse(_no_handle(context, what))
        return _x_account(context, handle[1], look=look, ask=ask_x)
    parts = urlsplit(what)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WrongUse(_no_address(what))
    address = address_of(what)
    if address is not None and address.post_id is not None:
        return _post(address.platform, address.post_id, address.url, address.handle)
    profile = profile_at(what)
    if profile is not None and profile.platform == "x":
        return _x_account(context, profile.name, look=look, ask=ask_x)
    if profile is not None:
        return _of_profile(context, profile, what)
    return _fetched(context, what)


def _is_host(what: str) -> bool:
    return "." in what and "@" not in what and " " not in what and ("/" in what or what.endswith(_ENDS_OF_HOSTS))


def _no_handle(context: Context, what: str) -> str:
    close = _close_handle(context, what)
    hint = f"; did you mean @{close}?" if close else ""
    return f"{what} is neither @handle (letters, digits, _; at most 15) nor an address that begins with https://{hint}"


def _no_address(what: str) -> str:
    scheme = what.partition("://")[0].lower()
    close = difflib.get_close_matches(scheme, ("https", "http"), 1, 0.6)
    hint = f"; did you mean {close[0]}://{what.partition('://')[2]}?" if close else ""
    return f"{what}: write an address that begins with https:// or http://{hint}"


def _close_handle(context: Context, what: str) -> str | None:
    """A handle that we know and that differs by a slip of the finger."""
    rows = context.store.all(
        "SELECT DISTINCT handle FROM account WHERE platform = 'x' AND handle IS NOT NULL UNION SELECT handle FROM watch WHERE handle IS NOT NULL"
    )
    known = {row[0].lower(): row[0] for row in rows}
    close = difflib.get_close_matches(what.lstrip("@").lower(), known, 1, 0.75)
    return known[close[0]] if close else None


def _post(platform: str, post_id: str, url: str, handle: str | None) -> Introduction:
    title = PLATFORMS[platform].title
    made = id_time(platform, post_id)
    facts = (f"its id was made at {clock.text(made)}",) if made else ()
    words = f"a post on {platform}" if title.lower() == platform else f"a post on {platform} ({title})"
    return Introduction("post", platform, f"{platform}:{post_id}", words, url, handle, post_id, facts=facts)


def _x_account(context: Context, handle: str, *, look: bool, ask: bool) -> Introduction:
    found = Introduction("account", "x", f"x:{handle.lower()}", f"the account @{handle} on X", handle=handle)
    if context.x is None or not ask:
        return found
    try:
        page = context.x.accounts_by_handle([handle])
    except PostwatchError as exc:
        context.record_failure("accounts:x", exc)
        return replace(
            found, facts=(f"X could not be asked now ({context.masked(str(exc))}); the first look asks again",)
        )
    store, now = context.store, clock.now()
    account = next((a for a in page.accounts if (a.handle or "").lower() == handle.lower()), None)
    with store.change():
        captures.record(store, page.exchange, subject="accounts:x", asked_by=context.agent, slices=page.slices)
        row = accounts.add(store, account, now) if account else None
    if account is None:
        close = _close_handle(context, handle)
        why = next((p.detail for p in page.problems), "the answer does not mention it")
        raise NotThere(f"X knows no account @{handle} ({why}){f'; did you mean @{close}?' if close else ''}")
    if account.protected:
        raise WrongUse(f"@{handle} is protected: its posts are never collected")
    facts = [f"{account.name or handle}, stable id {account.platform_id}"]
    if account.created_at:
        facts[0] += f", on X since {account.created_at:%d %B %Y}"
    rate = None
    if look:
        rate, said = _sampled(context, account.platform_id)
        facts += said
    return replace(found, facts=tuple(facts), account_row=row, items_a_day=rate)


def _sampled(context: Context, stable_id: str) -> tuple[float | None, list[str]]:
    """How much an account posts, told by its newest posts."""
    assert context.x is not None
    try:
        page = context.x.timeline_page(stable_id, max_results=SAMPLE)
    except PostwatchError as exc:
        context.record_failure(f"account:x:{stable_id}", exc)
        return None, [f"its newest posts could not be read now ({context.masked(str(exc))})"]
    with context.store.change():
        captures.record(
            context.store,
            page.exchange,
            subject=f"account:x:{stable_id}",
            asked_by=context.agent,
            slices=page.slices,
        )
    return rate_of(page.posts, clock.now())


def rate_of(posts: Sequence[Post], now: datetime) -> tuple[float | None, list[str]]:
    """(posts a day, what to say) of an account's newest posts, of any order."""
    times = sorted(t for p in posts if (t := p.posted_at or p.id_time) is not None)
    videos = sum(p.has_video for p in posts)
    if len(times) < 2:
        return None, [f"{len(posts)} posts seen: too few to tell how much it posts"]
    days = max((now - times[0]).total_seconds() / 86_400, 1 / 24)
    rate = len(times) / days
    return rate, [f"about {_number(rate)} posts a day, {videos} of the newest {len(posts)} with video"]


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}" if value >= 0.1 else f"{value:.2f}"


def _of_profile(context: Context, profile: Profile, what: str) -> Introduction:
    if profile.feed_url is None and not profile.ask_page:
        raise WrongUse(
            f"{what} is an account on {profile.title}, which lists an account's posts to nobody without a login or a key: "
            "name a feed of a bridge (with --posts), or single posts by their addresses"
        )
    feed_url = profile.feed_url or _feed_of_page(context, profile)
    try:
        page = _fetch(context, feed_url)
    except NotThere:
        if profile.platform != "mastodon":
            raise
        # Only the shape said so: a page like any other.
        return _fetched(context, what)
    found = _by_content(context, feed_url, page)
    if found.kind != "account":
        raise NotUnderstood(
            f"{feed_url} should list the posts of {profile.name} on {profile.title}, but is {found.words}"
        )
    return found


def _feed_of_page(context: Context, profile: Profile) -> str:
    from monitor.articles.discover import feeds_in_page

    page = _fetch(context, profile.url)
    feeds = feeds_in_page(page.content, page.exchange.url_final)
    if not feeds:
        raise NotUnderstood(f"{profile.url} names no feed of its posts: name the feed itself")
    return feeds[0]


def _fetched(context: Context, url: str) -> Introduction:
    try:
        page = _fetch(context, url)
    except (NotUnderstood, TooLarge):
        # A video itself, perhaps: for yt-dlp to say, where its host is trusted with that.
        if _is_generic(context, url):
            return _generic(url)
        raise
    return _by_content(context, url, page)


def _fetch(context: Context, url: str) -> "FetchedArticle":
    from monitor.articles.fetch import fetch_page

    context.wait_turn(url)
    return fetch_page(context.web, url, max_bytes=MOST_BYTES if is_large_by_name(url) else None)


def _by_content(context: Context, url: str, page: "FetchedArticle") -> Introduction:
    from monitor.articles.kind import recognise

    kind = recognise(url, page.content_type, page.content)
    if kind == "post_feed":
        return _post_feed(url, page)
    if kind == "feed":
        return _article_feed(url, page)
    if kind == "list":
        return list_of(page, url)
    if _is_generic(context, url):
        return _generic(url)
    if kind == "article":
        return _page(context, url, page)
    raise WrongUse(
        f"{url} is neither a list of articles nor a page to read: name a feed, a sitemap, an article, a post or an account"
    )


def _post_feed(url: str, page: "FetchedArticle") -> Introduction:
    from monitor.platforms.feed.collector import posts_of

    posts = posts_of(page.content, page.content_type, url, page.exchange).posts
    found = Introduction("account", "feed", url, "a feed of an account's posts", url)
    if not posts:
        return replace(found, facts=("it holds no post yet",))
    account = posts[-1].account
    rate, said = rate_of(posts, clock.now())
    who = account.name or account.handle or account.platform_id
    platform = PLATFORMS.get(account.platform)
    on = f" on {platform.title}" if platform else ""
    return replace(found, facts=(f"{who}{on}, stable id {account.platform_id}", *said), items_a_day=rate)


def _article_feed(url: str, page: "FetchedArticle") -> Introduction:
    from monitor.articles.discover import entries_of

    feed = entries_of(page.content, page.content_type, page.exchange.url_final)
    found = Introduction("feed", "web", url, "a feed of articles", url)
    times = sorted(e.dated_at for e in feed.entries if e.dated_at is not None)
    facts = [f"{feed.title or 'untitled'}, {len(feed.entries)} entries"]
    if len(times) < 2:
        return replace(found, facts=tuple(facts))
    days = max((clock.now() - times[0]).total_seconds() / 86_400, 1 / 24)
    rate = len(times) / days
    return replace(found, facts=(*facts, f"about {_number(rate)} articles a day"), items_a_day=rate)


def _page(context: Context, url: str, page: "FetchedArticle") -> Introduction:
    from monitor.articles.discover import feeds_in_page

    if not urlsplit(page.exchange.url_final).path.strip("/"):
        feeds = feeds_in_page(page.content, page.exchange.url_final)
        if feeds:
            found = _fetched(context, feeds[0])
            return replace(found, facts=(f"named by the home page {url}: {feeds[0]}", *found.facts))
    reading = context.reader.read_page(page.content, url=page.exchange.url_final, content_type=page.content_type)
    cited = [c for c in reading.citations if c.confidence >= 0.5 and c.post_id]
    title = f"“{reading.title}”, " if reading.title else ""
    fact = f"{title}cites {len(cited)} post{'' if len(cited) == 1 else 's'} now"
    return Introduction("article", "web", url, "an article", url, facts=(fact,))


def _generic(url: str) -> Introduction:
    return Introduction("post", "web", url, "a page with a video, by a host of [media] generic_hosts", url)


def _is_generic(context: Context, url: str) -> bool:
    return bool({pair_of(url), urlsplit(url).hostname or ""} & set(context.options.media.generic_hosts))
