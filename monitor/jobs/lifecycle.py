"""What became of posts and accounts: looks settled into verdicts, and what is new told, in the transaction of the look."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor import clock
from monitor.differences import marked, word_changes
from monitor.jobs import retain
from monitor.jobs.context import Context
from monitor.jobs.telling import shortened, tell
from monitor.jobs.work_cases import note_upstream
from monitor.model.alert import Fact
from monitor.model.post import Page, Post
from monitor.model.sight import Look, Verdict
from monitor.platforms import PLATFORMS
from monitor.store import contents, custody, sights
from monitor.store.posts import NewPost
from monitor.store.sights import Sight
from monitor.watching import cadence
from monitor.watching.verdict import verdict_of

_NEWS_FOR = timedelta(days=90)
"""How long after its publication an article's posts are worth an alarm."""


def settle(context: Context, sight: Sight, look: Look, post: Post | None) -> None:
    """Lets the looks at a post, this one written already, add up; plans the next; tells what is new."""
    store, now = context.store, clock.now()
    confirm_after = timedelta(seconds=context.options.watching.confirm_after)
    verdict = None if _changes_nothing(sight, look) else _verdict(context, sight, confirm_after)
    misses = sight.misses if look.shown == "unanswered" else 0 if look.shown == "available" else sight.misses + 1
    subject = cadence.Subject(
        sight.cited_at,
        verdict.state if verdict else sight.state,
        sight.close,
        (post.editable_until if post else None) or sight.editable_until,
        misses,
    )
    sights.settle(store, sight, verdict, now, cadence.next_look(subject, now, confirm_after), misses)
    if verdict is not None:
        _tell(context, sight, verdict)


def _changes_nothing(sight: Sight, look: Look) -> bool:
    """What was there is there."""
    return look.shown == "available" and sight.state in ("available", "restored")


def _verdict(context: Context, sight: Sight, confirm_after: timedelta) -> Verdict | None:
    looks = sights.looks(context.store, sight.platform, sight.post_id)
    return verdict_of(looks, confirm_after=confirm_after, authors_can_be_asked=_has_author(sight))


def _has_author(sight: Sight) -> bool:
    return sight.platform == "x" and (sight.account_id or sight.cited_handle) is not None


def _tell(context: Context, sight: Sight, verdict: Verdict) -> None:
    went, came_back = verdict.state == "gone" != sight.state, verdict.state == "restored" and sight.state == "gone"
    if went or came_back:
        words = f"{verdict.reason or verdict.state}: {verdict.evidence}"
        note_upstream(context.store, sight.post, verdict.state, words, agent=context.agent)
    if went:
        fields = {"reason": verdict.reason or "", "evidence": verdict.evidence, "before_us": verdict.before_us}
        custody.append(
            context.store, "unavailable", f"post:{sight.platform}:{sight.post_id}", fields, agent=context.agent
        )
        if sight.post is not None:
            within = timedelta(seconds=context.options.retention.decide_within)
            retain.open_for_deleted(context, sight.post, f"{verdict.reason}: {verdict.evidence}", within)
        if not verdict.before_us:
            tell(context, post_gone(context, sight, verdict))
            _tell_account(context, sight, verdict)
    elif came_back and not sight.before_us:
        tell(context, post_restored(context, sight, verdict))


def _tell_account(context: Context, sight: Sight, verdict: Verdict) -> None:
    if verdict.reason not in ("account suspended", "account gone", "protected") or sight.account_id is None:
        return
    who = _who(context, sight)
    tell(
        context,
        Fact(
            kind="account_unavailable",
            dedup_key=f"account_unavailable:{sight.platform}:{sight.account_id}:{verdict.reason}:{clock.text(verdict.since)[:10]}",
            subject=f"{who} on {title_of(sight.platform)}: {verdict.reason}; its posts are not to be seen there",
            happened_at=verdict.since,
            priority="normal",
            platform=sight.platform,
            account_id=sight.account_id,
            payload={
                "platform": sight.platform,
                "account_id": sight.account_id,
                "reason": verdict.reason,
                "evidence": verdict.evidence,
                "articles": [],
            },
        ),
    )


def post_gone(context: Context, sight: Sight, verdict: Verdict) -> Fact:
    """A cited post is not to be seen any more."""
    where, articles = _where(context, sight)
    subject = f"Gone ({verdict.reason}): the post of {_who(context, sight)} on {title_of(sight.platform)} that {where}"
    return _fact(context, sight, "post_gone", subject, verdict, articles, urgency="flash")


def post_restored(context: Context, sight: Sight, verdict: Verdict) -> Fact:
    """A cited post that was gone is to be seen again."""
    where, articles = _where(context, sight)
    subject = f"Back again: the post of {_who(context, sight)} on {title_of(sight.platform)} that {where}"
    return _fact(context, sight, "post_restored", subject, verdict, articles, urgency="urgent")


def _fact(
    context: Context,
    sight: Sight,
    kind: str,
    subject: str,
    verdict: Verdict,
    articles: Sequence[dict[str, object]],
    *,
    urgency: str,
) -> Fact:
    row = _post_row(context, sight)
    return Fact(
        kind=kind,
        dedup_key=f"{kind}:{sight.platform}:{sight.post_id}:{clock.text(verdict.since)}",
        subject=subject,
        happened_at=verdict.since,
        priority=priority_of(articles, clock.now(), urgency=urgency, pinned=sight.pinned),
        platform=sight.platform,
        account_id=sight.account_id,
        handle=str(row["handle"]) if row["handle"] else None,
        text=str(row["text"] or ""),
        has_video=bool(row["has_video"]),
        payload={
            "platform": sight.platform,
            "post_id": sight.post_id,
            "url": row["url"] or sight.url,
            "handle": row["handle"],
            "account_id": sight.account_id,
            "reason": verdict.reason,
            "since": clock.text(verdict.since),
            "evidence": verdict.evidence,
            "text": row["text"],
            "copy": row["copy"],
            "places": places_of(articles),
            "articles": [a["url"] for a in articles],
        },
    )


def priority_of(articles: Sequence[dict[str, object]], now: datetime, *, urgency: str, pinned: bool = False) -> str:
    """`urgency` for what stands in an article of our own of the last 90 days, or is pinned; the digest for all else."""
    if pinned:
        return urgency
    for article in articles:
        published = clock.parse_or_none(str(article["published_at"] or ""))
        if article["own"] and (published is None or now - published <= _NEWS_FOR):
            return urgency
    return "info"


def places_of(articles: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Which article, which paragraph."""
    return [
        {"url": a["url"], "title": a["title"], "paragraph": a["paragraph"], "own": bool(a["own"])} for a in articles
    ]


# Edits


def tell_edits(context: Context, added: Sequence[NewPost]) -> None:
    """New versions of posts: cases learn of them; what articles cite is told, as it was said and as it is said now."""
    for new in added:
        if not new.edited:
            continue
        note_upstream(context.store, new.row, "edited", f"version {new.post.version_id}", agent=context.agent)
        sight = sights.find(context.store, new.post.platform, new.post.post_id)
        articles = sights.articles_citing(context.store, sight) if sight else []
        if sight is not None and articles:
            tell(context, _edited(context, sight, new, articles))


def _edited(context: Context, sight: Sight, new: NewPost, articles: Sequence[dict[str, object]]) -> Fact:
    store, post = context.store, new.post
    versions = store.all(
        "SELECT version_id, text_sha256 FROM post_version WHERE post = ? AND version_id != ? ORDER BY length(version_id), version_id",
        new.row,
        post.version_id,
    )
    before = contents.text(store, versions[-1]["text_sha256"]) if versions else None
    cited = store.all(
        "SELECT DISTINCT cited_post_id FROM citation c JOIN link l ON l.citation_id = c.id WHERE l.post = ?", new.row
    )
    ids = [row[0] for row in cited]
    number = len(versions) + 1
    embedded = min((post.chain.index(one) + 1 for one in ids if one in post.chain), default=1)
    changes = [list(change) for change in word_changes(before or "", post.text)]
    who = _who(context, sight)
    handle = post.account.handle or _post_row(context, sight)["handle"]
    where, _ = _where(context, sight)
    return Fact(
        kind="post_edited",
        dedup_key=f"post_edited:{post.platform}:{post.post_id}:{post.version_id}",
        subject=f"Edited: {where} version {embedded} of the post of {who} on {title_of(post.platform)}, which says as version "
        f"{number} now: {shortened(post.text, 90)}",
        happened_at=clock.now(),
        priority=priority_of(articles, clock.now(), urgency="urgent", pinned=sight.pinned),
        platform=post.platform,
        account_id=post.account.platform_id,
        handle=str(handle) if handle else None,
        text=post.text,
        has_video=post.has_video,
        payload={
            "platform": post.platform,
            "post_id": post.post_id,
            "url": post.url,
            "handle": handle,
            "account_id": post.account.platform_id,
            "version": number,
            "version_id": post.version_id,
            "cited_versions": ids,
            "embedded_version": embedded,
            "before": before,
            "after": post.text,
            "changes": changes,
            "difference": marked(before or "", post.text),
            "places": places_of(articles),
            "articles": [a["url"] for a in articles],
        },
    )


# Accounts


def note_accounts(context: Context, page: Page, now: datetime) -> None:
    """Brings accounts up to date, and tells of those that go by another handle than before."""
    from monitor.store import accounts

    for account in page.accounts:
        before = context.store.value_text(
            "SELECT handle FROM account WHERE platform = ? AND platform_id = ?", account.platform, account.platform_id
        )
        accounts.add(context.store, account, now)
        if before and account.handle and before.lower() != account.handle.lower():
            tell(
                context,
                Fact(
                    kind="account_renamed",
                    dedup_key=f"account_renamed:{account.platform}:{account.platform_id}:{before}:{account.handle}",
                    subject=f"@{before} on {title_of(account.platform)} is now @{account.handle} (the same account, {account.platform_id})",
                    happened_at=now,
                    platform=account.platform,
                    account_id=account.platform_id,
                    handle=account.handle,
                    payload={
                        "platform": account.platform,
                        "account_id": account.platform_id,
                        "before": before,
                        "handle": account.handle,
                        "articles": [],
                    },
                ),
            )


# Words


def _where(context: Context, sight: Sight) -> tuple[str, list[dict[str, object]]]:
    """ "“Title” cites (paragraph 6)", and all articles."""
    articles = sights.articles_citing(context.store, sight)
    return where_of(articles), articles


def where_of(articles: Sequence[dict[str, object]]) -> str:
    """Which article cites a post, and where."""
    if not articles:
        return "an article cited"
    first = articles[0]
    name = shortened(str(first["title"] or first["url"]), 80)
    place = f" in paragraph {first['paragraph']}" if first["paragraph"] else ""
    more = f" and {len(articles) - 1} more" if len(articles) > 1 else ""
    return f"“{name}”{more} cites{place}"


def _who(context: Context, sight: Sight) -> str:
    row = _post_row(context, sight)
    return f"@{row['handle']}" if row["handle"] else str(row["name"] or "an unknown account")


def _post_row(context: Context, sight: Sight) -> dict[str, object]:
    row = context.store.one(
        """SELECT p.url, a.handle, a.name, w.text,
            EXISTS (SELECT 1 FROM media m WHERE m.post = p.id AND m.kind IN ('video', 'gif')) AS has_video,
            (SELECT m.sha256 FROM media m WHERE m.post = p.id AND m.state = 'kept' ORDER BY m.n LIMIT 1) AS copy
        FROM post p JOIN account a ON a.id = p.account_id
        JOIN post_version v ON v.platform = p.platform AND v.version_id = p.latest_version_id
        LEFT JOIN wording w ON w.sha256 = v.text_sha256 WHERE p.id = ?""",
        sight.post,
    )
    names = ("url", "handle", "name", "text", "has_video", "copy")
    return dict(row) if row is not None else dict.fromkeys(names)


def title_of(platform: str) -> str:
    """A platform's name as people write it."""
    known = PLATFORMS.get(platform)
    return known.title if known else platform
