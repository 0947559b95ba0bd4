"""Searching X for the post that an article tells of: only for watches whose tags the settings name, and inside the budget.

1. The account: the handle that the sentence gives, another name that we were taught, or an account that we know by this name.
2. Its posts of the days before the article: by X's search of the last seven days, else from its timeline.
3. They are kept like any other, and the article is scored again with them.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor import clock
from monitor.errors import PostwatchError, RateLimited
from monitor.jobs.context import Context
from monitor.jobs.look_up_posts import keep
from monitor.model.post import Page
from monitor.store import accounts, captures, finding, scoring
from monitor.store.jobs import enqueue
from monitor.store.suggestions import Offer

if TYPE_CHECKING:
    from monitor.jobs.link_candidates import Asked
    from monitor.model.mention import Mention
    from monitor.platforms.x.collector import XCollector

MOST_ACCOUNTS, MOST_POSTS = 2, 20
"""Accounts asked for an article, and posts of each: what a search may cost."""
_DAYS_BEFORE = timedelta(days=3)
_RECENT = timedelta(days=7) - timedelta(minutes=10)
"""How far X's search reaches back, and a little less."""
_JUST_NOW = timedelta(seconds=30)
"""X refuses a span that ends nearer to now than ten seconds."""


def queue(context: Context, article: "Asked", offers: Sequence[Offer], now: datetime) -> bool:
    """A job that searches for an article's mentions, where that is allowed and none of its suggestions is strong."""
    strong = {offer.citation_id for offer in offers if offer.suggestion.level == "strong"}
    left = [m for m in article.story.mentions if m.platform == "x" and article.mentions[m.key] not in strong]
    named = any(mention.author or mention.handle for mention in left)
    if not named or not context.settings.secrets.x_token or not _is_allowed(context, article.article_id):
        return False
    if scoring.was_searched(context.store, article.article_id, article.version):
        return False
    payload = {"article": article.article_id, "version": article.version}
    return enqueue(context.store, "search_posts", str(article.article_id), payload, now=now, priority=6)


def _is_allowed(context: Context, article_id: int) -> bool:
    wanted = {tag.casefold() for tag in context.options.linking.search_x}
    tags = json.loads(context.store.value_text("SELECT tags FROM article WHERE id = ?", article_id) or "[]")
    return "*" in wanted or bool(wanted & {str(tag).casefold() for tag in tags})


def run(context: Context, payload: Mapping[str, object]) -> None:
    """Searches for one article. Raises an error of our tree; what was received before it is kept."""
    from monitor.jobs.link_candidates import asked

    article_id, version = int(str(payload["article"])), int(str(payload["version"]))
    article = asked(context.store, article_id, version) if context.x is not None else None
    published_at = article.story.published_at if article else None
    if article is None or published_at is None:
        return
    end = published_at + timedelta(hours=article.story.slack_hours)
    for handle in list(dict.fromkeys(_handles(context, article.story.mentions)))[:MOST_ACCOUNTS]:
        account = _account(context, handle)
        if account is not None:
            _ask(context, account, published_at - _DAYS_BEFORE, end)
    scoring.searched(context.store, article_id, version, clock.now())


def _handles(context: Context, mentions: Sequence["Mention"]) -> Iterator[str]:
    """Handles on X by which the mentions' authors may be known, the surest first."""
    from monitor.jobs.suggest_links import aliases
    from monitor.link.accounts import keys_of
    from monitor.link.names import Account as Named
    from monitor.link.names import parts, plain_name, same_name

    known = aliases(context)
    for mention in mentions:
        if mention.platform != "x":
            continue
        if mention.handle:
            yield mention.handle.lstrip("@")
        if mention.author:
            name = plain_name(mention.author)
            yield from (handle for handle, names in known.items() if name in names)
            rows = finding.accounts_by_keys(context.store, keys_of(parts(mention.author)), 50)
            for handle, shown in finding.named_on(context.store, "x", rows):
                match = same_name(mention.author, Named(handle, shown))
                if match is not None and match.how in ("full", "organisation", "handle"):
                    yield handle


def _account(context: Context, handle: str) -> str | None:
    """The account's stable id: known, else asked of X. None for one that is not there, or protected."""
    store = context.store
    row = store.one(
        "SELECT platform_id, protected FROM account WHERE platform = 'x' AND handle = ? COLLATE NOCASE", handle
    )
    if row is not None:
        return None if row["protected"] else str(row["platform_id"])
    page = _asked_of_x(context, "accounts:x", lambda: _x(context).accounts_by_handle([handle]))
    with store.change():
        captures.record(store, page.exchange, subject="accounts:x", asked_by=context.agent, slices=page.slices)
        found = next((a for a in page.accounts if (a.handle or "").lower() == handle.lower()), None)
        if found is not None:
            accounts.add(store, found, clock.now())
    return found.platform_id if found is not None and not found.protected else None


def _ask(context: Context, account: str, first: datetime, last: datetime) -> None:
    """Asks for an account's posts of a span, and keeps them."""
    now = clock.now()
    last = min(last, now - _JUST_NOW)
    if first >= last:
        return

    def page() -> Page:
        if now - first <= _RECENT:
            query = f"from:{account} -is:retweet"
            return _x(context).search_recent(query, start_time=first, end_time=last, max_results=MOST_POSTS)
        return _x(context).timeline_page(account, start_time=first, end_time=last, max_results=MOST_POSTS)

    subject = f"account:x:{account}"
    found = _asked_of_x(context, subject, page)
    with context.store.change():
        capture = captures.record(
            context.store, found.exchange, subject=subject, asked_by=context.agent, slices=found.slices
        )
        keep(context, [p for p in found.posts if not p.account.protected], capture, "x-api", "search")


def _asked_of_x(context: Context, subject: str, ask: Callable[[], Page]) -> Page:
    context.paused_until("x:search")
    try:
        return ask()
    except PostwatchError as exc:
        context.record_failure(subject, exc)
        if isinstance(exc, RateLimited) and exc.retry_at:
            context.pause("x:search", exc.retry_at)
        raise


def _x(context: Context) -> "XCollector":
    assert context.x is not None
    return context.x
