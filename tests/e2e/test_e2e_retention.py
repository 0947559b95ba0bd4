"""Retention: holds, purges that leave hashes and nothing else, decisions with a clock, profiles that go by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e_room import Row
from fault_desk import Desk, desk_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The story kept: a cited video post, and posts that nobody cites."""
    with desk_in(tmp_path) as made:
        made.settle(articles=True, every="30d")
        made.once()
        yield made


def _post(desk: Desk, words: str) -> Row:
    return next(p for p in desk.rows("posts") if words in p["text"])


def _farewell(desk: Desk) -> Row:
    assert desk.world.story.farewell is not None
    return next(p for p in desk.rows("posts") if p["post_id"] == desk.world.story.farewell.chain[0])


def _everything(desk: Desk) -> bytes:
    desk.run("status")
    files = [p for p in (desk.home / "storage").rglob("*") if p.is_file() and "backups" not in p.parts]
    return b"".join(p.read_bytes() for p in files)


def test_a_purge_leaves_hashes_and_times_and_no_other_post_is_touched(desk: Desk, tmp_path: Path) -> None:
    post = _farewell(desk)
    key = f"x:{post['post_id']}"
    files = [m["sha256"] for m in post["media"]]
    others = [p for p in desk.rows("posts") if p["post_id"] != post["post_id"]]
    said = desk.run("retention", "purge", key, "--reason", "erasure request (demo)", "--by", "duty", "--yes").stderr
    assert "purged" in said and "backups" in said
    after = _farewell(desk)
    assert (after["text"], after["url"], after["posted_at"]) == (None, post["url"], post["posted_at"])
    assert [(m["sha256"], m["state"]) for m in after["media"]] == [(digest, "gone") for digest in files]
    assert [p for p in desk.rows("posts") if p["post_id"] != post["post_id"]] == others
    assert not any((desk.home / "storage" / "media" / "sha256").rglob(files[0]))
    assert "BAD" not in desk.run("doctor", "--offline").stdout
    assert desk.rows("search", "umbrella", "waving") == []
    note = _post(desk, "A long note")  # the farewell's words stand in an article, too
    assert note["text"][60:120].encode() in _everything(desk)
    desk.run("retention", "purge", f"x:{note['post_id']}", "--reason", "r", "--yes")
    assert note["text"][60:120].encode() not in _everything(desk)
    desk.run("export", "post", key, "--to", tmp_path / "bag")
    assert "deaccession" in "".join(p.read_text() for p in (tmp_path / "bag" / "data" / "custody").iterdir())
    desk.once("--all")
    assert _farewell(desk)["text"] is None


def test_a_hold_stops_every_purge_until_it_is_released(desk: Desk) -> None:
    key = f"x:{_farewell(desk)['post_id']}"
    desk.run("retention", "hold", key, "--reason", "court order (demo)", "--until", "2099-12-31")
    assert "legal hold" in desk.run("retention", "purge", key, "--reason", "r", "--yes", code=64).stderr
    (row,) = desk.rows("retention")
    assert (row["what"], row["kind"], row["reason"]) == ("hold", "legal-hold", "court order (demo)")
    desk.run("retention", "release", str(row["id"]), "--reason", "closed")
    desk.run("retention", "purge", key, "--reason", "r", "--yes")
    assert desk.rows("retention") == []


def test_a_takedown_runs_a_clock_of_24_hours_and_may_be_decided_either_way(desk: Desk) -> None:
    key = f"x:{_farewell(desk)['post_id']}"
    received = "2026-11-24T09:30:00Z"
    said = desk.run("retention", "takedown", key, "--from", "X Legal (demo)", "--received", received).stderr
    assert "due 2026-11-25T09:30:00.000Z" in said and "24 hours" in said
    (row,) = desk.rows("retention")
    assert (row["kind"], row["due"]) == ("takedown", "2026-11-25T09:30:00.000Z")
    assert "waits already" in desk.run("retention", "takedown", key, "--from", "X", code=64).stderr
    desk.run(
        "retention", "keep", str(row["id"]), "--reason", "evidence in a published article (demo)", "--by", "editor"
    )
    assert desk.rows("retention") == []
    assert _farewell(desk)["text"]


def test_what_is_deleted_upstream_stays_and_opens_a_decision(desk: Desk) -> None:
    watches = (desk.home / "config" / "watches.toml").read_text()
    desk.write(watches=watches + '\n[[account]]\nhandle = "SelaneAir_demo"\npurpose = "demo"\nevery = "30d"\n')
    desk.once()
    desk.world.x.state.delete_post(desk.world.story.farewell)  # type: ignore[arg-type]
    desk.once(later="+1h")
    desk.once(later="+66m")
    post = _farewell(desk)
    assert post["availability"]["state"] == "gone" and post["text"] and post["media"][0]["state"] == "kept"
    (row,) = desk.rows("retention")
    assert row["kind"] == "deleted-upstream" and "deleted by author" in row["reason"]


def test_the_newsroom_profile_lets_uncited_posts_go_and_keeps_cited_ones(desk: Desk) -> None:
    settings = (desk.home / "config" / "postwatch.toml").read_text()
    desk.write(settings=settings + '\n[retention]\nprofile = "newsroom"\n')
    note = _post(desk, "A long note")
    assert desk.rows("retention", "plan") == []
    planned = [r["post_id"] for r in desk.rows("retention", "plan", "--in", "91d")]
    assert note["post_id"] in planned and _farewell(desk)["post_id"] not in planned
    desk.once(later="+91d")
    after = next(p for p in desk.rows("posts") if p["post_id"] == note["post_id"])
    assert after["text"] is None
    assert _farewell(desk)["text"] and _farewell(desk)["media"][0]["state"] == "kept"


def test_metadata_only_fetches_no_file_and_cited_media_waits_for_a_citation(tmp_path: Path) -> None:
    with desk_in(tmp_path) as desk:
        desk.settle()
        watches = (desk.home / "config" / "watches.toml").read_text()
        desk.write(watches=watches + 'retention = "cited-media"\n')
        desk.once()
        (file,) = _farewell(desk)["media"]
        assert (file["state"], file["sha256"]) == ("failed", None)
        assert "once an article cites it" in file["reason"]
        desk.run("add", desk.world.story.article_url("embed"))
        desk.once()
        assert _farewell(desk)["media"][0]["state"] == "kept"
