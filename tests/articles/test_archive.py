import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest
from written_archives import Answer, chunked, packed_whole, page, warc

from monitor.articles.archive import ArchivedPage, BrokenRecord, is_archive, pages_in

SITE = "https://news.example"
PAGES = [Answer(f"{SITE}/{n}", page(f"Quay {n}") + random.Random(n).randbytes(200).hex().encode()) for n in range(5)]


def read(folder: Path, content: bytes, name: str = "crawl.warc.gz") -> list[ArchivedPage | BrokenRecord]:
    path = folder / name
    path.write_bytes(content)
    return list(pages_in(path))


def told(found: list[ArchivedPage | BrokenRecord]) -> list[str]:
    return [item.url.rpartition("/")[2] if isinstance(item, ArchivedPage) else item.why for item in found]


@pytest.mark.parametrize(
    "content", [warc(PAGES), warc(PAGES, packed=False), packed_whole(PAGES)], ids=["each", "plain", "whole"]
)
def test_pages_come_in_order_however_the_file_is_packed(tmp_path: Path, content: bytes):
    found = read(tmp_path, content)
    assert told(found) == ["0", "1", "2", "3", "4"]
    assert is_archive(tmp_path / "crawl.warc.gz")
    first = found[0]
    assert isinstance(first, ArchivedPage)
    assert (first.content, first.status, first.content_type) == (PAGES[0].body, 200, "text/html; charset=utf-8")
    assert first.archived_at
    assert first.record_id


def test_only_answers_with_html_are_pages(tmp_path: Path):
    found = read(
        tmp_path,
        warc(
            [
                Answer(f"{SITE}/image", b"\x89PNG", "image/png"),
                Answer(f"{SITE}/api", b'{"a": "<html>"}', "application/json"),
                Answer(f"{SITE}/untold", page("Untold"), "application/octet-stream"),
                Answer(f"{SITE}/moved", b"", "text/html", "301 Moved", (("Location", "/1"),)),
                Answer(f"{SITE}/gone", page("Gone"), "text/html", "404 Not Found"),
            ]
        ),
    )
    assert [(item.url, item.status) for item in found if isinstance(item, ArchivedPage)] == [
        (f"{SITE}/untold", 200),
        (f"{SITE}/gone", 404),
    ]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGES[0].body, mtime=0), (("Content-Encoding", "gzip"),)),
        (PAGES[0].body, (("Content-Encoding", "gzip"),)),
        (PAGES[0].body, (("Content-Encoding", "br"),)),
        (chunked(PAGES[0].body), (("Transfer-Encoding", "chunked"),)),
        (
            chunked(gzip.compress(PAGES[0].body, mtime=0)),
            (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")),
        ),
        (PAGES[0].body, (("Transfer-Encoding", "chunked"),)),
    ],
    ids=["gzip", "gzip undone", "brotli undone", "chunked", "chunked gzip", "chunked undone"],
)
def test_codings_are_undone_whether_or_not_the_archive_did_it_already(
    tmp_path: Path, body: bytes, headers: tuple[tuple[str, str], ...]
):
    (found,) = read(tmp_path, warc([Answer(f"{SITE}/0", body, headers=headers)]))
    assert isinstance(found, ArchivedPage)
    assert found.content == PAGES[0].body


def test_a_coding_that_we_do_not_know_is_told(tmp_path: Path):
    found = read(
        tmp_path, warc([Answer(f"{SITE}/0", b"\x0b\x02\x80", headers=(("Content-Encoding", "br"),)), PAGES[1]])
    )
    assert "'br'" in told(found)[0]
    assert told(found)[1] == "1"


def _third(plain: bytes) -> int:
    return plain.index(b"WARC-Type: response", plain.index(b"WARC-Target-URI: https://news.example/2"))


def _with_length(length: bytes) -> bytes:
    plain = warc(PAGES, packed=False)
    at = plain.index(b"Content-Length: ", _third(plain))
    return plain[:at] + b"Content-Length: " + length + plain[plain.index(b"\r\n", at) :]


@pytest.mark.parametrize("length", [b"x", b"-5", b"20", b"3000", b"999999999"])
def test_a_wrong_length_costs_one_record(tmp_path: Path, length: bytes):
    assert [word for word in told(read(tmp_path, _with_length(length))) if word.isdigit()] == ["0", "1", "3", "4"]


def test_damage_in_a_packed_record_costs_one_record(tmp_path: Path):
    content = bytearray(warc(PAGES))
    starts = [n for n in range(len(content)) if content[n : n + 3] == b"\x1f\x8b\x08"]
    content[starts[8] + 200] ^= 0xFF  # warcinfo, then three records a page
    found = told(read(tmp_path, bytes(content)))
    assert [word for word in found if word.isdigit()] == ["0", "1", "3", "4"]
    assert "damaged gzip data" in found[2]


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_breaks_off_gives_all_before_its_end_and_says_so(tmp_path: Path, packed: bool):
    content = warc(PAGES[:3], packed=packed)
    found = told(read(tmp_path, content[: len(content) - 700]))
    assert found[:2] == ["0", "1"]
    assert len(found) == 3


def test_garbage_between_records_is_passed_over(tmp_path: Path):
    content = warc(PAGES[:1], packed=False) + b"garbage\r\n\r\n" * 50_000 + warc(PAGES[1:2], packed=False)
    found = read(tmp_path, content)
    assert [word for word in told(found) if word.isdigit()] == ["0", "1"]
    assert any(isinstance(item, BrokenRecord) for item in found)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_bytes_are_spoilt_the_reader_goes_on_to_the_end(tmp_path: Path, seed: int):
    chance = random.Random(seed)
    content = bytearray(warc(PAGES, packed=seed % 2 == 0))
    for _ in range(chance.randrange(1, 4)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    found = read(tmp_path, bytes(content))
    assert sum(isinstance(item, ArchivedPage) for item in found) >= 1


def test_an_endless_head_and_a_bomb_stop_at_their_limits(tmp_path: Path):
    endless = b"WARC/1.0\r\n" + b"X: y\r\n" * 400_000
    bomb = gzip.compress(b"<html>" + b" " * 80_000_000, compresslevel=1)
    content = endless + warc(
        [Answer(f"{SITE}/bomb", bomb, headers=(("Content-Encoding", "gzip"),)), PAGES[1]], packed=False
    )
    found = told(read(tmp_path, content))
    assert "longer than a megabyte" in found[0]
    assert "67,108,864" in found[1]
    assert found[2] == "1"


def test_a_wacz_file_gives_the_pages_of_its_archives(tmp_path: Path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/one.warc.gz", warc(PAGES[:2]))
        package.writestr("archive/two.warc", warc(PAGES[2:3], packed=False))
    assert told(read(tmp_path, out.getvalue(), "crawl.wacz")) == ["0", "1", "2"]
    assert is_archive(tmp_path / "crawl.wacz")
    assert "damaged" in told(read(tmp_path, out.getvalue()[:-40], "crawl.wacz"))[0]


@pytest.mark.parametrize(
    "content", [b"", b"<html></html>", b"\x1f\x8b", gzip.compress(b"<html></html>", mtime=0), b"PK\x03\x04"]
)
def test_other_files_are_no_archives(tmp_path: Path, content: bytes):
    (tmp_path / "page.html").write_bytes(content)
    assert not is_archive(tmp_path / "page.html")
