"""`doctor` names what is wrong with a home, and the command that mends it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_room import COMMAND, Room, room_in

from monitor.demo.world import World


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A home that has worked once."""
    with room_in(tmp_path_factory.mktemp("doctor"), World()) as made:
        made.run("once")
        yield made


def _later(room: Room, offset: str) -> str:
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed")
    done = subprocess.run(
        ["faketime", offset, COMMAND, "--home", room.home, "doctor", "--offline"],
        env=room.environment | {"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_a_home_that_works_is_well(room: Room) -> None:
    done = room.run("doctor", "--offline")
    assert "BAD" not in done.stdout
    assert "next: postwatch run" in done.stderr
    assert "of $10.00 spent this month" in done.stdout


def test_a_secret_that_others_can_read_is_told_with_its_cure(room: Room) -> None:
    secret = room.home / "config" / "secrets" / "SOME_KEY"
    secret.parent.mkdir()
    secret.write_text("a key (demo)\n")
    secret.chmod(0o644)
    assert f"chmod 600 {secret}" in room.run("doctor", "--offline", code=1).stdout
    secret.chmod(0o600)
    assert "readable by their owner alone" in room.run("doctor", "--offline").stdout


def test_a_watch_without_success_for_long_is_named(room: Room) -> None:
    said = _later(room, "+3 days")
    assert "x:horalenko_demo" in said and "is `run` working?" in said


def test_an_old_yt_dlp_is_told_with_the_command_that_renews_it(room: Room) -> None:
    assert "-m pip install --upgrade yt-dlp" in _later(room, "+3 years")


def test_a_lost_file_is_named(room: Room, tmp_path: Path) -> None:
    shutil.copytree(room.home, tmp_path / "home")
    victim = next((tmp_path / "home" / "storage" / "media" / "sha256").rglob("?" * 64))
    victim.unlink()
    other = Room(tmp_path / "home")
    other.environment = room.environment
    assert victim.name in other.run("doctor", "--offline", code=1).stdout
