"""`keep`: a file that came by hand is hashed, read, linked to its post, exported with it, and never called our capture."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_room import Room, room_in

from monitor.demo.world import World


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A home that has kept the demo's post and its video."""
    with room_in(tmp_path_factory.mktemp("keep"), World()) as made:
        made.run("once")
        yield made


def _post_with_video(room: Room) -> tuple[str, str]:
    post = next(p for p in room.rows("posts") if any(m["kind"] == "video" for m in p["media"]))
    return post["post_id"], next(m["sha256"] for m in post["media"] if m["kind"] == "video")


def _other_clip(room: Room, tmp_path: Path) -> Path:
    """The kept video with bytes behind its end: a clip that we never captured."""
    _, digest = _post_with_video(room)
    kept = Path(room.run("media", "path", digest).stdout.strip())
    clip = tmp_path / "../../etc".replace("/", "_")
    clip.write_bytes(kept.read_bytes() + b"\0\0\0\x08free")
    return clip


def test_a_clip_from_a_reader_is_kept_beside_its_post_and_exported_with_it(room: Room, tmp_path: Path) -> None:
    post_id, captured = _post_with_video(room)
    clip = _other_clip(room, tmp_path)
    address = f"https://mobile.twitter.com/whoever/status/{post_id}?s=20"
    done = room.run("keep", clip, "--said-to-be", address, "--from", "a reader (demo)", "--note", "by messenger")
    digest = done.stdout.strip()
    assert digest == hashlib.sha256(clip.read_bytes()).hexdigest() != captured
    assert "not captured by us" in done.stderr and "contact sheet" in done.stderr
    row = next(r for r in room.rows("media", "received") if r["sha256"] == digest)
    assert (row["post_id"], row["from"], row["note"], row["kind"]) == (
        post_id,
        "a reader (demo)",
        "by messenger",
        "video",
    )
    assert row["contact_sheet"] and row["duration_s"] >= 1
    post = next(p for p in room.rows("posts") if p["post_id"] == post_id)
    assert digest not in {m["sha256"] for m in post["media"]}
    room.run("export", "post", f"x:{post_id}", "--to", tmp_path / "bag")
    assert (tmp_path / "bag" / "data" / "received" / f"{digest}.mp4").read_bytes() == clip.read_bytes()
    assert "not a screenshot" in (tmp_path / "bag" / "data" / "post.html").read_text()
    everything = b"".join(p.read_bytes() for p in (tmp_path / "bag").rglob("*") if p.is_file())
    assert b"a reader (demo)" not in everything
    assert "BAD" not in room.run("doctor", "--offline").stdout


def test_the_same_bytes_as_our_own_capture_are_told(room: Room, tmp_path: Path) -> None:
    post_id, digest = _post_with_video(room)
    same = tmp_path / "same.mp4"
    same.write_bytes(Path(room.run("media", "path", digest).stdout.strip()).read_bytes())
    said = room.run("keep", same, "--said-to-be", "https://news.demo.invalid/page", "--from", "a reader (demo)").stderr
    assert f"the same bytes as our own capture of https://x.com/i/status/{post_id}" in said


def test_what_is_no_clip_is_kept_as_it_is(room: Room, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("a letter (demo)")
    address = "https://x.com/i/status/1803739203040000000"
    done = room.run("keep", letter, "--said-to-be", address, "--from", "a reader (demo)")
    assert "kept as it is" in done.stderr and f"postwatch add {address}" in done.stderr


def test_wrong_use_keeps_nothing_and_says_what_to_write(room: Room, tmp_path: Path) -> None:
    before = len(room.rows("media", "received"))
    room.run("keep", tmp_path, "--said-to-be", "https://x.com/i/status/1", "--from", "me", code=64)
    room.run("keep", tmp_path / "nothing", "--said-to-be", "https://x.com/i/status/1", "--from", "me", code=64)
    file = tmp_path / "file"
    file.write_bytes(b"x")
    assert "https://" in room.run("keep", file, "--said-to-be", "somewhere", "--from", "me", code=64).stderr
    assert "--from" in room.run("keep", file, "--said-to-be", "https://x.com/i/status/1", code=64).stderr
    assert len(room.rows("media", "received")) == before


def test_the_log_names_what_came_and_not_who_brought_it(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "file.bin"
    file.write_bytes(b"some bytes")
    room.run("keep", file, "--said-to-be", "https://x.com/i/status/1803739203040000001", "--from", "a source (demo)")
    room.run("backup", "--no-media", tmp_path / "copy")
    from monitor.store import custody
    from monitor.store.open import Store

    with Store(tmp_path / "copy" / "postwatch.db") as store:
        bodies = [json.loads(body) for *_, body, _ in custody.events(store)]
    event = next(b for b in bodies if b["type"] == "ingestion" and b["file_name"] == "file.bin")
    assert event["sha256"] == hashlib.sha256(b"some bytes").hexdigest()
    assert "a source (demo)" not in json.dumps(bodies)
