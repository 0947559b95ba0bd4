"""Web archives named to `inspect`: a line a page, in order, whatever is broken between."""

import gzip
import json
from pathlib import Path

from e2e_room import Room
from written_archives import Answer, page, warc

POST = "https://x.com/Horalenko_demo/status/18037392030400000{n:02}"
ANSWERS = [Answer(f"https://news.example/{n}", page(f"Quay {n}", POST.format(n=n))) for n in range(4)]


def test_each_page_of_an_archive_is_a_line_and_a_broken_record_an_error(tmp_path: Path) -> None:
    content = bytearray(warc(ANSWERS))
    starts = [n for n in range(len(content)) if content[n : n + 3] == b"\x1f\x8b\x08"]
    content[starts[5] + 120] ^= 0xFF  # the answer of the second page
    (tmp_path / "crawl.warc.gz").write_bytes(content)
    (tmp_path / "plain.warc").write_bytes(warc(ANSWERS[:1], packed=False))
    (tmp_path / "page.html").write_bytes(ANSWERS[3].body)
    (tmp_path / "list").write_text(f"{tmp_path}/page.html\n{tmp_path}/crawl.warc.gz\n{tmp_path}/plain.warc\n")
    printed = Room(tmp_path).run("inspect", "--json", "--list", tmp_path / "list", code=1)
    rows = [json.loads(line) for line in printed.stdout.splitlines()]
    crawl, plain = f"{tmp_path}/crawl.warc.gz", f"{tmp_path}/plain.warc"
    assert [row["source"] for row in rows] == [
        f"{tmp_path}/page.html",
        *(f"{crawl}#{n}" for n in (1, 2, 3, 4)),
        f"{plain}#1",
    ]
    assert "broken record" in rows[2]["error"]
    for row, n in zip((rows[1], rows[3], rows[4]), (0, 2, 3), strict=True):
        assert (row["url"], row["title"], row["status"]) == (f"https://news.example/{n}", f"Quay {n}", 200)
        assert [c["url"] for c in row["citations"]] == [f"https://x.com/i/status/18037392030400000{n:02}"]
        assert row["archived_at"]
    assert "Traceback" not in printed.stderr


def test_of_a_folder_every_page_and_archive_is_read_in_the_order_of_names(tmp_path: Path) -> None:
    folder = tmp_path / "crawl"
    (folder / "b").mkdir(parents=True)
    (folder / "a.warc.gz").write_bytes(warc(ANSWERS[:2]))
    (folder / "b" / "page.html").write_bytes(ANSWERS[2].body)
    (folder / "c.html.gz").write_bytes(gzip.compress(ANSWERS[3].body))
    (folder / "style.css").write_text("p { color: black }")
    (tmp_path / "empty").mkdir()
    printed = Room(tmp_path).run("inspect", "--json", folder, tmp_path / "empty", code=1)
    rows = [json.loads(line) for line in printed.stdout.splitlines()]
    assert [row["source"].removeprefix(str(tmp_path)) for row in rows] == [
        "/crawl/a.warc.gz#1",
        "/crawl/a.warc.gz#2",
        "/crawl/b/page.html",
        "/crawl/c.html.gz",
        "/empty",
    ]
    assert [row.get("title") for row in rows[:4]] == ["Quay 0", "Quay 1", "Quay 2", "Quay 3"]
    assert rows[4]["error"] == "is a directory"
