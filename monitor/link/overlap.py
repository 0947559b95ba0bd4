"""The words that an article and a post share: `overlap(told, terms, pool)`. Rare words tell more, and so do words that stand together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.link.pool import Pool
from monitor.link.terms import Term
from monitor.link.told import Told

MOST = 9.0
"""What a single word can tell at most, in natural units."""
_MOST_PLACES = 400
"""Places of one word that a row is looked for at: only hostile texts have more."""
_PAIR = 0.5
"""Pairs of characters overlap: each tells half."""
_BESIDE = 0.5
"""What the paragraph after the best one adds."""
_JOINED = 0.5
"""What a hashtag or handle tells of a paragraph that holds its words."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that both hold in one row: where they end in the article's row of terms and in the post's, and how many they are."""

    worth: float
    article_end: int
    post_end: int
    length: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shared words, in natural units of information."""

    coverage: float
    """The share of the post's words that the article holds."""
    passage: float
    """What the words tell that the best passage of the article shares with the post."""
    run: Run | None
    """The longest row of words that both hold."""
    tag: float
    """The rarest hashtag or handle of the post whose words the article holds."""
    paragraph: int
    """Where the best passage is."""
    passages: Mapping[int, float]
    """What each paragraph shares that shares anything."""


def weight(term: Term, pool: Pool) -> float:
    """How much it tells that two texts share a term."""
    told = min(pool.rarity(term.key), MOST)
    return told * _PAIR if term.kind == "pair" else told


def overlap(told: Told, terms: Sequence[Term], weights: Mapping[str, float]) -> Overlap:
    """What the article shares with a post of these terms."""
    whole = shared = tag = 0.0
    passages: dict[int, float] = {}
    for term in {term.key: term for term in reversed(terms)}.values():
        tells = weights[term.key]
        if term.kind in ("tag", "handle"):
            if term.key in told.joined:
                tag = max(tag, tells)
                _add(passages, told.joined[term.key], tells * _JOINED)
            continue
        whole += tells
        if term.key in told.places:
            shared += tells
            _add(passages, told.paragraphs_with(term.key), tells)
    best = max(passages, key=lambda p: (worth(passages, p), -p), default=0)
    run = _longest_run(told, terms, weights)
    return Overlap(shared / (whole + 10), worth(passages, best), run, tag, best, passages)


def _add(passages: dict[int, float], paragraphs: set[int], tells: float) -> None:
    for paragraph in paragraphs:
        passages[paragraph] = passages.get(paragraph, 0.0) + tells


def worth(passages: Mapping[int, float], paragraph: int) -> float:
    """What a paragraph shares, and the one after it."""
    return passages.get(paragraph, 0.0) + _BESIDE * passages.get(paragraph + 1, 0.0)


def _longest_run(told: Told, terms: Sequence[Term], weights: Mapping[str, float]) -> Run | None:
    """The rarest row of two words or more (three pairs of characters) that both hold in the same order without a gap."""
    best: Run | None = None
    before: dict[int, tuple[int, float]] = {}
    for number, term in enumerate(terms):
        if term.kind in ("tag", "handle"):
            continue
        here: dict[int, tuple[int, float]] = {}
        for at in told.places.get(term.key, [])[:_MOST_PLACES]:
            length, worth = before.get(at - 1, (0, 0.0))
            here[at] = (length + 1, worth + weights[term.key])
            if length + 1 >= (3 if term.kind == "pair" else 2) and (best is None or here[at][1] > best.worth):
                best = Run(here[at][1], at, number, length + 1)
        before = here
    return best
