"""Posts referred to in words only. A letter X alone is no platform."""

import pytest

from monitor.articles.mentions import with_mentions
from monitor.articles.reading import read_text

ATTRIBUTED = [
    ("Anton Demchuk posted the farewell video on platform X.", "x"),
    ("She wrote on X that it was over.", "x"),
    ("On X, she wrote that it was over.", "x"),
    ("In a tweet, the minister denied it.", "x"),
    ("He said in a post on X, formerly Twitter, that all was well.", "x"),
    ("The mayor said on his Telegram channel that the bridge stood.", "telegram"),
    ("He shared photos of the quay on Instagram.", "instagram"),
    ("„Alles gut“, schrieb er auf X.", "x"),
    ("Sie teilte das Video bei Telegram.", "telegram"),
    ("Minister napisał na platformie X, że most stoi.", "x"),
    ("Il a écrit sur X que le pont tenait.", "x"),
    ("La ministra publicó en la red social X un mensaje.", "x"),
    ("Ha scritto su X il ministro.", "x"),
    ("Він написав у Telegram про міст.", "telegram"),
    ("Он опубликовал видео в соцсети X.", "x"),
]
NOT_ATTRIBUTED = [
    "Malcolm X said on Tuesday that he wrote the book.",
    "The X-ray was posted on the wall of the ward.",
    "Solve for X on page 3, it said.",
    "X said on Monday that it would appeal.",
    "Follow us on X and Facebook, where we posted more.",
    "The company Twitter was sold.",
    "Generation X wrote on paper.",
]


@pytest.mark.parametrize(("sentence", "platform"), ATTRIBUTED)
def test_an_attribution_in_words_is_a_mention(sentence: str, platform: str) -> None:
    (mention,) = with_mentions((), (sentence,), None)
    assert (mention.platform, mention.kind, mention.post_id, mention.url) == (platform, "mention", None, None)
    assert mention.confidence >= 0.5
    assert mention.places[0].text == sentence


@pytest.mark.parametrize("sentence", NOT_ATTRIBUTED)
def test_a_letter_or_a_company_is_no_mention(sentence: str) -> None:
    assert with_mentions((), (sentence,), None) == ()


def test_a_credit_that_names_the_platform_is_a_doubtful_mention() -> None:
    (mention,) = with_mentions((), ("Images source: © DPN, X",), None)
    assert mention.platform == "x"
    assert mention.confidence < 0.5
    assert "credit" in mention.reason


def test_words_beside_an_address_are_no_second_citation() -> None:
    beside = "He wrote on X that the bridge stood.\n\nhttps://x.com/demo/status/1812345678901234567"
    assert [c.kind for c in read_text(beside.encode()).citations] == ["link"]
    far = "He wrote on X that it stood.\n\nA.\n\nB.\n\nhttps://x.com/demo/status/1812345678901234567"
    assert [c.kind for c in read_text(far.encode()).citations] == ["link", "mention"]
