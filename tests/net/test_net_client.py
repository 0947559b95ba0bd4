import gzip
import ssl
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from net_world import Machine, machine, moved, options, page, path_of

from monitor.errors import NotUnderstood, Refused, ServerTrouble, TooLarge, UnusableSettings
from monitor.net.client import HttpClient, user_agent
from monitor.net.decoding import Decoder
from monitor.net.guard import Guard
from monitor.net.retry import retry_after

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@contextmanager
def client(*allowed: Machine, **changes: object) -> Iterator[HttpClient]:
    settings = options(allow=tuple(one.pair for one in allowed), **changes)
    with Guard(settings) as guard, HttpClient(guard, settings) as found:
        yield found


def test_an_answer_is_kept_as_served_and_given_decoded() -> None:
    body = gzip.compress(b"<p>The farewell at the harbour</p>" * 50)
    answer = page(body, "Content-Encoding: gzip", "Set-Cookie: id=s3cret; Path=/", "X-Case: Kept", "set-cookie: b=2")
    with machine(answer) as site, client(site) as http:
        fetched = http.fetch(f"{site.url}/article#part", headers={"If-None-Match": '"v1"'})
        exchange = fetched.exchange
        assert (exchange.body, exchange.status, exchange.method) == (body, 200, "http")
        assert fetched.content == b"<p>The farewell at the harbour</p>" * 50
        assert (exchange.url_asked, exchange.url_final) == (f"{site.url}/article#part", f"{site.url}/article")
        assert ("X-Case", "Kept") in exchange.headers
        assert ("Set-Cookie", "(removed)") in exchange.headers
        assert "s3cret" not in repr(exchange)
        assert exchange.started_at <= exchange.ended_at
        assert set(exchange.tools) == {"postwatch", "httpx"}
        head = site.got[0].decode()
        assert "Accept-Encoding: gzip\r\n" in head
        assert 'If-None-Match: "v1"\r\n' in head
        assert "User-Agent: Postwatch/" in head


@pytest.mark.parametrize("status", ["304 Not Modified", "404 Not Found", "429 Slow Down", "502 Bad Gateway", "403 No"])
def test_a_status_is_an_answer_not_an_error(status: str) -> None:
    with machine(page(b"", "Content-Encoding: gzip", status=status)) as site, client(site) as http:
        assert http.fetch(site.url).exchange.status == int(status[:3])


def test_cookies_are_not_sent_back() -> None:
    with machine(page(b"", "Set-Cookie: a=1; Path=/")) as site, client(site) as http:
        http.fetch(site.url)
        http.fetch(site.url)
        assert b"cookie" not in site.got[1].lower()


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
def test_the_environment_shows_no_way_round_the_guard(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with machine() as site, machine() as hostile:
        monkeypatch.setenv(name, hostile.url)
        monkeypatch.setenv(name.replace("HTTP", "HTTPS").replace("http", "https"), hostile.url)
        monkeypatch.setenv("NO_PROXY", "*,127.0.0.1")
        monkeypatch.setenv("no_proxy", "*,127.0.0.1")
        with client(site) as http:
            assert http.fetch(site.url).content == b"hello"
            with pytest.raises(Refused):
                http.fetch(hostile.url)
            with pytest.raises(Refused):
                http.fetch(hostile.url.replace("http", "https"))
        assert hostile.got == []


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "https://localhost/", "http://[::1]/", "http://0x7f.1/", "http://1/"]
)
def test_a_refusal_of_the_guard_is_an_error_with_its_reason(url: str) -> None:
    with client() as http, pytest.raises(Refused, match="which is not public") as caught:
        http.fetch(url)
    assert caught.value.exchange is not None
    assert caught.value.exchange.status is None
    assert "not public" in (caught.value.exchange.error or "")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "gopher://example.org/", "//example.org", "ftp://a/", "data:,x"])
def test_other_schemes_are_refused_at_the_start_and_after_a_redirect(url: str) -> None:
    with machine(moved(url if url[:2] != "//" else "javascript:alert(1)")) as site, client(site) as http:
        for start in (url, site.url):
            with pytest.raises(Refused, match="scheme"):
                http.fetch(start)


@pytest.mark.parametrize(
    "url", ["http://", "http://a b/", "http://[::1/", "http://exa\0mple.org/", "http://%31/", "http://a:x/"]
)
def test_what_is_no_address_is_an_error_of_ours(url: str) -> None:
    with client() as http, pytest.raises((Refused, NotUnderstood)):
        http.fetch(url)


def test_redirects_are_followed_and_told() -> None:
    def answer(head: bytes) -> bytes:
        return {"/a": moved("/b#x"), "/b": moved("c?d=é ü")}.get(path_of(head), page(b"here"))

    with machine(answer) as site, client(site) as http:
        fetched = http.fetch(f"{site.url}/a")
        assert fetched.content == b"here"
        assert fetched.hops == (f"{site.url}/a", f"{site.url}/b", f"{site.url}/c?d=%C3%A9%20%C3%BC")
        assert fetched.exchange.url_final == fetched.hops[-1]


def test_a_redirect_to_a_private_address_reaches_nobody_and_the_redirect_is_kept() -> None:
    with machine() as canary, machine(moved(canary.url)) as site, client(site) as http:
        with pytest.raises(Refused) as caught:
            http.fetch(site.url)
        assert canary.got == []
        assert caught.value.exchange is not None
        assert caught.value.exchange.url_final == f"{canary.url}"


def test_a_redirect_cannot_use_the_pairs_of_another_client() -> None:
    with machine() as channel, machine(moved(channel.url)) as site:
        settings = options(allow=(site.pair,))
        with Guard(settings) as guard:
            with (
                HttpClient(guard, settings, "channel", also=[channel.pair]) as own,
                HttpClient(guard, settings) as pages,
            ):
                assert own.fetch(channel.url).content == b"hello"
                with pytest.raises(Refused):
                    pages.fetch(site.url)
                assert len(channel.got) == 1


def test_circles_and_endless_redirects_end() -> None:
    def circle(head: bytes) -> bytes:
        return moved("/b" if path_of(head) == "/a" else "/a")

    def endless(head: bytes) -> bytes:
        return moved(f"/{int(path_of(head)[1:] or 0) + 1}")

    with machine(circle) as site, client(site) as http, pytest.raises(NotUnderstood, match="circle"):
        http.fetch(f"{site.url}/a")
    with machine(endless) as site, client(site) as http:
        with pytest.raises(NotUnderstood, match="more than 5 times") as caught:
            http.fetch(f"{site.url}/0")
        assert len(site.got) == 6
        assert caught.value.exchange is not None
        assert caught.value.exchange.status == 302


@pytest.mark.parametrize(("status", "method"), [("303 See Other", "GET"), ("302 Found", "GET"), ("307 Again", "POST")])
def test_a_post_is_redirected_as_its_status_says(status: str, method: str) -> None:
    def answer(head: bytes) -> bytes:
        return moved("/b", status) if path_of(head) == "/a" else page()

    with machine(answer) as site, client(site) as http:
        http.fetch(f"{site.url}/a", method="POST", content=b"words")
        assert site.got[1].split(b" ")[0].decode() == method
        assert site.bodies == [b"words", b"words" if method == "POST" else b""]


def test_secret_headers_go_to_their_exact_host_alone() -> None:
    with machine() as other, machine(moved("PLACE")) as site:
        site.answer = lambda head: moved(f"http://localhost:{other.port}/")
        settings = options(allow=(site.pair, f"localhost:{other.port}"))
        secrets = {"127.0.0.1": {"X-Paywall": "s3cret"}}
        with Guard(settings) as guard, HttpClient(guard, settings, secret_headers=secrets) as http:
            fetched = http.fetch(site.url, headers={"Authorization": "Basic s3cret"})
        assert b"X-Paywall: s3cret" in site.got[0]
        assert b"s3cret" in site.got[0]
        assert b"s3cret" not in other.got[0]
        assert "s3cret" not in repr(fetched)


def test_credentials_in_an_address_are_neither_sent_nor_kept() -> None:
    with machine(page(status="401 Who")) as site, client(site) as http:
        fetched = http.fetch(site.url.replace("//", "//nora:s3cret@") + "/x@y")
        assert fetched.exchange.url_asked == f"{site.url}/x@y"
        assert "s3cret" not in repr(fetched)
        assert b"Authorization" not in site.got[0]
        with pytest.raises(Refused) as caught:
            http.fetch("http://nora:s3cret@10.0.0.1/")
        assert "s3cret" not in repr(caught.value.exchange)


def test_many_threads_may_fetch_at_once() -> None:
    with machine(lambda head: page(path_of(head).encode())) as site, client(site) as http:
        paths = [f"/{number}" for number in range(60)]
        with ThreadPoolExecutor(20) as pool:
            found = pool.map(lambda path: http.fetch(site.url + path).content.decode(), paths)
            assert list(found) == paths


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def test_a_gzip_bomb_is_given_up_at_the_limit_with_little_memory() -> None:
    body = bomb(200)
    with machine(page(body, "Content-Encoding: gzip")) as site, client(site) as http:
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        with pytest.raises(TooLarge, match="after decompression"):
            http.fetch(site.url, max_bytes=1_000_000)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak - before < 8_000_000


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress", "gzip\tbr"])
def test_codings_that_were_not_asked_for_are_not_undone(coding: str) -> None:
    with machine(page(b"x", f"Content-Encoding: {coding}")) as site, client(site) as http:
        with pytest.raises(NotUnderstood, match="content coding") as caught:
            http.fetch(site.url)
        assert caught.value.exchange is not None
        assert caught.value.exchange.status == 200


def chunked(head: bytes) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"10000\r\n" + b"x" * 65536 + b"\r\n"


def unending(head: bytes) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    while True:
        yield b"x" * 65536


@pytest.mark.parametrize("answer", [chunked, unending, page(b"x" * 1_000_001), page(length=50_000_000_000)])
def test_a_body_over_the_limit_is_given_up(answer: bytes | Callable[[bytes], bytes]) -> None:
    with machine(answer) as site, client(site) as http:
        with pytest.raises(TooLarge) as caught:
            http.fetch(site.url, max_bytes=1_000_000)
        assert caught.value.exchange is not None
        assert caught.value.exchange.status == 200
        assert len(caught.value.exchange.body) < 1_100_000


def cut_gzip() -> bytes:
    whole = gzip.compress(bytes(range(256)) * 64)
    return page(whole[: len(whole) // 2], "Content-Encoding: gzip")


@pytest.mark.parametrize(
    "answer",
    [
        page(b"half", length=8),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        cut_gzip(),
    ],
)
def test_a_short_body_is_never_taken_for_the_whole_and_what_came_is_kept(answer: bytes) -> None:
    with machine(answer) as site, client(site) as http:
        with pytest.raises(ServerTrouble) as caught:
            http.fetch(site.url)
        exchange = caught.value.exchange
        assert exchange is not None
        assert exchange.status == 200
        assert exchange.body
        assert answer.endswith(exchange.body) or exchange.body == b"half"


def test_a_body_longer_than_announced_ends_where_it_was_announced() -> None:
    with machine(page(b"hello and more", length=5)) as site, client(site) as http:
        assert http.fetch(site.url).content == b"hello"


def test_a_connection_that_is_reset_is_trouble_even_without_a_length() -> None:
    with machine(b"HTTP/1.1 200 OK\r\n\r\nhalf a page") as site, client(site) as http:
        site.reset = True
        with pytest.raises(ServerTrouble):
            http.fetch(site.url)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10000000,
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
        b"\r\n",
    ],
)
def test_an_answer_that_is_no_http_is_trouble(answer: bytes) -> None:
    with machine(answer) as site, client(site) as http, pytest.raises(ServerTrouble):
        http.fetch(site.url)


def test_nobody_at_the_address_is_trouble() -> None:
    with machine() as site:
        pass
    with client(site) as http, pytest.raises(ServerTrouble, match="could not be reached"):
        http.fetch(site.url)


def drip_body(site: Machine) -> Callable[[bytes], Iterator[bytes]]:
    def drip(head: bytes) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        for _ in range(200):
            time.sleep(0.05)
            yield b"x"

    return drip


def drip_head(site: Machine) -> Callable[[bytes], Iterator[bytes]]:
    def drip(head: bytes) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nX: "
        for _ in range(200):
            time.sleep(0.05)
            yield b"x"

    return drip


@pytest.mark.parametrize("drip", [drip_body, drip_head])
def test_a_slow_drip_ends_at_the_deadline(drip: Callable[[Machine], Callable[[bytes], Iterator[bytes]]]) -> None:
    with machine() as site, client(site, timeout="1s", total_timeout="1s") as http:
        site.answer = drip(site)
        began = time.monotonic()
        with pytest.raises(ServerTrouble):
            http.fetch(site.url)
        assert time.monotonic() - began < 4


def test_silence_ends_at_the_time_out() -> None:
    with machine(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n") as site, client(site, timeout="1s") as http:
        site.stays_open = threading.Event()
        with pytest.raises(ServerTrouble, match="did not answer in time"):
            http.fetch(site.url)


def test_pages_by_tls_trust_the_ca_bundle_of_the_settings(tls: tuple[Path, ssl.SSLContext]) -> None:
    certificate, context = tls
    with machine(page(b"safe", "X-Postwatch-Guard: forged"), context) as site:
        with client(site, ca_bundle=str(certificate)) as http:
            assert http.fetch(site.url).content == b"safe"
        with client(site) as http, pytest.raises(ServerTrouble, match="CERTIFICATE_VERIFY_FAILED"):
            http.fetch(site.url)
    with pytest.raises(UnusableSettings, match="ca_bundle"), client(ca_bundle="/nowhere/ca.pem"):
        pass


def test_a_forged_refusal_in_a_tunnel_is_an_answer(tls: tuple[Path, ssl.SSLContext]) -> None:
    certificate, context = tls
    forged = page(b"", "X-Postwatch-Guard: forged", status="403 Forbidden")
    with machine(forged, context) as site, client(site, ca_bundle=str(certificate)) as http:
        assert http.fetch(site.url).exchange.status == 403


@pytest.mark.parametrize("contact", ["", "https://news.example.org/bot", "desk@example.org", "Ünï\r\nX: y (z)"])
def test_the_user_agent_is_one_clean_line(contact: str) -> None:
    found = user_agent(contact)
    assert found.startswith("Postwatch/")
    assert found.isascii()
    assert found.isprintable()
    assert (found.count("("), found.count(")")) == (1, 1)
    if contact.startswith("https"):
        assert "(+https://news.example.org/bot)" in found


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        (" 5 ", 5),
        ("315360000", 86400),
        ("9" * 400, 86400),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60),
        ("Sun, 01 Mar 2036 12:01:00 GMT", 86400),
        ("Sun, 01 Mar 2026 13:02:00 +0100", 120),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("1.5", None),
        ("²", None),
        ("Sun, 01 Mar 2020 12:00:00 GMT", None),
        ("Sun, 99 Mar 2026 12:00:00 GMT", None),
    ],
)
def test_retry_after_is_read_with_care(value: str, seconds: int | None) -> None:
    expected = None if seconds is None else NOW + timedelta(seconds=seconds)
    assert retry_after([("Retry-After", value)], NOW) == expected


def test_no_retry_after_is_none() -> None:
    assert retry_after([("X", "1")], NOW) is None


WORDS = bytes(range(256)) * 4000


def packed(window: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return packer.compress(WORDS) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "raw", "expected"),
    [
        ("", WORDS, WORDS),
        ("identity", WORDS, WORDS),
        ("gzip", packed(31), WORDS),
        ("X-GZip", packed(31) + packed(31), WORDS * 2),
        ("gzip", packed(31) + b"\0" * 100, WORDS),
        ("deflate", packed(15), WORDS),
        ("deflate", packed(-15), WORDS),
        ("gzip", b"", b""),
    ],
)
@pytest.mark.parametrize("step", [1000, 65536])
def test_a_body_is_decoded_whole_however_it_comes(coding: str, raw: bytes, expected: bytes, step: int) -> None:
    decoder = Decoder(coding, len(expected))
    for start in range(0, len(raw), step):
        decoder.feed(raw[start : start + step])
    assert decoder.is_complete
    assert bytes(decoder.content) == expected


@pytest.mark.parametrize("raw", [b"<html>no gzip</html>", packed(31)[:10] + b"\xff" * 500])
def test_a_body_that_belies_its_coding_is_not_understood(raw: bytes) -> None:
    decoder = Decoder("gzip", 10_000_000)
    with pytest.raises(NotUnderstood):
        decoder.feed(raw)


def test_a_decoder_never_holds_more_than_its_limit() -> None:
    decoder = Decoder("gzip", 100_000)
    with pytest.raises(TooLarge):
        decoder.feed(bomb(10))
    assert len(decoder.content) <= 100_000


def test_a_redirect_is_not_followed_when_only_its_target_is_wanted() -> None:
    with machine(lambda head: moved("http://10.0.0.1/", "301 Moved")) as site, client(site) as http:
        fetched = http.fetch(site.url + "/short", follow=False)
        assert (fetched.exchange.status, fetched.hops) == (301, (site.url + "/short",))
        assert ("location", "http://10.0.0.1/") in [(name.lower(), value) for name, value in fetched.exchange.headers]
        assert len(site.got) == 1
