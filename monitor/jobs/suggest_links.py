"""Suggesting links: which posts of the store do articles speak of without an address?

1. Posts that came since the last time make the articles wait that may mean them: by time, by words, by name.
2. Articles that wait, new versions among them, are scored some at a time against the posts that their words, times and names lead to.
3. Their suggestions replace the ones before. What was judged stays; who overtakes another article's claim makes that wait, too.
4. Strong ones that are new are told to the desk, or confirmed where the settings say so.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor import clock
from monitor.jobs import judge_links, search_posts
from monitor.jobs.context import Context
from monitor.jobs.telling import suggested_citation, tell
from monitor.store import finding, judgements, scoring, suggestions, words_links
from monitor.store.open import Store
from monitor.store.scoring import Fresh, Waiting
from monitor.store.suggestions import Offer, Suggested

if TYPE_CHECKING:
    from monitor.link.weights import Weights

POSTS_AT_ONCE, ARTICLES_AT_ONCE = 500, 10
SECONDS = 20.0
"""How long one job works; what is left is another's."""
FEW, MOST_MEANT = 30, 30
"""So few articles of a post's time are all scored again; of more, those that share its words, so many at most."""
KEPT_HERE = -2.0
"""By how much less likely a pair is here than where the weights come from, as a logarithm of odds: there every article tells of a post
of the pool."""
_USUAL_HERE = {"crowd": 5.0, "own_crowd": 2.0}
"""How many posts a candidate usually has beside it here, and how many of its own account, as logarithms: what evidence is told against."""
_BEFORE, _AFTER = timedelta(hours=30), timedelta(days=31)
"""How long before and after a post an article is published that may mean it."""


def is_due(context: Context) -> bool:
    """Whether anything waits, and suggestions are wanted at all."""
    return context.options.linking.suggest and scoring.is_due(context.store)


def run(context: Context, _payload: Mapping[str, object]) -> None:
    """Takes in new posts and scores waiting articles, for twenty seconds at most."""
    began = time.monotonic()
    while not context.stop.is_set() and time.monotonic() - began < SECONDS:
        took = take_in_posts(context.store)
        waiting = scoring.waiting(context.store, ARTICLES_AT_ONCE)
        if waiting:
            score(context, waiting)
        elif not took:
            return


def take_in_posts(store: Store) -> int:
    """Makes the articles wait that posts may be meant by which came since the last time; gives how many posts were taken in."""
    fresh = scoring.fresh_posts(store, POSTS_AT_ONCE)
    counts: dict[str, int] = {}
    meant = {article for post in fresh for article in _meant_by(store, post, counts)}
    with store.change():
        scoring.want(store, sorted(meant))
        if fresh:
            scoring.took_posts(store, fresh[-1].row)
    return len(fresh)


def _meant_by(store: Store, post: Fresh, counts: dict[str, int]) -> Sequence[int]:
    from monitor.jobs.link_candidates import words_of

    at = clock.parse(post.at)
    first, last = clock.text(at - _BEFORE), clock.text(at + _AFTER)
    near = finding.articles_between(store, first, last, FEW + 1)
    if len(near) <= FEW:
        return near
    words = words_of(f"{post.text} {post.name or ''} {post.handle or ''}")
    return finding.articles_saying(store, words, first, last, MOST_MEANT, counts)


def score(context: Context, waiting: Sequence[Waiting]) -> None:
    """Scores articles, and writes what was found in one transaction."""
    from monitor.jobs.link_candidates import asked, pool_for
    from monitor.jobs.link_offers import offers_of
    from monitor.link.rivals import Claim
    from monitor.link.suggest import suggestions as suggested

    store, now = context.store, clock.now()
    articles = {one.article_id: it for one in waiting if (it := asked(store, one.article_id, one.version))}
    found = pool_for(store, [a.story for a in articles.values()], aliases(context)) if articles else None
    offers: dict[int, list[Offer]] = {}
    if found is not None:
        claims = suggestions.claims(store, found.rows.values(), articles)
        told = suggested(
            [a.story for a in articles.values()], found.pool, model(store), (Claim(*claim) for claim in claims)
        )
        offers = {int(story.page): offers_of(articles[int(story.page)], found, these) for story, these in told}
    with store.change():
        for one in waiting:
            _put(context, one, offers.get(one.article_id, []), now)
        scoring.scored(store, waiting, now)
        for article in articles.values():
            search_posts.queue(context, article, offers.get(article.article_id, []), now)


def aliases(context: Context) -> dict[str, list[str]]:
    """By what other names articles call accounts: as config/aliases.toml tells, and as confirmed links taught."""
    from monitor.link.names import known_as

    learned = ((handle, (name,)) for handle, name in judgements.learned(context.store))
    return known_as([*((alias.handle, alias.names) for alias in context.settings.aliases), *learned])


def model(store: Store) -> "Weights":
    """The weights for a store, with what this newsroom's decisions taught."""
    from monitor.link.taught import strong_from
    from monitor.link.weights import weights

    usual = weights()
    strong = strong_from(judgements.scores(store, judge_links.AUTOMATIC), usual.strong)
    return replace(usual, offset=usual.offset + KEPT_HERE, usual={**usual.usual, **_USUAL_HERE}, strong=strong)


def _put(context: Context, one: Waiting, offers: Sequence[Offer], now: datetime) -> None:
    store = context.store
    judged = suggestions.judged_pairs(store, one.article_id)
    strong = suggestions.put(store, one.article_id, one.version, offers, now)
    for offer in offers:
        if judged.get(offer.post) == "confirmed" and offer.suggestion.score >= suggestions.WORTH_LINKING:
            about = suggestions.of_pair(store, one.article_id, offer.post)
            if about is not None:
                words_links.carry_on(store, about, offer.citation_id, one.version, now)
    for about in strong:
        scoring.want(store, suggestions.also_claiming(store, about.post, one.article_id))
        _settle(context, about, silent=one.silent)


def _settle(context: Context, about: Suggested, *, silent: bool) -> None:
    """A strong suggestion that is new: confirmed where the settings let it, else told to the desk."""
    least = context.options.linking.auto_confirm
    if least and about.score >= least:
        words = f"[linking] auto_confirm = {least}: the suggestion has {about.score:.3f}"
        judge_links.confirm(context.store, about.id, actor=judge_links.AUTOMATIC, reason=words)
    elif not silent:
        row = suggestions.listing(context.store, suggestion_id=about.id)
        if row:
            tell(context, suggested_citation(row[0]))
