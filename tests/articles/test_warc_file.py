import gzip
import io
from argparse import Namespace
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from monitor.articles.warc import warc_bytes
from monitor.model.exchange import Exchange

BODY = gzip.compress(b"<html>The quay is closed.</html>", mtime=0)
AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
HEADERS = (
    ("Content-Type", "text/html"),
    ("Content-Encoding", "gzip"),
    ("Transfer-Encoding", "chunked"),
    ("Set-Cookie", "session=secret"),
)
ANSWER = Exchange(
    "http", "https://news.example/a", "https://news.example/b?c=d", 200, HEADERS, BODY, AT, AT, {"httpx": "1"}
)
SENT = (("User-Agent", "Postwatch"), ("Authorization", "Bearer secret"), ("X-Paywall", "secret"))


def records(content: bytes) -> list[tuple[str, dict[str, str], bytes]]:
    found = ArchiveIterator(io.BytesIO(content), check_digests="raise")
    return [(record.rec_type, dict(record.rec_headers.headers), record.raw_stream.read()) for record in found]


def test_the_file_holds_request_response_as_served_and_metadata():
    found = records(warc_bytes(ANSWER, request_headers=SENT))
    assert [kind for kind, _, _ in found] == ["warcinfo", "response", "request", "metadata"]
    assert found[1][2] == BODY
    assert found[1][1]["WARC-Target-URI"] == "https://news.example/b?c=d"
    assert found[1][1]["WARC-Date"] == "2026-11-22T10:00:00.000000Z"
    assert found[2][1]["WARC-Concurrent-To"] == found[1][1]["WARC-Record-ID"]
    assert b"urlAsked: https://news.example/a\r\n" in found[3][2]


def test_a_reader_gets_the_page_without_its_codings():
    for record in ArchiveIterator(io.BytesIO(warc_bytes(ANSWER))):
        if record.rec_type == "response":
            assert record.content_stream().read() == b"<html>The quay is closed.</html>"


def test_warcio_finds_every_digest_right(tmp_path: Path, capsys):
    path = tmp_path / "page.warc.gz"
    path.write_bytes(warc_bytes(ANSWER, hops=[replace(ANSWER, status=301, body=b"")]))
    assert Checker(Namespace(inputs=[str(path)], verbose=True)).process_all() == 0
    assert capsys.readouterr().out.count("digest pass") == 7


def test_cookies_and_credentials_are_left_out_and_named():
    whole = gzip.decompress(warc_bytes(ANSWER, request_headers=SENT))
    assert b"secret" not in whole
    assert b"headersLeftOut: set-cookie\r\n" in whole


def test_the_same_exchange_gives_the_same_bytes_and_another_one_other_ids():
    assert warc_bytes(ANSWER) == warc_bytes(replace(ANSWER))
    other = records(warc_bytes(replace(ANSWER, body=BODY + b"x")))
    same = {headers["WARC-Record-ID"] for _, headers, _ in records(warc_bytes(ANSWER))}
    assert not same & {headers["WARC-Record-ID"] for _, headers, _ in other}


def test_an_exchange_without_answer_tells_why():
    silent = replace(ANSWER, status=None, headers=(), body=b"", error="timed out\r\nInjected: yes")
    found = records(warc_bytes(silent))
    assert [kind for kind, _, _ in found] == ["warcinfo", "request", "metadata"]
    assert b"error: timed out Injected: yes\r\n" in found[2][2]


def test_a_cut_answer_is_marked_as_cut():
    assert records(warc_bytes(replace(ANSWER, error="too large")))[1][1]["WARC-Truncated"] == "unspecified"
