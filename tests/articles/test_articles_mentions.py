"""Posts referred to in words only. A letter X alone is no platform."""

from datetime import UTC, datetime, timedelta

import pytest
from mention_table import CREDITS, NOT_TOLD, TOLD, Told

from monitor.articles.mentions import mentions_in, with_mentions
from monitor.articles.reading import read_text

PUBLISHED = datetime(2024, 6, 20, 10, 8, tzinfo=UTC)
HALF_A_DAY = timedelta(hours=12)


@pytest.mark.parametrize("told", TOLD, ids=lambda told: f"{told.language}: {told.sentence}")
def test_who_posted_what_and_when_is_read_from_a_sentence(told: Told) -> None:
    (mention,) = mentions_in([told.sentence], told.language, PUBLISHED)
    assert (mention.platform, mention.author, mention.handle, mention.media) == (
        told.platform,
        told.author,
        told.handle,
        told.media,
    )
    assert mention.how == "words"
    assert bool(mention.quotes) == bool(told.quote)
    assert not told.quote or mention.quotes[0].startswith(told.quote)
    day = mention.posted_from + HALF_A_DAY if mention.posted_from else None
    assert (day and (day.month, day.day)) == told.day


@pytest.mark.parametrize("told", TOLD, ids=lambda told: f"{told.language}: {told.sentence}")
def test_a_sentence_of_an_unknown_language_is_a_mention_too(told: Told) -> None:
    assert told.platform in {mention.platform for mention in mentions_in([told.sentence], None, PUBLISHED)}


@pytest.mark.parametrize(("language", "sentence"), NOT_TOLD)
def test_a_letter_a_company_or_an_invitation_is_no_mention(language: str, sentence: str) -> None:
    assert mentions_in([sentence], language) == ()
    assert mentions_in([sentence], None) == ()


@pytest.mark.parametrize(("credit", "platform", "handle"), CREDITS)
def test_a_credit_that_names_a_platform_is_a_doubtful_mention(
    credit: str, platform: str | None, handle: str | None
) -> None:
    found = mentions_in([credit], None)
    assert [(m.platform, m.handle, m.how) for m in found] == ([(platform, handle, "credit")] if platform else [])
    for citation in with_mentions((), [credit], None):
        assert citation.confidence < 0.5
        assert "credit" in citation.reason


def test_the_table_holds_enough_of_each_language() -> None:
    assert len(TOLD) >= 120
    assert {told.language for told in TOLD} == {"en", "de", "pl", "fr", "es", "it", "pt", "uk", "ru"}


def test_a_pronoun_is_the_last_person_named() -> None:
    (mention,) = mentions_in(["Ola Brenner spoke first. She wrote on X that it was over."], "en", PUBLISHED)
    assert mention.author == "Ola Brenner"
    (mention,) = mentions_in(["Ola Brenner spoke first.", "She wrote on X that it was over."], "en", PUBLISHED)
    assert mention.author == "Ola Brenner"


def test_a_sentence_that_ends_in_a_colon_is_followed_by_what_was_posted() -> None:
    (mention,) = mentions_in(["Ola Brenner posted on X:", "The bridge stands.", "More rain is due."], "en", PUBLISHED)
    assert mention.quotes == ("The bridge stands.",)


def test_a_quotation_in_the_next_sentence_belongs_to_the_mention() -> None:
    paragraph = (
        "Anton Demchuk posted the video on platform X. “They could not stop waving,” commented the former minister."
    )
    (mention,) = mentions_in([paragraph], "en", PUBLISHED)
    assert (mention.author, mention.quotes) == ("Anton Demchuk", ("They could not stop waving",))


def test_a_platform_without_anyone_who_posts_is_a_hint() -> None:
    (citation,) = with_mentions((), ["The story was shared nearly 50,000 times on Facebook."], "en")
    assert citation.confidence < 0.5
    assert citation.mention is not None
    assert citation.mention.how == "hint"


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("on Sunday", "2024-06-15T12:00", "2024-06-17T12:00"),
        ("on Thursday", "2024-06-19T12:00", "2024-06-20T22:08"),
        ("last week", "2024-06-09T12:00", "2024-06-17T12:00"),
        ("on 30 December", "2023-12-29T12:00", "2023-12-31T12:00"),
        ("on March 3, 2021", "2021-03-02T12:00", "2021-03-04T12:00"),
        ("two hours ago", "2024-06-19T20:08", "2024-06-20T22:08"),
        ("on May 99", None, "2024-06-20T10:08"),
    ],
)
def test_time_words_are_resolved_against_the_articles_date(words: str, first: str | None, last: str) -> None:
    (mention,) = mentions_in([f"Ola Brenner wrote on X {words} that it was over."], "en", PUBLISHED)
    assert (mention.posted_from and mention.posted_from.isoformat()[:16]) == first
    assert mention.posted_until is not None
    assert mention.posted_until.isoformat()[:16] == last


def test_time_words_of_an_article_without_a_date_tell_nothing() -> None:
    (mention,) = mentions_in(["Ola Brenner wrote on X on Wednesday that it was over."], "en", None)
    assert (mention.posted_from, mention.posted_until) == (None, None)


def test_words_beside_an_address_are_no_second_citation() -> None:
    beside = "He wrote on X that the bridge stood.\n\nhttps://x.com/demo/status/1812345678901234567"
    assert [c.kind for c in read_text(beside.encode()).citations] == ["link"]
    far = "He wrote on X that it stood.\n\nA.\n\nB.\n\nhttps://x.com/demo/status/1812345678901234567"
    assert [c.kind for c in read_text(far.encode()).citations] == ["link", "mention"]


def test_hostile_text_takes_no_long_time() -> None:
    long = "Anna " * 20_000 + "wrote on X “" + "a ' b ’ " * 5_000
    mentions_in([long, "“" * 5_000 + " on X wrote", "@" * 10_000 + "X"], None, PUBLISHED)
