"""What goes between the process that parses pages and ours."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from monitor.articles.wire import read, written
from monitor.errors import NotUnderstood
from monitor.model.article import Citation, Moment, Picture, Place, Reading
from monitor.model.mention import Mention

AT = datetime(2026, 3, 1, 9, 30, 0, 125000, tzinfo=UTC)
MENTION = Mention("x", 4, "She wrote on X: “demo”.", quotes=("demo",), posted_from=AT, media="video")
READING = Reading(
    url="https://news.example.org/żółw",
    title=None,
    authors=("Mira Tolvaj", "O'Hara \\ \u2028"),
    published=Moment(AT.astimezone(timezone(timedelta(hours=2))), "exact", "linked data"),
    modified=None,
    language="pl",
    paragraphs=("One (demo).", "Two 🦊"),
    citations=(
        Citation("x", None, None, "mention", None, (Place(4, "paragraph 4", "mention", "words"),), 1, "", MENTION),
    ),
    images=(Picture("https://news.example.org/1.jpg"),),
)


def test_a_reading_comes_back_as_it_went() -> None:
    assert read(Reading, written(READING)) == READING


def _changed(**more: object) -> bytes:
    return json.dumps({**json.loads(written(READING)), **more}).encode()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b"[" * 100_000,
        _changed(more=1),
        _changed(title=1),
        _changed(authors="Mira"),
        _changed(authors=[None]),
        _changed(published={"at": "yesterday", "precision": "exact", "source": ""}),
        _changed(published={"at": "2026-03-01T09:30:00+00:00", "precision": "about", "source": ""}),
        _changed(images=[{"url": "https://news.example.org/1.jpg"}]),
        _changed(citations=None),
    ],
    ids=lambda answer: repr(answer[-40:]),
)
def test_anything_else_is_refused(answer: bytes) -> None:
    with pytest.raises(NotUnderstood):
        read(Reading, answer)


def test_a_text_that_is_none_never_leaves() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        written(Picture("\ud800"))
