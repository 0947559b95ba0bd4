"""How much each feature counts: `weights()` reads `weights.json`, which `benchmarks/words_only.py --fit` writes."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from monitor.link.features import NAMES, Features
from monitor.model.linking import Level

TOO_LATE = 0.5
TOO_OLD = math.log1p(31 * 24)
"""Age beyond which no suggestion is strong: a month, as `Features.age` counts."""
TOLD_OF_ANOTHER = 0.5


@dataclass(frozen=True, slots=True)
class Standing:
    """How a candidate stands beside other articles' claims and the article's other candidates."""

    lead: float
    """By how much it leads the other articles' claims to the post."""
    ahead: float
    """By how much it is ahead of its account's other posts."""
    unsaid: float
    """How likely the article tells of another account by name."""


def chance(odds: float) -> float:
    """The probability of a logarithm of odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of one pair, and how the other articles' claims to the post change it."""

    features: Mapping[str, float]
    usual: Mapping[str, float]
    """What each feature usually is of a post that is looked at in vain."""
    intercept: float
    pair: float
    """What the pair's own score counts beside the rivals'."""
    rivals: float
    ahead: float
    unsaid: float
    offset: float
    strong: float
    """The probability from which a suggestion is strong..."""
    strong_lead: float
    """...if it leads the other articles' claims by this much."""

    def score(self, found: Features) -> float:
        """The pair's own score, as the logarithm of odds."""
        return self.intercept + sum(self.features[name] * value for name, value in zip(NAMES, found, strict=True))

    def tells(self, found: Features, name: str) -> float:
        """How much more one feature speaks for this pair than for the usual candidate."""
        value: float = getattr(found, name)
        return self.features[name] * (value - self.usual[name])

    def probability(self, score: float, standing: Standing) -> float:
        """From 0 to 1: of a pair's own score, and how it stands beside others."""
        odds = self.offset + self.pair * score + self.rivals * standing.lead
        return chance(odds + self.ahead * standing.ahead + self.unsaid * standing.unsaid)

    def level(
        self, probability: float, standing: Standing, found: Features, *, disguised: bool, younger: bool
    ) -> Level:
        """Whether a suggestion is one to propose first: likely, claimed by no other article, told of no other, in time, no parody."""
        clear = standing.lead >= self.strong_lead and standing.unsaid <= TOLD_OF_ANOTHER
        timely = found.late < TOO_LATE and found.age < TOO_OLD
        return "strong" if probability >= self.strong and clear and timely and not disguised and not younger else "weak"


@cache
def weights() -> Weights:
    """The weights that come with the program."""
    return read(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))


def read(text: str) -> Weights:
    """Weights as `weights.json` writes them."""
    told = json.loads(text)
    features, usual = ({name: float(told[key][name]) for name in NAMES} for key in ("features", "usual"))
    return Weights(features, usual, **told["model"])
