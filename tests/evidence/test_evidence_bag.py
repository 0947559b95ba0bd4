import hashlib
import json
import logging
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import bagit
import pytest

from monitor.errors import NotThere, NotUnderstood, WrongUse
from monitor.evidence.bag import BagParts, write_bag

VIDEO = b"moving pictures of a harbour" * 100_000
ANSWER = b'{"data":{"id":"900719925474099301"}}'
PAGE = b"\x1f\x8b a page, gzipped"
EVENT = b'{"seq":7,"v":1}'


def named(content: bytes, ending: str) -> str:
    return f"{hashlib.sha256(content).hexdigest()}.{ending}"


@pytest.fixture
def parts(tmp_path: Path) -> BagParts:
    vault = tmp_path / "vault"
    vault.mkdir()
    video = vault / hashlib.sha256(VIDEO).hexdigest()
    video.write_bytes(VIDEO)
    video.chmod(0o444)
    return BagParts(
        subject="x:900719925474099301",
        exported_at=datetime(2026, 3, 1, 23, 59, tzinfo=UTC),
        media=[(named(VIDEO, "mp4"), video)],
        answers=[(named(ANSWER, "json"), ANSWER)],
        captures=[
            {"url_asked": "https://api.example.org/2/posts", "status": 200, "took_s": 0.5, "note": "Gavań \ud800"}
        ],
        events=[(7, EVENT), (12, b'{"seq":12,"v":1}')],
        web=[(named(PAGE, "warc.gz"), PAGE)],
        metadata=[("post.json", b"{}"), ("links.json", b"[]")],
        info={"Source-Organization": "The Veldmark\nCourier"},
    )


@pytest.fixture
def bag(parts: BagParts, tmp_path: Path) -> Iterator[Path]:
    logging.getLogger("bagit").disabled = True
    yield write_bag(tmp_path / "out" / "case-1", parts)
    logging.getLogger("bagit").disabled = False


def files(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_the_bag_holds_every_part_under_its_name(bag: Path) -> None:
    assert files(bag / "data") == {
        f"media/{named(VIDEO, 'mp4')}",
        f"answers/{named(ANSWER, 'json')}",
        f"web/{named(PAGE, 'warc.gz')}",
        "captures/captures.jsonl",
        "custody/00000007.event.json",
        "custody/00000012.event.json",
        "metadata/post.json",
        "metadata/links.json",
        "README.txt",
    }
    assert (bag / "data/custody/00000007.event.json").read_bytes() == EVENT
    assert (bag / f"data/media/{named(VIDEO, 'mp4')}").read_bytes() == VIDEO
    [line] = (bag / "data/captures/captures.jsonl").read_text().splitlines()
    assert json.loads(line)["note"] == "Gavań \ud800"


def test_bagit_validates_it(bag: Path) -> None:
    found = bagit.Bag(str(bag))
    assert found.is_valid()
    assert set(found.algorithms) == {"sha256", "sha512"}
    assert found.info["Source-Organization"] == "The Veldmark Courier"
    assert found.info["External-Identifier"] == "x:900719925474099301"
    assert found.info["Bagging-Date"] == "2026-03-01"
    assert found.has_oxum()


def test_the_ordinary_tools_validate_it(bag: Path) -> None:
    for size in ("256", "512"):
        tool = shutil.which(f"sha{size}sum")
        if tool is None:
            pytest.skip("this system has no sha256sum")
        for manifest in (f"manifest-sha{size}.txt", f"tagmanifest-sha{size}.txt"):
            subprocess.run([tool, "--strict", "--quiet", "-c", manifest], cwd=bag, check=True)


@pytest.mark.parametrize(
    "name", ["data/README.txt", "data/custody/00000007.event.json", "bag-info.txt", "manifest-sha256.txt"]
)
def test_a_flipped_bit_is_found(bag: Path, name: str) -> None:
    content = bytearray((bag / name).read_bytes())
    content[len(content) // 2] ^= 1
    (bag / name).write_bytes(content)
    assert not bagit.Bag(str(bag)).is_valid()


def test_a_missing_and_an_added_file_are_found(bag: Path) -> None:
    stray = bag / "data/metadata/stray.json"
    stray.write_text("{}")
    assert not bagit.Bag(str(bag)).is_valid()
    stray.unlink()
    assert bagit.Bag(str(bag)).is_valid()
    (bag / "data/metadata/post.json").unlink()
    assert not bagit.Bag(str(bag)).is_valid()


def test_the_readme_says_what_is_not_proven(bag: Path) -> None:
    text = (bag / "data/README.txt").read_text()
    assert "WHAT IT DOES NOT PROVE" in text
    assert "no outside time stamp" in text
    assert "7, 12" in text
    assert "data/media/  1 file(s)" in text


def test_it_may_be_written_into_an_empty_folder(parts: BagParts, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert bagit.Bag(str(write_bag(tmp_path / "empty", parts))).is_valid()


def test_nothing_is_printed_or_logged(
    parts: BagParts, tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    write_bag(tmp_path / "bag", parts)
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_a_folder_that_holds_something_is_not_touched(parts: BagParts, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine")
    with pytest.raises(WrongUse, match="is not empty"):
        write_bag(tmp_path / "full", parts)
    assert files(tmp_path / "full") == {"mine.txt"}


def test_a_file_in_the_way_is_not_touched(parts: BagParts, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(WrongUse, match="is no folder"):
        write_bag(tmp_path / "file", parts)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_damaged_file_stops_the_export_and_is_named(parts: BagParts, tmp_path: Path) -> None:
    [(name, video)] = parts.media
    assert isinstance(video, Path)
    video.chmod(0o644)
    video.write_bytes(VIDEO + b"!")
    with pytest.raises(NotUnderstood, match=name):
        write_bag(tmp_path / "out/bag", parts)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_missing_file_stops_the_export_and_is_named(parts: BagParts, tmp_path: Path) -> None:
    [(_, video)] = parts.media
    assert isinstance(video, Path)
    video.unlink()
    with pytest.raises(NotThere, match=video.name):
        write_bag(tmp_path / "out/bag", parts)
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../out.json", "a b.json", "", ".hidden", "ä.json", "a/b.json", "CON\n.json", "post.JSON", "x" * 200]
)
def test_a_name_that_a_package_cannot_hold_is_refused(parts: BagParts, tmp_path: Path, name: str) -> None:
    with pytest.raises(NotUnderstood):
        write_bag(tmp_path / "bag", replace(parts, metadata=[("post.json", b"{}"), (name, b"{}")]))
    assert not (tmp_path / "bag").exists()


@pytest.mark.parametrize("name", ["clip.mp4", f"{'a' * 64}.mp4/x", f"{'A' * 64}.mp4", "a" * 64])
def test_a_media_file_must_be_named_by_its_hash(parts: BagParts, tmp_path: Path, name: str) -> None:
    with pytest.raises(NotUnderstood):
        write_bag(tmp_path / "bag", replace(parts, media=[(name, b"")]))


def test_the_same_file_twice_is_kept_once(parts: BagParts, tmp_path: Path) -> None:
    bag = write_bag(tmp_path / "bag", replace(parts, media=[*parts.media, *parts.media]))
    assert bagit.Bag(str(bag)).is_valid()


def test_a_bag_of_nothing_is_still_a_bag(tmp_path: Path) -> None:
    empty = BagParts(subject="article:7", exported_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert bagit.Bag(str(write_bag(tmp_path / "bag", empty))).is_valid()
