"""Files of a post that were replaced without a new version of it: noticed by their keys, believed by their hashes."""

from collections.abc import Sequence

from monitor import clock
from monitor.jobs import lifecycle
from monitor.jobs.context import Context
from monitor.jobs.poll_accounts import queue_media
from monitor.jobs.telling import tell
from monitor.model.alert import Fact
from monitor.model.post import Post
from monitor.store import media, posts, sights


def notice(context: Context, shown: Sequence[Post]) -> None:
    """Fetches files of known posts that have come since; what they replaced stays. Call it inside the look's change."""
    now = clock.now()
    for post in shown:
        row = posts.find(context.store, post.platform, post.post_id) if post.media else None
        if row is not None and media.add_new(context.store, row, post.media, now):
            queue_media(context, row, now, priority=3)


def tell_replaced(context: Context, media_id: int) -> None:
    """Tells, once a file is kept, that another one stood in its place before. Call it inside the change that keeps it."""
    store = context.store
    found = media.replaced_by(store, media_id)
    if found is None:
        return
    sight = sights.find(store, found.platform, found.post_id)
    articles = sights.articles_citing(store, sight) if sight else []
    if sight is None or not articles:
        return
    where = lifecycle.where_of(articles)
    subject = f"Replaced: the {found.kind} in the post on {lifecycle.title_of(found.platform)} that {where} is another file now"
    tell(
        context,
        Fact(
            kind="post_edited",
            dedup_key=f"media_replaced:{found.platform}:{found.post_id}:{found.after}",
            subject=subject,
            happened_at=clock.now(),
            priority=lifecycle.priority_of(articles, clock.now(), urgency="flash", pinned=sight.pinned),
            platform=found.platform,
            account_id=sight.account_id,
            has_video=found.kind != "photo",
            payload={
                "platform": found.platform,
                "post_id": found.post_id,
                "url": sight.url,
                "media_replaced": {"kind": found.kind, "before": found.before, "after": found.after},
                "copy": found.before,
                "places": lifecycle.places_of(articles),
                "articles": [a["url"] for a in articles],
            },
        ),
    )
