"""What a page says of itself, its paragraphs, and where citations stand in them."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.articles.inspecting import inspect_file
from monitor.articles.reading import read_page, read_text

POST = "1812345678901234567"
LINK = f"https://twitter.com/harbour_demo/status/{POST}"
PAGE = f"""<!doctype html><html lang="de-DE"><head><title>Brücke | Demo-Blatt</title>
<link rel="canonical" href="/lokales/bruecke"><meta property="og:title" content="Die Brücke bleibt zu">
<meta property="article:published_time" content="2024-07-14T18:30:00+02:00">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Die Brücke bleibt zu","dateModified":"2024-07-15T06:00:00Z",
"author":[{{"@type":"Person","name":"Ada Beispiel"}},{{"@type":"Person","name":"Bo Muster"}}]}}</script></head><body><article>
<h1>Die Brücke bleibt zu</h1>
<p>Der Rat von Lindenhafen hat am Dienstagabend über die neue Brücke beraten, und die Sitzung dauerte bis nach Mitternacht.</p>
<p>Das Bild vom Kai hatte das Hafenamt <a href="{LINK}">am Abend veröffentlicht</a>, noch ehe der Rat mit der Abstimmung begann.</p>
<p>Im nächsten Monat kommt der Rat wieder zusammen, dann sollen die Ingenieure ihre Zahlen zu den Kosten vorlegen.</p>
</article></body></html>"""


def test_a_page_tells_who_wrote_what_and_when() -> None:
    reading = read_page(PAGE.encode(), url="https://blatt.example/amp/bruecke")
    assert reading.url == "https://blatt.example/lokales/bruecke"
    assert reading.title == "Die Brücke bleibt zu"
    assert reading.authors == ("Ada Beispiel", "Bo Muster")
    assert reading.published_at == datetime(2024, 7, 14, 16, 30, tzinfo=UTC)
    assert reading.modified_at == datetime(2024, 7, 15, 6, 0, tzinfo=UTC)
    assert reading.language == "de"


def test_a_citation_points_into_the_paragraphs() -> None:
    reading = read_page(PAGE.encode(), url=None)
    (citation,) = reading.citations
    number = citation.places[0].paragraph
    assert number is not None
    assert "Bild vom Kai" in reading.paragraphs[number - 1]
    assert citation.places[0].where == f"paragraph {number}"
    assert "am Abend veröffentlicht" in citation.places[0].text
    assert citation.handle == "harbour_demo"


def test_plain_text_gives_title_date_and_written_addresses() -> None:
    text = f"Bridge vote ends\n\n14 July 2024 22:10\n\nThe council met.\n\nThe picture: {LINK}. More later."
    reading = read_text(text.encode())
    assert reading.title == "Bridge vote ends"
    assert reading.published_at == datetime(2024, 7, 14, 22, 10, tzinfo=UTC)
    (citation,) = reading.citations
    assert (citation.post_id, citation.kind, citation.places[0].paragraph) == (POST, "link", 4)


def test_a_page_in_an_old_charset_is_read() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').encode("iso-8859-1")
    assert read_page(page, url=None).title == "Die Brücke bleibt zu"


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.text(max_size=200))
def test_no_bytes_break_the_reading(content: bytes, text: str) -> None:
    read_page(content, url=None)
    read_page(
        f"<article><p>{text}</p><blockquote class=twitter-tweet data-x='{text}'>{text}".encode("utf-8", "replace"),
        url=text,
    )
    read_text(content)


def test_a_file_gives_one_record_with_all_keys(tmp_path: Path) -> None:
    path = tmp_path / "bruecke.html.gz"
    path.write_bytes(gzip.compress(PAGE.encode()))
    record = inspect_file(path, base_url="https://blatt.example/x")
    assert record["source"] == str(path)
    assert (record["url"], record["author"]) == ("https://blatt.example/lokales/bruecke", "Ada Beispiel, Bo Muster")
    assert (record["published_at"], record["language"]) == ("2024-07-14T16:30:00.000Z", "de")
    rows = record["citations"]
    assert isinstance(rows, list)
    wanted = {
        "platform": "x",
        "post_id": POST,
        "url": f"https://x.com/i/status/{POST}",
        "kind": "link",
        "form": "x.plain_link",
    }
    assert wanted.items() <= rows[0].items()
    assert record["warnings"] == []


def test_files_that_cannot_be_read_give_an_error(tmp_path: Path) -> None:
    broken = tmp_path / "cut.html.gz"
    broken.write_bytes(gzip.compress(PAGE.encode())[:-40])
    assert "gzip" in str(inspect_file(broken)["error"])
    assert inspect_file(tmp_path / "none.html")["error"] == "no such file or directory"
    assert "error" in inspect_file(tmp_path)


def test_the_words_of_an_embed_that_waits_in_a_template_are_kept() -> None:
    embed = f'<blockquote class="twitter-tweet"><p>The quay tonight.</p>&mdash; Demo (@demo) <a href="{LINK}">July</a></blockquote>'
    reading = read_page(PAGE.replace("</article>", f"<template>{embed}</template></article>").encode(), url=None)
    (citation,) = reading.citations
    assert citation.kind == "embed"
    assert {place.kind for place in citation.places} == {"embed", "link"}
    assert any("The quay tonight." in place.text for place in citation.places)
