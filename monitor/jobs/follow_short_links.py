"""Asking where an article's short links lead: few requests, in turn, each redirect checked by the guard."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from monitor.articles.leads import unknown_links, with_leads
from monitor.errors import PostwatchError
from monitor.jobs.context import Context
from monitor.model.article import Reading
from monitor.model.exchange import Exchange
from monitor.platforms import Lead, short_link_of
from monitor.platforms.following import follow

Note = Callable[[str, Exchange], None]
MOST = 20
"""Short links of one article that are asked."""
_MOST_BYTES = 262_144


def followed(context: Context, reading: Reading, note: Note | None = None) -> Reading:
    """The reading with what its short links led to; a link whose server did not tell stays as it is, with a warning.

    `note` is told each short link with each answer on its way.
    """
    wanted = list(dict.fromkeys(unknown_links(reading.citations)))
    leads: dict[str, Lead] = {}
    warnings = [f"{len(wanted) - MOST} more short links were not asked"] if len(wanted) > MOST else []
    for url in wanted[:MOST]:
        link = short_link_of(url)
        try:
            if link is not None:
                leads[url] = follow(link, partial(_asked, context, note, url))
        except PostwatchError as exc:
            warnings.append(f"short link not followed: {exc}")
    citations = with_leads(reading.citations, leads)
    return replace(reading, citations=citations, warnings=(*reading.warnings, *warnings))


def _asked(context: Context, note: Note | None, link: str, here: str) -> Exchange:
    context.wait_turn(here)
    try:
        exchange = context.web.fetch(here, max_bytes=_MOST_BYTES, follow=False).exchange
    except PostwatchError as exc:
        if note is not None and exc.exchange is not None:
            note(link, exc.exchange)
        raise
    if note is not None:
        note(link, exchange)
    return exchange
