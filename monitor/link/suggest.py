"""The posts that articles speak of without an address: `suggestions(stories, pool)`.

1. For each article a few hundred posts are taken from the pool's indexes: for their words, their time, their account's name.
2. Each is looked at closely: shared words, a shared row of words, names, mentions, times. A logistic model makes a score of it.
3. Articles told together claim posts: who leads keeps the claim. Of an account's posts
   one is mostly meant; and who names an author means no other.
4. The best are suggested, with the passages that speak for them.
"""

from collections.abc import Iterable, Iterator, Sequence

from monitor.link.evidence import evidence
from monitor.link.names import Account, is_disguised
from monitor.link.pool import Pool
from monitor.link.rank import Ranked, ranked
from monitor.link.rivals import Claim, Rivals, standings
from monitor.link.told import Told
from monitor.link.weights import Weights, weights
from monitor.model.linking import Story, Suggestion

MOST = 15
"""Suggestions an article at most."""
LEAST_LIKELY = 0.002
"""The probability below which nothing is suggested."""


def suggestions(
    stories: Sequence[Story], pool: Pool, model: Weights | None = None, claims: Iterable[Claim] = ()
) -> Iterator[tuple[Story, tuple[Suggestion, ...]]]:
    """Each article with its suggestions, best first. The articles are weighed against each other, and against the `claims` that others
    were found to have: give together what belongs together.
    """
    model = model or weights()
    lists = [ranked(Told(story), pool, model) for story in stories]
    rivals = Rivals(lists)
    for claim in claims:
        rivals.claim(pool.number_of(claim.platform, claim.post_id), claim.odds)
    for story, candidates in zip(stories, lists, strict=True):
        yield story, tuple(_suggested(story, candidates, rivals, pool, model))


def _suggested(
    story: Story, candidates: Sequence[Ranked], rivals: Rivals, pool: Pool, model: Weights
) -> Iterator[Suggestion]:
    judged = [
        (model.probability(one.score, standing), one, standing)
        for one, standing in zip(candidates, standings(story, candidates, rivals, pool), strict=True)
    ]
    likely = [j for j in judged if j[0] >= LEAST_LIKELY]
    told = Told(story) if likely else None
    for probability, one, standing in sorted(likely, key=lambda j: (-j[0], j[1].seen.number))[:MOST]:
        assert told is not None
        post = pool.posts[one.seen.number]
        disguised = is_disguised(Account(post.handle, post.author_name))
        yield Suggestion(
            post.platform,
            post.post_id,
            round(probability, 4),
            model.level(probability, standing, one.features, disguised=disguised, younger=one.seen.timing.younger),
            evidence(told, one, pool, model),
            round(one.score, 4),
            one.seen.saying.mention if one.seen.saying else None,
        )
