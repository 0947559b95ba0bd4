"""Which of an article's sentences a suggestion answers, and which suggestions stay strong in a store: `offers_of(article, found, these)`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from monitor.jobs.link_candidates import Asked, Found
from monitor.link.names import Account, same_name
from monitor.model.linking import SLACK_HOURS, Suggestion
from monitor.store.suggestions import Offer

SURE = 0.9
"""The probability from which a suggestion is strong although no sentence of the article names the platform."""
_LATE = timedelta(minutes=15)
"""How long after its time of publication an article may still have been finished."""


def offers_of(article: Asked, found: Found, these: Sequence[Suggestion]) -> list[Offer]:
    """The suggestions for an article, best first, without posts that it cites by address."""
    offers = []
    for one in these:
        row = found.rows[one.platform, one.post_id]
        if row not in article.cited:
            offers.append(Offer(row, _mention_of(article, one, found), one))
    return _sparing(article, offers, found)


def _sparing(article: Asked, offers: Sequence[Offer], found: Found) -> list[Offer]:
    """Strong is, of the posts that may be one mention's, the likeliest alone; without a mention, what is all but certain; and nothing
    that was posted after the article. A store knows few of the posts that articles tell of, so less is left to chance than in
    `link/`, whose measure are articles that do tell of a post in the pool.
    """
    answered: set[int] = set()
    sparing = []
    for offer in offers:
        one = offer.suggestion
        is_best = offer.citation_id is not None and offer.citation_id not in answered
        is_sure = offer.citation_id is None and one.score >= SURE
        if one.level == "strong" and not ((is_best or is_sure) and _is_older(article, one, found)):
            offer = replace(offer, suggestion=replace(one, level="weak"))
        answered.update(filter(None, [offer.citation_id]))
        sparing.append(offer)
    return sparing


def _is_older(article: Asked, one: Suggestion, found: Found) -> bool:
    number = found.pool.number_of(one.platform, one.post_id)
    posted_at = found.pool.posts[number].posted_at if number is not None else None
    published_at = article.story.published_at
    if posted_at is None or published_at is None:
        return False
    # Of a time without a zone, or a day, the hours are anybody's guess.
    late = _LATE if article.story.slack_hours <= SLACK_HOURS["exact"] else timedelta(hours=article.story.slack_hours)
    return posted_at <= published_at + late


def _mention_of(article: Asked, one: Suggestion, found: Found) -> int | None:
    """The citation in words that a suggestion answers: the one that names its account, else the nearest one that names nobody,
    else one that names somebody in the very paragraph whose quotation fits: he may go by another name.
    """
    number = found.pool.number_of(one.platform, one.post_id)
    assert number is not None
    post = found.pool.posts[number]
    account = Account(post.handle, post.author_name)
    mention = one.mention
    if mention is not None and (not mention.author or same_name(mention.author, account)):
        return article.mentions[mention.key]
    at = next((e.paragraph for e in one.evidence if e.paragraph is not None), 0) or 0
    these = [m for m in article.story.mentions if m.platform == one.platform]
    near = min((m for m in these if not m.author and not m.handle), key=lambda m: abs(m.paragraph - at), default=None)
    quoted = {e.paragraph for e in one.evidence if e.kind == "quote"}
    near = near or next((m for m in these if m.paragraph in quoted), None)
    return article.mentions[near.key] if near is not None else None
