import gzip
import os
from pathlib import Path

import pytest

from monitor.articles.discover_folder import files_in, folder_of, page_of, read_file
from monitor.errors import NotAllowed, NotThere, NotUnderstood, TooLarge


def test_articles_are_found_below_a_folder_and_their_stamps_tell_of_writing(tmp_path: Path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("x.html", "a/y.TXT.gz", "a/b/z.json", "a/skip.png", "a/.draft.html"):
        (tmp_path / name).write_text("one")
    before = {file.name: file.stamp for file in files_in(tmp_path)}
    assert list(before) == ["a/b/z.json", "a/y.TXT.gz", "x.html"]
    (tmp_path / "x.html").write_text("more")
    after = {file.name: file.stamp for file in files_in(tmp_path)}
    assert {name for name in after if after[name] != before[name]} == {"x.html"}
    assert folder_of(tmp_path.as_uri()) == tmp_path


@pytest.mark.parametrize(
    "name",
    ["../out/secret.html", "/etc/hostname", "link.html", "away/secret.html", "pipe.html", "gone.html", "folder.html"],
)
def test_nothing_outside_and_nothing_but_a_file_is_read(tmp_path: Path, name: str):
    folder, outside = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    outside.mkdir()
    (outside / "secret.html").write_text("secret")
    (folder / "link.html").symlink_to(outside / "secret.html")
    (folder / "away").symlink_to(outside)
    (folder / "folder.html").mkdir()
    os.mkfifo(folder / "pipe.html")
    with pytest.raises((NotAllowed, NotThere)):
        read_file(folder, name, 1000)
    assert {file.name for file in files_in(folder) if not file.why_not} == set()


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_bytes(b"x" * 2000)
    with pytest.raises(TooLarge):
        read_file(tmp_path, "a.html", 1999)
    assert read_file(tmp_path, "a.html", 2000)[0] == path.read_bytes()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(NotThere, match="make it"):
        list(files_in(tmp_path / "gone"))
    (tmp_path / "file").touch()
    with pytest.raises(NotThere, match="no folder"):
        list(files_in(tmp_path / "file"))


def test_json_of_a_cms_becomes_a_page():
    page = page_of("a.json", b'{"url": "https://news.example/a", "title": "A <b> & c", "html": "<p>Text</p>"}', 10_000)
    assert (page.url, page.title, page.is_markup) == ("https://news.example/a", "A <b> & c", True)
    assert b"<h1>A &lt;b&gt; &amp; c</h1><p>Text</p>" in page.content
    whole = page_of(
        "a.json.gz", gzip.compress(b'{"url": "https://a.example/", "html": "<html><p>T</p></html>"}'), 10_000
    )
    assert (whole.content, whole.title) == (b"<html><p>T</p></html>", None)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b"{", "no JSON"),
        ("a.json", b"[]", "needs"),
        ("a.json", b'{"url": "file:///etc/passwd", "html": ""}', "no http"),
        ("a.json", b'{"url": 5, "html": "x"}', "no http"),
        ("a.html", b" \n", "empty"),
        ("a.html.gz", gzip.compress(b"<html>" * 99, mtime=0)[:-9], "breaks off"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_it_needs(name: str, content: bytes, words: str):
    with pytest.raises(NotUnderstood, match=words):
        page_of(name, content, 10_000)
    with pytest.raises(TooLarge):
        page_of("a.html", gzip.compress(b" " * 10_001), 10_000)
