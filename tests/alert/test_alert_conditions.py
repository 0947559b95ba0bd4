"""The conditions of a rule beyond kinds, accounts, tags and keywords."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from monitor.alert.rules import decide, met
from monitor.model.alert import Fact
from monitor.settings.rules import Rule

FACT = Fact(
    kind="post_gone",
    dedup_key="k",
    subject="s",
    happened_at=datetime(2026, 11, 24, tzinfo=UTC),
    priority="flash",
    platform="x",
    text="The harbor bridge is closed",
    language="pt-BR",
    media=("photo", "video"),
    articles=("https://www.news.example.org/world/harbour?page=2",),
    publishers=("www.news.example.org",),
    desks=("World",),
)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"platforms": ("X", "bluesky")}, True),
        ({"platforms": ("bluesky",)}, False),
        ({"priorities": ("flash",)}, True),
        ({"priorities": ("urgent", "info")}, False),
        ({"desks": ("world",)}, True),
        ({"desks": ("sport",)}, False),
        ({"publishers": ("news.example.org",)}, True),
        ({"publishers": ("example.org",)}, False),
        ({"media": ("video",)}, True),
        ({"media": ("audio",)}, False),
        ({"languages": ("pt",)}, True),
        ({"languages": ("pt_br",)}, True),
        ({"languages": ("pt-PT",)}, False),
        ({"articles": ("https://www.news.example.org/world/*",)}, True),
        ({"articles": ("https://*.example.org/*harbour*",)}, True),
        ({"articles": ("https://www.news.example.org/sport/*", "https://www.news.example.org/wor")}, True),
        ({"articles": ("https://www.news.example.org/sport/*",)}, False),
        ({"pattern": "(?i)HARBOU?R bridge"}, True),
        ({"pattern": "^bridge"}, False),
        ({"pattern": "closed$", "desks": ("sport",)}, False),
    ],
)
def test_a_condition_is_met_or_not(condition: dict[str, Any], holds: bool) -> None:
    assert met(Rule(name="r", **condition), FACT) is holds


def test_a_fact_without_a_language_or_article_meets_no_condition_on_them() -> None:
    bare = replace(FACT, language="", articles=(), desks=(), media=(), publishers=())
    for condition in (
        {"languages": ("pt",)},
        {"articles": ("https://*",)},
        {"desks": ("world",)},
        {"media": ("video",)},
    ):
        assert not met(Rule(name="r", **condition), bare)  # type: ignore[arg-type]


def test_no_text_makes_an_expression_slow() -> None:
    began = time.process_time()
    assert not met(Rule(name="r", pattern="(a+)+$"), replace(FACT, text="a" * 100_000 + "b"))
    assert not met(Rule(name="r", pattern="(x|xx)*y"), replace(FACT, text="x" * 100_000))
    assert time.process_time() - began < 2


@pytest.mark.parametrize("pattern", ["(", "(?=look)", r"(a)\1", "x{1000}{1000}", "a" * 2000])
def test_an_expression_that_cannot_work_is_refused_in_words(pattern: str) -> None:
    with pytest.raises(ValidationError, match="regular expression"):
        Rule(name="r", pattern=pattern)


def test_people_of_a_rule_are_heard_over_their_channels() -> None:
    rules = [Rule(name="night", people=("Ada",)), Rule(name="all", kinds=("post_new",))]
    decision = decide(FACT, rules, ("desk", "ada-mail"), {"Ada": ("ada-mail",)})
    assert decision.channels == ("ada-mail",)
    assert decision.named == {"ada-mail"}
    assert not decision.asked
