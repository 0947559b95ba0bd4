"""`backup` and `restore`: a home copied while it works, checked without Postwatch, and brought back on another path."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_room import COMMAND, Room, room_in

from monitor.demo.world import World

LISTINGS = ("posts", "articles", "links", "alerts", "spend", "media", "jobs")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A home that has worked once: posts, articles, files."""
    with room_in(tmp_path_factory.mktemp("backup"), World()) as made:
        made.run("once")
        (made.home / "config" / "secrets").mkdir()
        (made.home / "config" / "secrets" / "SOME_KEY").write_text("a key (demo)\n")
        yield made


def _at(room: Room, home: Path) -> Room:
    other = Room(home)
    other.environment = room.environment
    return other


def test_a_restored_home_prints_what_the_first_one_printed(room: Room, tmp_path: Path) -> None:
    said = room.run("backup", tmp_path / "copy").stderr
    assert "config/secrets/SOME_KEY" in said
    subprocess.run(["sha256sum", "--quiet", "-c", "manifest-sha256.txt"], cwd=tmp_path / "copy", check=True)
    assert not list((tmp_path / "copy").rglob("SOME_KEY"))
    other = _at(room, tmp_path / "elsewhere" / "home")
    assert "postwatch doctor" in other.run("restore", tmp_path / "copy").stderr
    for listing in LISTINGS:
        assert other.rows(listing) == room.rows(listing), listing
    assert "BAD" not in other.run("doctor", "--offline").stdout
    before = len(room.rows("posts"))
    other.run("once", "--all")
    assert len(other.rows("posts")) == before


def test_a_backup_without_media_lists_every_file_of_the_vault(room: Room, tmp_path: Path) -> None:
    room.run("backup", "--no-media", tmp_path / "copy")
    listed = (tmp_path / "copy" / "vault.txt").read_text().splitlines()
    assert listed and not (tmp_path / "copy" / "media").exists()
    subprocess.run(
        ["sha256sum", "--quiet", "-c", "-"], input="\n".join(listed), text=True, cwd=room.home / "storage", check=True
    )
    other = _at(room, tmp_path / "home")
    assert f"{len(listed)} files of the vault are not in this backup" in other.run("restore", tmp_path / "copy").stderr
    assert other.rows("posts") == room.rows("posts")


def test_a_damaged_backup_restores_nothing(room: Room, tmp_path: Path) -> None:
    room.run("backup", tmp_path / "copy")
    victim = next((tmp_path / "copy" / "media").rglob("?" * 64))
    victim.chmod(0o644)
    victim.write_bytes(victim.read_bytes()[:-1] + b"?")
    other = _at(room, tmp_path / "home")
    assert "damaged" in other.run("restore", tmp_path / "copy", code=1).stderr
    assert not other.home.exists()


def test_neither_a_home_nor_a_backup_is_written_over(room: Room, tmp_path: Path) -> None:
    room.run("backup", tmp_path / "copy")
    assert "exists already" in room.run("backup", tmp_path / "copy", code=64).stderr
    assert "already" in room.run("restore", tmp_path / "copy", code=64).stderr
    assert "is no backup" in _at(room, tmp_path / "home").run("restore", tmp_path, code=64).stderr


def test_a_file_that_rotted_in_the_home_is_named_and_left_out(room: Room, tmp_path: Path) -> None:
    shutil.copytree(room.home, tmp_path / "rotten")
    victim = next((tmp_path / "rotten" / "storage" / "media" / "sha256").rglob("?" * 64))
    victim.chmod(0o644)
    victim.write_bytes(b"other bytes")
    rotten = _at(room, tmp_path / "rotten")
    assert victim.name in rotten.run("backup", tmp_path / "copy").stderr
    assert json.loads((tmp_path / "copy" / "backup.json").read_text())["damaged"] == [victim.name]


def test_a_backup_is_made_beside_run(room: Room, tmp_path: Path) -> None:
    known = {k: v for k, v in os.environ.items() if not k.startswith("POSTWATCH_")}
    working = subprocess.Popen(
        [COMMAND, "--home", room.home, "run"],
        env={**known, **room.environment},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert working.stderr is not None
        assert any("watching" in line for line in working.stderr)
        room.run("backup", tmp_path / "copy")
        other = _at(room, tmp_path / "home")
        other.run("restore", tmp_path / "copy")
        assert other.rows("posts") == room.rows("posts")
    finally:
        working.send_signal(signal.SIGTERM)
        working.communicate(timeout=30)
        assert working.returncode == 0
