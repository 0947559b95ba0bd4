"""Keeping what checked articles cite, by the jobs that keep everything else, and without X's key: `check` costs nothing.

The article becomes a version with its WARC and its links, each cited post a watch of its own, looked up and fetched by the engine.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from monitor import clock
from monitor.model.availability import Cited
from monitor.settings import Settings

if TYPE_CHECKING:
    from monitor.jobs.check_articles import Read
    from monitor.jobs.context import Context


def without_key(settings: Settings) -> Settings:
    """The settings of a run that spends nothing on X."""
    return replace(settings, secrets=replace(settings.secrets, x_token=None))


def keep_article(context: "Context", read: "Read") -> None:
    """Keeps the page of an article and links what it cites; of a file there is no page to keep. Tells nobody."""
    from monitor.jobs import read_articles
    from monitor.store.articles import Origin

    if read.page is not None and read.reading is not None:
        read_articles.keep(context, read.asked, read.page, read.reading, Origin(), silent=True)


def want(context: "Context", cited: Iterable[Cited]) -> None:
    """Queues what is missing of each post: its look-up, or its files."""
    from monitor.jobs import read_articles
    from monitor.store import media, posts
    from monitor.store.jobs import enqueue

    store, now = context.store, clock.now()
    with store.change():
        for one in cited:
            row = posts.find(store, one.platform, one.post_id)
            if row is None:
                read_articles.ask_for(context, one.platform, one.post_id, one.url, now)
            for media_id in media.queued_of(store, row) if row is not None else ():
                enqueue(store, "fetch_media", str(media_id), {"media": media_id}, now=now, priority=3)
