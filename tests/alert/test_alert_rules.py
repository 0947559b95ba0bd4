from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.rules import Decision, decide
from monitor.model.alert import Fact
from monitor.settings.rules import Rule

CHANNELS = ("desk", "night", "archive")
FACT = Fact(
    kind="post_new",
    dedup_key="post_new:x:900719925474099301",
    subject="@nora_lindqvist posted a video",
    happened_at=datetime(2026, 3, 1, tzinfo=UTC),
    platform="x",
    account_id="77001",
    handle="Nora_Lindqvist",
    tags=("harbour", "Night"),
    text="The farewell at the harbour of Veldmark, filmed by us. #Veldmark",
    has_video=True,
)


def rule(**conditions: Any) -> Rule:
    return Rule(name="a rule", **conditions)


def told(fact: Fact, **conditions: Any) -> bool:
    return bool(decide(fact, [rule(**conditions)], CHANNELS).channels)


def says(text: str, *keywords: str) -> bool:
    return told(replace(FACT, text=text), keywords=keywords)


def test_without_rules_every_alert_goes_to_every_channel() -> None:
    assert decide(FACT, (), CHANNELS) == Decision(CHANNELS, "normal", ())


def test_a_fact_that_no_rule_wants_is_told_to_nobody() -> None:
    assert decide(FACT, [rule(kinds=("citation_new",))], CHANNELS) == Decision((), "normal", ())


def test_the_channels_of_matching_rules_are_united_in_the_order_of_the_settings() -> None:
    rules = [
        rule(channels=("archive",)),
        rule(channels=("desk", "archive")),
        rule(kinds=("citation_new",), channels=("night",)),
    ]
    assert decide(FACT, rules, CHANNELS).channels == ("desk", "archive")


def test_a_rule_without_channels_tells_all_of_them() -> None:
    assert decide(FACT, [rule(channels=("archive",)), rule()], CHANNELS).channels == CHANNELS


def test_the_highest_priority_that_a_matching_rule_gives_wins() -> None:
    rules = [rule(priority="info"), rule(priority="urgent"), rule(priority="flash", has_video=False)]
    assert decide(FACT, rules, CHANNELS).priority == "urgent"
    assert decide(FACT, [rule(priority="info")], CHANNELS).priority == "info"
    assert decide(FACT, [rule()], CHANNELS).priority == "normal"


def test_all_conditions_of_a_rule_must_be_met() -> None:
    assert told(FACT, kinds=("post_new",), tags=("harbour",), keywords=("farewell",), has_video=True)
    assert not told(FACT, kinds=("post_new",), tags=("harbour",), keywords=("farewell",), has_video=False)


@pytest.mark.parametrize(
    "name",
    [
        "nora_lindqvist",
        "@NORA_lindqvist",
        "x:nora_lindqvist",
        "X:@Nora_Lindqvist",
        "77001",
        "x:77001",
        " @nora_lindqvist ",
    ],
)
def test_an_account_is_named_by_handle_or_stable_id(name: str) -> None:
    assert told(FACT, accounts=("somebody", name))


@pytest.mark.parametrize("name", ["nora", "youtube:nora_lindqvist", "youtube:77001", "7700", "", "x:", "@"])
def test_another_account_is_not_meant(name: str) -> None:
    assert not told(FACT, accounts=(name,))


def test_a_fact_about_no_account_meets_no_account_condition() -> None:
    assert not told(replace(FACT, handle=None, account_id=None, platform=None), accounts=("", "x:", "@"))


def test_an_id_with_a_colon_is_an_id() -> None:
    fact = replace(FACT, platform="bluesky", account_id="did:plc:abc", handle="nora.example.org")
    assert told(fact, accounts=("did:plc:abc",))
    assert told(fact, accounts=("bluesky:did:plc:abc",))


def test_one_tag_is_enough_whatever_its_case() -> None:
    assert told(FACT, tags=("elsewhere", "night"))
    assert not told(FACT, tags=("elsewhere",))


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("The farewell of VELDMARK", "veldmark"),
        ("see #Veldmark now", "Veldmark"),
        ("see #Veldmark now", "#veldmark"),
        ("Veldmark's harbour", "veldmark"),
        ("the fare\u00adwell", "farewell"),
        ("seen at the\n  harbour", "the harbour"),
        ("\uff26\uff41\uff52\uff45\uff57\uff45\uff4c\uff4c", "farewell"),
        ("Die STRASSE brennt", "straße"),
        ("İSTANBUL", "istanbul"),
        ("вечером в ГАВАНИ, снято", "гавани"),
        ("وداع في الميناء اليوم", "الميناء"),
        ("कल रात वीडियो आया", "वीडियो"),
        ("昨夜、港で別れの映像", "映像"),
        ("NATO軍の港", "nato"),
        ("เมื่อคืนที่ท่าเรือมีวิดีโอ", "ท่าเรือ"),
        ("어젯밤 항구에서", "항구"),
        ("cafe\u0301 by the sea", "caf\u00e9"),
        ("farewells and farewell", "farewell"),
        ("look \u2764\ufe0f here", "\u2764"),
        ("that is C++ code", "c++"),
    ],
)
def test_a_keyword_is_found(text: str, keyword: str) -> None:
    assert says(text, keyword)


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("farewells", "farewell"),
        ("kim_jong", "kim"),
        ("harbour2", "harbour"),
        ("the old harbour", "the harbour"),
        ("гаванью", "гавань"),
        ("किताब", "क"),
        ("anything", ""),
        ("anything", "  \u00ad "),
    ],
)
def test_a_part_of_a_word_is_no_keyword(text: str, keyword: str) -> None:
    assert not says(text, keyword)


def test_one_keyword_is_enough() -> None:
    assert says("the harbour", "nothing", "harbour")


@given(st.text(), st.text())
def test_any_text_and_keyword_get_an_answer(text: str, keyword: str) -> None:
    says(text, keyword)


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Lo"]), min_size=1))
def test_a_word_between_spaces_is_found(word: str) -> None:
    assert says(f"one {word} two", word)
