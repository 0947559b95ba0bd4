"""From facts to alerts: the rules decide who hears of it, in the transaction of the fact."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from monitor import clock
from monitor.alert.rules import decide
from monitor.errors import StorageFull
from monitor.faults import point
from monitor.jobs.facets import completed
from monitor.jobs.routing import narrowed, told_before
from monitor.model.alert import Fact
from monitor.model.article import Citation
from monitor.model.post import Post
from monitor.store import alerts, deliveries

if TYPE_CHECKING:
    from monitor.jobs.context import Context

_ENDS = {"post_restored": "post_gone"}
"""Good news of the left kind go only to those who have the bad news of the right one."""


def tell(context: "Context", fact: Fact) -> bool:
    """Writes the alert and its deliveries; False when the fact was told before. Call it inside the fact's change."""
    now, store = clock.now(), context.store
    if alerts.exists(store, alerts.alert_id(fact.dedup_key)):
        return False
    whole = completed(store, fact)
    decision = decide(whole, context.settings.rules, tuple(context.router.lines), context.router.people)
    routes = context.router.routes(store, whole, decision, now)
    before = _ENDS.get(whole.kind)
    if before is not None:
        if not decision.asked:
            routes = narrowed(store, routes, whole.tells_of, before)
        resolve(context, alerts.latest(store, whole.tells_of, before))
    if whole.kind == "recovered":
        routes = told_before(store, routes, str(whole.payload["told_by"]))
    told = alerts.add(store, whole, decision.priority, routes, now, decision.rules)
    point("alert.written")
    return told


def resolve(context: "Context", alert: str | None) -> None:
    """What an alert told of is over: it is not repeated, and goes no further."""
    if alert is None:
        return
    with context.store.change() as db:
        db.execute(
            "UPDATE alert SET resolved_at = ? WHERE id = ? AND resolved_at IS NULL", (clock.text(clock.now()), alert)
        )
        deliveries.drop_steps(context.store, alert, "it is over")


def shortened(text: str, length: int = 120) -> str:
    """One line of at most `length` characters."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def new_post(post: Post, tags: tuple[str, ...]) -> Fact:
    """A watched account posted."""
    who = f"@{post.account.handle}" if post.account.handle else post.account.name or post.account.platform_id
    what = "posted a video" if post.has_video else {"reply": "replied", "repost": "reposted"}.get(post.kind, "posted")
    return Fact(
        kind="post_new",
        dedup_key=f"post_new:{post.platform}:{post.post_id}",
        subject=f"{who} {what}: {shortened(post.text)}",
        happened_at=clock.now(),
        platform=post.platform,
        account_id=post.account.platform_id,
        handle=post.account.handle,
        tags=tags,
        text=post.text,
        has_video=post.has_video,
        language=post.language or "",
        media=tuple(dict.fromkeys(m.kind for m in post.media)),
        payload={
            "platform": post.platform,
            "post_id": post.post_id,
            "url": post.url,
            "account_id": post.account.platform_id,
            "handle": post.account.handle,
            "text": post.text,
            "posted_at": clock.text_or_none(post.posted_at or post.id_time),
            "has_video": post.has_video,
            "articles": [],
        },
    )


def new_citation(citation: Citation, article_url: str, title: str | None, *, own: bool, tags: tuple[str, ...]) -> Fact:
    """An article cites a post."""
    place = citation.places[0]
    where = f"paragraph {place.paragraph}" if place.paragraph else place.where
    who = f" of @{citation.handle}" if citation.handle else ""
    verb = {"embed": "embeds", "link": "links to", "quote": "quotes"}.get(citation.kind, "mentions")
    return Fact(
        kind="citation_new",
        dedup_key=f"citation_new:{article_url}:{citation.key}",
        subject=f"“{shortened(title or article_url, 90)}” {verb} a post{who} on {citation.platform} ({where})",
        happened_at=clock.now(),
        priority="urgent" if own else "normal",
        platform=citation.platform,
        handle=citation.handle,
        tags=tags,
        text=f"{title or ''}\n{place.text}",
        payload={
            "article_url": article_url,
            "article_title": title,
            "platform": citation.platform,
            "cited_post_id": citation.post_id,
            "url": citation.url,
            "citation_kind": citation.kind,
            "handle": citation.handle,
            "paragraph": place.paragraph,
            "own": own,
            "articles": [article_url],
        },
    )


def first_look(watch_id: int, what: str, count: int, noun: str) -> Fact:
    """The one summary of a silent first look; `noun` in the plural. Sitemaps are not kept, but read for articles."""
    return Fact(
        kind="first_look",
        dedup_key=f"first_look:{watch_id}",
        subject=f"First look at {what}: {count} {noun if count != 1 else noun.removesuffix('s')} {'read' if noun == 'sitemaps' else 'kept'}, without an alert for each",
        happened_at=clock.now(),
        priority="info",
        payload={"watch": watch_id, "count": count, "articles": []},
    )


def storage_full(error: StorageFull) -> Fact:
    """Files wait for room; told once a UTC day."""
    now = clock.now()
    return Fact(
        kind="storage",
        dedup_key=f"storage:{clock.text(now)[:10]}",
        subject=f"Downloads are paused: {error}",
        happened_at=now,
        priority="urgent",
        payload={"articles": []},
    )


def suggested_citation(row: Mapping[str, Any]) -> Fact:
    """An article most probably speaks of a post without giving its address; `row` as `store.suggestions.listing` gives it."""
    who = f"@{row['handle']}" if row["handle"] else row["author_name"] or row["platform"]
    return Fact(
        kind="citation_suggested",
        dedup_key=f"citation_suggested:{row['article_url']}:{row['platform']}:{row['post_id']}",
        subject=f"“{shortened(row['article_title'] or row['article_url'], 90)}” seems to speak of a post of {who}: {shortened(row['text'] or '', 80)}",
        happened_at=clock.now(),
        priority="info",
        platform=row["platform"],
        handle=row["handle"],
        text=f"{row['article_title'] or ''}\n{row['text'] or ''}",
        payload={
            **{
                key: row[key]
                for key in ("article_url", "article_title", "platform", "post_id", "url", "handle", "text")
            },
            "suggestion": row["id"],
            "score": row["score"],
            "level": row["level"],
            "paragraph": row["paragraph"],
            "articles": [row["article_url"]],
        },
    )
