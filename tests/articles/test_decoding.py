"""Bytes whose charset is told wrongly, or not at all."""

import pytest

from monitor.articles.decoding import decoded

_POLISH = "<p>Zażółć gęślą jaźń"


@pytest.mark.parametrize(
    ("content", "content_type", "text"),
    [
        pytest.param(_POLISH.encode(), "text/html; charset=iso-8859-2", _POLISH, id="UTF-8 under another name"),
        pytest.param(
            b"<meta charset=windows-1250>" + _POLISH.encode("cp1250"),
            "text/html; charset=utf-8",
            "<meta charset=windows-1250>" + _POLISH,
            id="the page knows better than its server",
        ),
        pytest.param("<p>Käse".encode("cp1252"), "text/html; charset=utf-8", "<p>Käse", id="UTF-8 told, Latin-1 sent"),
        pytest.param(
            "<p>Grüße über Köln".encode() + b"\xff",
            "text/html; charset=iso-8859-1",
            "<p>Grüße über Köln\ufffd",
            id="UTF-8 with one broken byte",
        ),
        pytest.param("<p>Привет".encode("cp1251"), "text/html; charset=windows-1251", "<p>Привет", id="told rightly"),
        pytest.param(b"<p>a\0b\xff", None, "<p>ab\xff", id="nothing told"),
    ],
)
def test_a_page_is_read_by_what_its_bytes_are(content: bytes, content_type: str | None, text: str) -> None:
    assert decoded(content, content_type)[0] == text
