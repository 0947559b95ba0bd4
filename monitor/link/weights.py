"""How much each feature counts: `weights()` reads `weights.json`, which `benchmarks/words_only.py --fit` writes."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from monitor.link.features import NAMES, Features


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of one pair, and how the other articles' claims to the post change it."""

    features: Mapping[str, float]
    intercept: float
    pair: float
    """What the pair's own score counts beside the rivals'."""
    rivals: float
    neighbours: float
    offset: float
    strong: float
    """The probability from which a suggestion is strong."""

    def score(self, found: Features) -> float:
        """The pair's own score, as the logarithm of odds."""
        return self.intercept + sum(self.features[name] * value for name, value in zip(NAMES, found.row(), strict=True))

    def probability(self, score: float, lead: float, neighbours: float) -> float:
        """From 0 to 1: the score, by how much it leads the other articles' claims, and what other finds stand beside it."""
        odds = self.offset + self.pair * score + self.rivals * lead + self.neighbours * neighbours
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@cache
def weights() -> Weights:
    """The weights that come with the program."""
    return read(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))


def read(text: str) -> Weights:
    """Weights as `weights.json` writes them."""
    told = json.loads(text)
    return Weights(features={name: float(told["features"][name]) for name in NAMES}, **told["model"])
