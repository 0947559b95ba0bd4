import gzip
from datetime import timedelta

import pytest
from article_world import PAGE, Answer, gzipped, served

from monitor import clock
from monitor.articles.fetch import canonical_guess, fetch_article, fetch_page
from monitor.articles.reading import read_page
from monitor.errors import (
    NotAllowed,
    NotThere,
    NotUnderstood,
    PostwatchError,
    RateLimited,
    Refused,
    ServerTrouble,
    TooLarge,
)


def test_a_page_comes_with_its_validators_and_the_body_as_served():
    answer = gzipped(PAGE)
    answer.headers |= {"ETag": '"one"', "Last-Modified": "Sun, 22 Nov 2026 10:00:00 GMT"}
    with served({"/story": answer}) as (site, web):
        page = fetch_article(web, site + "/story")
    assert page.content == PAGE
    assert gzip.decompress(page.exchange.body) == PAGE
    assert (page.etag, page.last_modified) == ('"one"', "Sun, 22 Nov 2026 10:00:00 GMT")
    assert not page.not_modified


def test_an_unchanged_page_is_not_sent_again_and_keeps_its_validators():
    def unchanged(headers: dict[str, str]) -> Answer:
        asked = headers.get("If-None-Match"), headers.get("If-Modified-Since")
        return Answer(304, {}, b"") if asked == ('"one"', "Sun, 22 Nov 2026 10:00:00 GMT") else Answer()

    with served({"/story": unchanged}) as (site, web):
        page = fetch_article(web, site + "/story", etag='"one"', last_modified="Sun, 22 Nov 2026 10:00:00 GMT")
    assert page.not_modified
    assert page.content == b""
    assert (page.etag, page.last_modified) == ('"one"', "Sun, 22 Nov 2026 10:00:00 GMT")


def test_a_validator_that_no_header_can_hold_is_left_out():
    with served({"/story": lambda headers: Answer(body=PAGE + headers.get("If-None-Match", "none").encode())}) as (
        site,
        web,
    ):
        page = fetch_article(web, site + "/story", etag='"a\r\nX: y"')
    assert page.content.endswith(b"none")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, NotThere), (410, NotThere), (401, NotAllowed), (402, NotAllowed), (403, NotAllowed), (451, NotAllowed),
        (429, RateLimited), (500, ServerTrouble), (503, ServerTrouble), (408, ServerTrouble), (418, NotUnderstood),
    ],
)  # fmt: skip
def test_each_status_is_its_own_error_with_its_exchange(status: int, error: type[PostwatchError]):
    with served({"/story": Answer(status, body=b"<html>sorry</html>")}) as (site, web):
        with pytest.raises(error) as told:
            fetch_article(web, site + "/story")
    assert type(told.value) is error
    assert told.value.exchange is not None
    assert told.value.exchange.status == status
    assert told.value.exchange.body == b"<html>sorry</html>"


@pytest.mark.parametrize(("value", "least", "most"), [("120", 110, 120), ("999999999", 86_390, 86_400)])
def test_retry_after_is_heeded_and_capped(value: str, least: int, most: int):
    with served({"/story": Answer(429, {"Retry-After": value}, b"")}) as (site, web):
        with pytest.raises(RateLimited) as told:
            fetch_article(web, site + "/story")
    assert told.value.retry_at is not None
    wait = told.value.retry_at - clock.now()
    assert timedelta(seconds=least) <= wait <= timedelta(seconds=most)


def test_a_redirect_loop_is_given_up_and_told():
    moved = {"/a": Answer(302, {"Location": "/b"}, b""), "/b": Answer(302, {"Location": "/a"}, b"")}
    with served(moved) as (site, web):
        with pytest.raises(NotUnderstood) as told:
            fetch_article(web, site + "/a")
    assert told.value.exchange is not None
    assert told.value.exchange.status == 302


def test_a_redirect_to_a_private_address_is_refused():
    with served({"/a": Answer(302, {"Location": "http://127.0.0.1:9/secret"}, b"")}) as (site, web):
        with pytest.raises(Refused):
            fetch_article(web, site + "/a")


def test_a_redirect_is_followed_and_its_addresses_are_kept():
    with served({"/a": Answer(301, {"Location": "/b"}, b""), "/b": Answer()}) as (site, web):
        page = fetch_article(web, site + "/a")
    assert page.hops == (site + "/a", site + "/b")
    assert page.exchange.url_final == site + "/b"


def test_a_gzip_bomb_stops_at_the_limit_and_what_came_is_kept():
    with served({"/story": gzipped(bytes(60_000_000))}) as (site, web):
        with pytest.raises(TooLarge) as told:
            fetch_article(web, site + "/story")
    assert told.value.exchange is not None
    assert told.value.exchange.status == 200


def test_a_page_of_20_mb_is_too_large_and_its_exchange_is_kept():
    with served({"/story": Answer(body=PAGE + b" " * 20_000_000)}) as (site, web):
        with pytest.raises(TooLarge) as told:
            fetch_article(web, site + "/story")
    assert told.value.exchange is not None
    assert told.value.exchange.status == 200


@pytest.mark.parametrize(
    "answer",
    [
        Answer(headers={"Content-Type": "application/pdf"}, body=b"%PDF-1.7"),
        Answer(headers={"Content-Type": "application/json"}, body=b"{}"),
        Answer(headers={"Content-Type": "text/html"}, body=b"<?xml version='1.0'?><rss version='2.0'></rss>"),
        Answer(headers={"Content-Type": "text/html"}, body=b""),
        Answer(headers={}, body=b"\x89PNG\r\n"),
    ],
    ids=["pdf", "json", "a feed called html", "nothing", "a picture without a type"],
)
def test_what_is_no_page_is_not_understood(answer: Answer):
    with served({"/story": answer}) as (site, web):
        with pytest.raises(NotUnderstood) as told:
            fetch_article(web, site + "/story")
        assert fetch_page(web, site + "/story").content == answer.body
    assert told.value.exchange is not None


@pytest.mark.parametrize("kind", ["", "application/octet-stream", "application/xhtml+xml", "text/plain"])
def test_a_page_is_known_by_its_first_bytes_when_its_type_tells_little(kind: str):
    with served({"/story": Answer(headers={"Content-Type": kind} if kind else {})}) as (site, web):
        assert fetch_article(web, site + "/story").content == PAGE


def test_a_wrong_charset_and_nul_bytes_do_not_spoil_the_reading():
    words = "<!doctype html><html><body><article><p>Żeglarze i rybacy\0 czekają na molo.</p></article></body></html>".encode()
    with served({"/story": Answer(headers={"Content-Type": "text/html; charset=iso-8859-2"}, body=words)}) as (
        site,
        web,
    ):
        page = fetch_article(web, site + "/story")
    read = read_page(page.content, url=page.exchange.url_final, content_type=page.content_type)
    assert "Żeglarze i rybacy czekają" in read.text


@pytest.mark.parametrize(
    ("written", "guessed"),
    [
        ("HTTPS://News.Example:443/a?utm_source=x&id=7&fbclid=z#top", "https://news.example/a?id=7"),
        ("https://news.example", "https://news.example/"),
        ("http://news.example:8080/a?gclid=1&b", "http://news.example:8080/a?b"),
        ("https://news.example/a?q=%C5%BC+b&UTM_Medium=x", "https://news.example/a?q=%C5%BC+b"),
        ("http://[::1]:81/a", "http://[::1]:81/a"),
        (" mailto:desk@news.example ", "mailto:desk@news.example"),
        ("http://[broken/a", "http://[broken/a"),
    ],
)
def test_the_canonical_guess_drops_how_the_reader_came(written: str, guessed: str):
    assert canonical_guess(written) == guessed
    assert canonical_guess(guessed) == guessed
