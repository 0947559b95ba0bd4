"""Paragraphs as a reader counts them, pictures, and the publisher's own notes of correction."""

import json

import pytest

from monitor.articles.corrections import kind_of
from monitor.articles.paragraphs import is_noise
from monitor.articles.reading import read_page, read_text
from monitor.model.article import Reading

POST = "1812345678901234567"
TWEET = (
    '<blockquote class="twitter-tweet"><p>The quay tonight, seen from the lighthouse (demo).</p>&mdash; Harbour (@harbour_demo) '
    f'<a href="https://twitter.com/harbour_demo/status/{POST}">July 14, 2024</a></blockquote>'
)
ONE = "The council of Lindenhafen has voted on the bridge for the second time, and the session lasted until after midnight."
TWO = "The harbour office had shown the quay on the evening before, long before the council began to vote on anything."
THREE = (
    "Next month the council meets again, and then the engineers are to show what the repair of the bridge will cost."
)


def read(*blocks: str, head: str = "", url: str = "https://paper.example/bridge") -> Reading:
    body = "".join(blocks)
    page = f'<html lang="en"><head>{head}</head><body><article><h1>Bridge vote ends</h1>{body}</article></body></html>'
    return read_page(page.encode(), url=url)


def p(text: str) -> str:
    return f"<p>{text}</p>"


def test_headline_byline_embed_and_buttons_are_no_paragraphs() -> None:
    reading = read(
        '<p class="byline">By Ada Roe</p>',
        "<p>3 hours ago</p>",
        p(ONE),
        p(TWO),
        TWEET,
        "<p>Advertisement</p>",
        p(THREE),
    )
    assert reading.paragraphs == (ONE, TWO, THREE)
    (citation,) = reading.citations
    assert (citation.places[0].paragraph, citation.places[0].where) == (2, "after paragraph 2")
    assert "seen from the lighthouse" in citation.places[0].text


def test_a_paragraph_that_is_hardly_more_than_a_link_to_a_post_counts() -> None:
    link = f'<a href="https://x.com/harbour_demo/status/{POST}">the whole video of the evening on the quay</a>'
    other = '<a href="https://paper.example/ferry">The ferry that came back from the far side</a>'
    reading = read(p(ONE), p(other), p(f"See {link}"), p(TWO), p(f"Again: {link}"))
    assert reading.paragraphs[1] == "See the whole video of the evening on the quay"
    assert [place.paragraph for place in reading.citations[0].places] == [2, 4]


def test_a_short_page_is_not_read_as_one_lump() -> None:
    short = ("The council voted on the bridge.", "It was late by then.")
    reading = read(p(short[0]), TWEET, p(short[1]))
    assert reading.paragraphs == short
    assert reading.citations[0].places[0].where == "after paragraph 1"


def test_a_quotation_of_the_embed_is_a_paragraph() -> None:
    quotation = "The quay tonight, seen from the lighthouse (demo)."
    reading = read(p(ONE), p(f"“{quotation}” That is what the harbour office wrote, and little else."), TWEET, p(THREE))
    assert len(reading.paragraphs) == 3
    assert quotation in reading.paragraphs[1]


NOISE = [
    "3 hours ago", "Updated: 12 minutes ago", "vor 3 Stunden", "il y a 2 heures", "hace 5 minutos", "2 godziny temu", "3 часа назад",
    "12 comments", "1,234 shares", "1.2K Likes", "4 min read", "Lesezeit: 5 Minuten", "Advertisement", "Anzeige", "Share this article",
    "Teilen", "View this post on Instagram", "Read more: The ferry that came back", "Lesen Sie auch: Die Fähre", "Please enable JavaScript to continue.", "Bitte aktivieren Sie JavaScript", "- ", "|",
]  # fmt: skip
PROSE = [
    "Three hours ago the council met.", "Advertisement is a strange word for it.", "He had 12 comments to make, and made them all.",
    "Share prices fell.", "Read more books, she said.", "Watch out: the quay is slippery.", "Close to the quay stood a crowd.", "Ja.", "是的。",
]  # fmt: skip


@pytest.mark.parametrize("line", NOISE)
def test_what_changes_from_load_to_load_is_noise(line: str) -> None:
    assert is_noise(line)


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_noise(line: str) -> None:
    assert not is_noise(line)


NOTES = [
    ("correction", "Correction: An earlier figure for the cost of the bridge was wrong."),
    ("correction", "CORRECTION (July 15, 2024): The bridge has four arches, not three."),
    ("correction", "An earlier version of this article misstated the length of the quay."),
    ("correction", "This story has been corrected to say that the vote was on Tuesday."),
    ("correction", "Korrektur: Die Brücke hat vier Bögen, nicht drei."),
    ("correction", "Anmerkung: In einer früheren Version des Artikels hieß es, die Brücke habe drei Bögen."),
    ("correction", "Rectificatif : le pont a quatre arches et non trois."),
    ("correction", "Una versión anterior de este artículo decía que el puente tenía tres arcos."),
    ("correction", "In een eerdere versie van dit artikel stond dat de brug drie bogen had."),
    ("clarification", "Clarification: The engineers were asked by the council, not by the port."),
    ("update", "Update, 15. Juli: Inzwischen hat sich auch der Hafen geäußert."),
    ("update", "UPDATE 2:57pm ET: The port has answered since, and does not agree."),
    ("update", "This article has been updated with a comment of the port."),
    ("note", "Editor's note: The author once worked for the port of Lindenhafen."),
    ("note", "Anmerkung der Redaktion: Die Autorin hat früher für den Hafen gearbeitet."),
]
NO_NOTES = [
    "Updated 3 hours ago", "Updated: Thursday, January 12 2012, 9:40 AM", "Aktualisiert: 14.07.2024, 18:30 Uhr",
    "The correction of the river took nine years.", "He updated the council on the bridge.", "Correctional officers watched the bridge.",
    "Earlier versions of the bridge had three arches.",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "line"), NOTES)
def test_a_note_of_correction_is_known_by_its_words(kind: str, line: str) -> None:
    assert kind_of(line) == kind


@pytest.mark.parametrize("line", NO_NOTES)
def test_not_every_change_is_a_note(line: str) -> None:
    assert kind_of(line) is None


def test_notes_are_told_once_whether_text_or_linked_data_tells_them() -> None:
    note = "Correction: The bridge has four arches, not three, as this paper wrote."
    data = {
        "@type": "NewsArticle",
        "headline": "Bridge vote ends",
        "correction": {"@type": "CorrectionComment", "text": "The bridge has four arches, not three, as this paper wrote.", "datePublished": "2024-07-15T08:00:00Z"},
    }  # fmt: skip
    reading = read(
        p(ONE), p(TWO), p(note), p(THREE), head=f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )
    (correction,) = reading.corrections
    assert (correction.kind, correction.text) == ("correction", note)
    assert correction.at is not None
    assert correction.at.isoformat() == "2024-07-15T08:00:00+00:00"
    assert read_text(f"Bridge\n\n{ONE}\n\n{note}".encode()).corrections[0].text == note


def test_a_note_below_the_text_is_found_by_its_mark() -> None:
    reading = read(
        p(ONE), p(TWO), '<footer class="correction">An earlier version of this story misspelt the port.</footer>'
    )
    assert [note.text for note in reading.corrections] == ["An earlier version of this story misspelt the port."]


def test_pictures_come_with_caption_and_credit() -> None:
    reading = read(
        '<figure><img src="/img/quay.jpg" alt="A quay"><figcaption>The quay at dawn. Photo: Ada Roe/Demo</figcaption></figure>',
        p(ONE), '<img class="avatar" src="/ada.jpg">', '<img src="data:image/gif;base64,R0" data-src="https://cdn.example/bridge.jpg">', p(TWO),
        '<figure><img srcset="/s.jpg 320w, /large-bridge.jpg 1200w"><figcaption>The bridge (Demo/dpa)</figcaption></figure>',
        '<p><a href="/other"><img src="/teaser-of-another.jpg" alt="Another article"></a></p>', p(THREE), TWEET,
        head='<meta property="og:image" content="https://cdn.example/shared-picture.jpg"><meta property="og:image:alt" content="Shared">',
    )  # fmt: skip
    assert [(i.url, i.alt, i.caption, i.credit) for i in reading.images] == [
        ("https://cdn.example/shared-picture.jpg", "Shared", "", ""),
        ("https://paper.example/img/quay.jpg", "A quay", "The quay at dawn.", "Ada Roe/Demo"),
        ("https://cdn.example/bridge.jpg", "", "", ""),
        ("https://paper.example/large-bridge.jpg", "", "The bridge", "Demo/dpa"),
    ]


def test_what_pages_claim_of_themselves_stays_within_bounds() -> None:
    long = "x" * 100_000
    head = f'<title>{long}</title><meta name="author" content="{long}"><meta property="og:image" content="https://a.example/{long}">'
    reading = read(
        *(f'<img src="https://a.example/{n}-picture.jpg" alt="{long}">' for n in range(90)), p(ONE), p(TWO), head=head
    )
    assert len(reading.title or "") <= 500
    assert len("".join(reading.authors)) <= 2_000
    assert len(reading.images) <= 40
    assert all(len(image.alt) <= 1_000 for image in reading.images)
