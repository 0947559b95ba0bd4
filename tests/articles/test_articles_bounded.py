"""Hostile pages: the planted address is found all the same, within the limit of time."""

import time
from collections.abc import Iterator

import pytest

from monitor.articles.bounded import LARGEST, BoundedReader
from monitor.articles.source import MOST_SIGNS
from monitor.articles.sweep import sweep

POST = "1812345678901234567"
PLANTED = f'<blockquote class="twitter-tweet"><a href="https://twitter.com/demo/status/{POST}">July</a></blockquote>'
QUICK = 1.5

HOSTILE = {
    "two hundred thousand nested boxes": "<div>" * 200_000 + PLANTED,
    "a hundred thousand attributes in a tag": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">" + PLANTED,
    "a hundred thousand tags that never close": "<a " * 100_000 + ">" + PLANTED,
    "a menu of two hundred thousand choices": "<select>" + "<option>x" * 200_000 + "</select>" + PLANTED,
}
BIG = {
    "four hundred thousand paragraphs": "<p>" * 400_000 + PLANTED,
    "a platform's name over and over": "x.com/" * 200_000 + PLANTED,
    "marks of accounts over and over": "/@a/" * 200_000 + PLANTED,
    "a deep nest, again and again": ("<div>" * 1_500 + PLANTED + "</div>" * 1_500) * 20,
    "templates in templates": "<template>" * 500 + PLANTED + "</template>" * 500,
}
ODD = {
    "an attribute of a megabyte that never closes": PLANTED + '<a href="' + "x" * 1_000_000,
    "zero bytes and lone surrogates": "<p>a\0b\ud800c</p>" + PLANTED,
    "a charset that is a lie": '<meta charset="utf-16"><p>Größe</p>' + PLANTED,
    "a charset that does not exist": '<meta charset="klingon">' + PLANTED,
    "entities without end": "&lt;" * 200_000 + PLANTED,
}


@pytest.fixture(scope="module")
def reader() -> Iterator[BoundedReader]:
    with BoundedReader(QUICK) as reader:
        reader.read_page(b"<p>warm</p>", url=None)
        yield reader


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_swept_and_marked(reader: BoundedReader, name: str) -> None:
    started = time.monotonic()
    reading = reader.read_page(HOSTILE[name].encode(), url="https://news.example/")
    assert time.monotonic() - started < QUICK + 5
    assert [c.post_id for c in reading.citations] == [POST]
    assert reading.citations[0].kind == "embed"
    assert reading.warnings[0].startswith("hostile markup")


@pytest.mark.parametrize("name", BIG)
def test_big_pages_are_read_in_time(name: str) -> None:
    with BoundedReader() as patient:
        reading = patient.read_page(BIG[name].encode(), url=None)
    assert [c.post_id for c in reading.citations] == [POST]
    assert not any("hostile" in warning for warning in reading.warnings)


def test_two_thousand_addresses_in_one_text_are_found() -> None:
    text = " ".join(f"https://twitter.com/demo/status/{int(POST) + n}" for n in range(2_000))
    with BoundedReader() as patient:
        assert len(patient.read_page(f"<article><p>{text}</p></article>".encode(), url=None).citations) == 2_000


def test_thirty_thousand_addresses_are_swept_and_the_planted_one_is_among_them() -> None:
    others = [f"<p><a href='https://x.com/demo/status/{int(POST) + 1 + n}'>July</a></p>" for n in range(MOST_SIGNS)]
    with BoundedReader(20) as patient:
        reading = patient.read_page("".join([*others[:9_000], PLANTED, *others[9_000:]]).encode(), url=None)
    assert POST in {c.post_id for c in reading.citations}
    assert reading.warnings[0].startswith("hostile markup")


def test_an_address_that_lies_across_two_pieces_of_a_sweep_is_found_whole() -> None:
    for before in range(1024 * 1024 - 60, 1024 * 1024 + 4, 9):
        reading = sweep(b" " * before + PLANTED.encode() + b" " * 9_000, None)
        assert [c.post_id for c in reading.citations] == [POST]


def test_a_sweep_ends_when_its_time_is_over_and_says_so() -> None:
    reading = sweep(PLANTED.encode() + b" " * 3_000_000, None, seconds=0)
    assert [c.post_id for c in reading.citations] == [POST]
    assert "were not looked at" in reading.warnings[-1]


@pytest.mark.parametrize("name", ODD)
def test_odd_bytes_are_read_like_any_page(reader: BoundedReader, name: str) -> None:
    reading = reader.read_page(ODD[name].encode("utf-8", "surrogatepass"), url=None)
    assert [c.post_id for c in reading.citations] == [POST]
    assert not any("hostile" in warning for warning in reading.warnings)
    assert "\0" not in reading.text


def test_two_thousand_embeds_are_two_thousand_citations() -> None:
    markup = "".join(PLANTED.replace(POST, str(int(POST) + n)) for n in range(2_000))
    with BoundedReader(20) as patient:
        assert len(patient.read_page(markup.encode(), url=None).citations) == 2_000


def test_what_lies_beyond_the_cap_is_swept() -> None:
    page = b"<script>" + b" " * LARGEST + b"</script>" + PLANTED.encode()
    with BoundedReader(20) as patient:
        reading = patient.read_page(page, url=None)
    assert [c.post_id for c in reading.citations] == [POST]
    assert "too large" in reading.warnings[-1]


def test_a_reader_that_was_closed_starts_a_new_child(reader: BoundedReader) -> None:
    reader.close()
    reading = reader.read_page(PLANTED.encode(), url=None)
    assert [(c.post_id, c.confidence) for c in reading.citations] == [(POST, 1.0)]


def test_a_reader_that_was_never_used_closes_without_a_child() -> None:
    with BoundedReader():
        pass
